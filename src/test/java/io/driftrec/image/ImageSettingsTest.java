package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageSettingsTest {
    @Test
    void shouldAllowFiftyMegapixelsInSixtyFourMebibytesByDefault() {
        assertThat(ImageLimits.DEFAULT).isEqualTo(new ImageLimits(50_000_000, 67_108_864));
    }

    @Test
    void shouldRefuseLimitsThatCannotBeHeld() {
        assertThatThrownBy(() -> new ImageLimits(700_000_001, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxPixels is 700000001: it must be between 1 and 700000000");
        assertThatThrownBy(() -> new ImageLimits(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxBytes is 0");
    }

    @Test
    void shouldAcceptExactlyTheLimit() throws ImageRejectedException {
        ImageLimits limits = new ImageLimits(45 * 31, Fixture.bytes("grey.png").length);

        assertThat(ImageDecoder.decode(Fixture.bytes("grey.png"), limits).pixels())
                .isEqualTo(45 * 31);
        assertThatThrownBy(() -> limits.checkPixels(new ImageHeader(ImageFormat.PNG, 45, 32)))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessage("image is 45x32 = 1440 pixels: at most 1395 are accepted");
    }

    @Test
    void shouldFindTheFormatWhenNamed() {
        assertThat(ImageFormat.named("PNG")).contains(ImageFormat.PNG);
        assertThat(ImageFormat.named("jpeg")).contains(ImageFormat.JPEG);
        assertThat(ImageFormat.named("jpg")).contains(ImageFormat.JPEG);
        assertThat(ImageFormat.named("webp")).contains(ImageFormat.WEBP);
        assertThat(ImageFormat.named("gif")).isEmpty();
        assertThat(ImageFormat.WEBP.contentType()).isEqualTo("image/webp");
        assertThat(ImageFormat.JPEG.extension()).isEqualTo("jpg");
    }

    @Test
    void shouldNameReasonsLikeFailureCodes() {
        assertThat(ImageRejectedException.Reason.values())
                .extracting(Enum::name)
                .containsExactly("UNSUPPORTED_FORMAT", "CORRUPT_IMAGE", "TOO_MANY_PIXELS", "SOURCE_TOO_LARGE");
    }
}
