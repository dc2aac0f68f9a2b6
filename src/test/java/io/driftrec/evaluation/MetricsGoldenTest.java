package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** On Pillow's JPEGs: PSNR and SSIM against scikit-image, PSNR-B and BEF against their definition written with NumPy. */
class MetricsGoldenTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/image/jpeg/expected.csv", numLinesToSkip = 1)
    void shouldEqualOtherProgramsWhenImagesAreTheSame(
            String name, int bytes, double psnr, double ssim, String sha256, double psnrB, double bef)
            throws IOException, ImageRejectedException {
        Rgb8 clean = image("clean.png");
        Rgb8 compressed = image(name + ".jpg");

        assertThat(Psnr.of(compressed, clean)).isCloseTo(psnr, within(1e-9));
        assertThat(Ssim.of(compressed, clean)).isCloseTo(ssim, within(1e-9));
        assertThat(PsnrB.of(compressed, clean)).isCloseTo(psnrB, within(1e-9));
        assertThat(BlockingEffectFactor.of(compressed)).isCloseTo(bef, within(1e-12));
    }

    private static Rgb8 image(String name) throws IOException, ImageRejectedException {
        try (InputStream in = MetricsGoldenTest.class.getResourceAsStream("/image/jpeg/" + name)) {
            byte[] file = Objects.requireNonNull(in, name).readAllBytes();
            return Rgb8.of(ImageDecoder.decode(file, ImageLimits.DEFAULT));
        }
    }
}
