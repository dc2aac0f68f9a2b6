package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From clean images to the row {@code jpeg} of the tables, on the 29 colour images of LIVE1: by Pillow 9.4 and scikit-image 0.19. The
 * paper's Table IV has SSIM 0.88, PSNR 29.4 dB and PSNR-B 27.4 dB at quality 30.
 */
@EnabledIfEnvironmentVariable(
        named = "DRIFTREC_LIVE1",
        matches = ".+",
        disabledReason =
                "DRIFTREC_LIVE1 names no folder of LIVE1's colour images as PNG, which are not part of this project")
class LiveOneTest {
    private static final MetricSuite SUITE = new MetricSuite(List.of(), List.of(), List.of());

    private final List<Path> files;

    LiveOneTest() throws Exception {
        try (Stream<Path> found = Files.list(Path.of(System.getenv("DRIFTREC_LIVE1")))) {
            files = found.filter(file -> file.toString().endsWith(".png")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        " 5, 23.103, 0.6557, 21.399, 82.35, 0.2529",
        "10, 25.693, 0.7661, 23.755, 53.90, 0.3839",
        "20, 28.061, 0.8467, 26.018, 33.82, 0.5984",
        "30, 29.366, 0.8800, 27.379, 24.36, 0.7730"
    })
    void shouldHaveTheKnownMeans(int quality, double psnr, double ssim, double psnrB, double bef, double bitsPerPixel)
            throws Exception {
        assertThat(files).hasSize(29);

        Map<String, Double> jpeg = means(quality, Role.JPEG);

        assertThat(jpeg.get(MetricSuite.PSNR)).isCloseTo(psnr, within(0.001));
        assertThat(jpeg.get(MetricSuite.SSIM)).isCloseTo(ssim, within(0.0001));
        assertThat(jpeg.get(MetricSuite.PSNR_B)).isCloseTo(psnrB, within(0.001));
        assertThat(1e4 * jpeg.get(MetricSuite.BEF)).isCloseTo(bef, within(0.01));
        assertThat(jpeg.get(MetricSuite.BITS_PER_PIXEL)).isCloseTo(bitsPerPixel, within(0.0001));
        assertThat(1e4 * means(quality, Role.CLEAN).get(MetricSuite.BEF)).isCloseTo(1.315, within(0.001));
    }

    private Map<String, Double> means(int quality, Role role) throws Exception {
        Method method = role == Role.CLEAN ? Untouched.CLEAN : Untouched.JPEG;
        Map<String, Double> means = new HashMap<>();
        for (Path file : files) {
            CleanImage clean = CleanImage.read(String.valueOf(file.getFileName()), file, OptionalInt.empty());
            DamagedImage damaged = DamagedImage.of(
                    clean,
                    new Condition.Single(quality, ChromaSubsampling.CHROMA_420),
                    1,
                    OptionalInt.empty(),
                    ImageLimits.DEFAULT);
            Attempt attempt = method.restore(List.of(damaged), it -> (evaluations, expected) -> {})
                    .get(0);
            SUITE.measure(((Attempt.Restored) attempt).image(), damaged, role)
                    .values()
                    .forEach((name, value) -> means.merge(name, value / files.size(), Double::sum));
        }
        return means;
    }
}
