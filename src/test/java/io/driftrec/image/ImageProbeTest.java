package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageProbeTest {
    static List<String> files() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldSayFormatAndUprightSizeWhenFileIsSound(String name) throws ImageRejectedException {
        ImageHeader header = ImageProbe.probe(Fixture.bytes(name));

        boolean isTurned = name.matches("orientation-[5-8].jpg");
        assertThat(header.width()).isEqualTo(isTurned ? Fixture.HEIGHT : Fixture.WIDTH);
        assertThat(header.height()).isEqualTo(isTurned ? Fixture.WIDTH : Fixture.HEIGHT);
        assertThat(name).endsWith("." + header.format().extension());
        assertThat(header.pixels()).isEqualTo(45L * 31);
    }

    @Test
    void shouldAllocateNextToNothingWhenFileIsLarge() throws ImageRejectedException {
        byte[] scan = new byte[20 << 20];
        byte[] jpeg = Bytes.concat(Fixture.bytes("baseline-420.jpg"), scan);
        byte[] png = Bytes.png(5000, 5000, 8, 2, scan);
        for (byte[] file : List.of(jpeg, png)) {
            ImageProbe.probe(file);
            long before = Allocation.ofThisThread();

            ImageProbe.probe(file);

            assertThat(Allocation.ofThisThread() - before).isLessThan(100_000);
        }
    }

    @Test
    void shouldNotNeedTheScanWhenFileIsJpeg() throws ImageRejectedException {
        byte[] jpeg = Fixture.bytes("baseline-420.jpg");

        ImageHeader header = ImageProbe.probe(Arrays.copyOf(jpeg, jpeg.length - 300));

        assertThat(header).isEqualTo(new ImageHeader(ImageFormat.JPEG, Fixture.WIDTH, Fixture.HEIGHT));
    }

    @Test
    void shouldRefuseWhenHeaderIsCut() {
        assertThatThrownBy(() -> ImageProbe.probe(Arrays.copyOf(Fixture.bytes("grey.png"), 20)))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessage("PNG is truncated: it ends after 20 bytes, inside the chunk that starts at byte 8");
        assertThatThrownBy(() -> ImageProbe.probe(Arrays.copyOf(Fixture.bytes("lossy.webp"), 22)))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessageContaining("WebP is truncated");
    }
}
