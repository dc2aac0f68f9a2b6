package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PictureTest {
    @Test
    void shouldKeepAlphaGreynessAndProfileWhenPlanesAreReplaced() {
        Picture source = Fixture.decoded("grey-alpha.png");
        float[] restored = new float[3 * source.pixels()];

        Picture result = source.withPlanes(restored);

        assertThat(result.planes()).isSameAs(restored);
        assertThat(result.alpha()).isEqualTo(source.alpha());
        assertThat(result.isGrey()).isTrue();
        assertThat(Fixture.decoded("profile.png").withPlanes(restored).profile())
                .isPresent();
    }

    @Test
    void shouldKeepThePartWhenCropped() {
        float[] planes = new float[3 * 3 * 2];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = i;
        }

        Picture cut = Picture.rgb(3, 2, planes).crop(1, 1, 2, 1);

        assertThat(cut.width()).isEqualTo(2);
        assertThat(cut.height()).isEqualTo(1);
        assertThat(cut.planes()).containsExactly(4, 5, 10, 11, 16, 17);
    }

    @Test
    void shouldRefuseWhenArraysDoNotFitTheSize() {
        assertThatThrownBy(() -> Picture.rgb(2, 2, new float[11]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("planes have 11 samples: 2x2 needs 12");
        assertThatThrownBy(() -> Picture.rgb(0, 2, new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x2");
        assertThatThrownBy(() -> new Picture(1, 1, new float[3], new byte[2], false, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alpha has 2 samples");
        assertThatThrownBy(() -> new Rgb8(1, 1, new byte[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1x1 needs 3");
    }
}
