package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegCorruptionTest {
    private static final Picture CLEAN = Fixture.decoded("jpeg/clean.png");

    @ParameterizedTest
    @CsvFileSource(resources = "/image/jpeg/expected.csv", numLinesToSkip = 1)
    void shouldEqualPillowsFileWhenQualityIsTheSame(String name, int bytes, double psnr, double ssim, String sha256)
            throws NoSuchAlgorithmException {
        int quality = Integer.parseInt(name.substring(1));

        byte[] file = JpegCorruption.compress(CLEAN, quality, ChromaSubsampling.CHROMA_420);

        assertThat(file).hasSize(bytes).isEqualTo(Fixture.bytes("jpeg/" + name + ".jpg"));
        byte[] samples = Rgb8.of(Fixture.decoded(file)).samples();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(samples);
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
    }

    @Test
    void shouldEqualPillowsFileWhenDoublyCompressed() {
        assertThat(JpegCorruption.unalignedDouble(CLEAN, 10, 30, 3, 2))
                .isEqualTo(Fixture.bytes("jpeg/double-10-30-shift-3-2.jpg"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline-444.jpg", "grey.jpg"})
    void shouldEqualPillowsFileWhenNothingIsSubsampled(String name) {
        Picture scene = Fixture.decoded(name.startsWith("grey") ? "grey.png" : "rgb.png");

        assertThat(JpegCorruption.compress(scene, 85, ChromaSubsampling.CHROMA_444))
                .isEqualTo(Fixture.bytes(name));
    }

    @Test
    void shouldActLikeQualityOneWhenQualityIsZero() {
        assertThat(JpegCorruption.compress(CLEAN, 0, ChromaSubsampling.CHROMA_420))
                .isEqualTo(JpegCorruption.compress(CLEAN, 1, ChromaSubsampling.CHROMA_420));
    }

    @Test
    void shouldScaleInIntegersWhenQualityIsBelowFifty() {
        assertThat(QuantisationTable.LUMINANCE.forQuality(50)[0]).isEqualTo(16);
        assertThat(QuantisationTable.LUMINANCE.forQuality(100)).containsOnly(1);
        // 5000 / 30 = 166, (17 * 166 + 50) / 100 = 28; a float scale of 166.67 would give 28.8
        assertThat(QuantisationTable.CHROMINANCE.forQuality(30)[0]).isEqualTo(28);
        assertThat(QuantisationTable.CHROMINANCE.forQuality(1)).containsOnly(255);
    }

    @Test
    void shouldRefuseWhenArgumentsAreOutOfRange() {
        assertThatThrownBy(() -> JpegCorruption.compress(CLEAN, 101, ChromaSubsampling.CHROMA_420))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JPEG quality is 101: it must be between 0 and 100");
        assertThatThrownBy(() -> JpegCorruption.unalignedDouble(CLEAN, 10, 10, CLEAN.width(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lies within 200x152");
    }
}
