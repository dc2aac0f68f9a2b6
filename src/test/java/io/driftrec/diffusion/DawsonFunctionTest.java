package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DawsonFunctionTest {
    /** Values of scipy.special.dawsn. */
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "0.001, 0.0009999993333336",
        "0.1, 0.0993359923978529",
        "0.5, 0.4244363835020223",
        "0.924138873, 0.5410442246351818",
        "1.0, 0.5380795069127684",
        "1.5, 0.42824907108539867",
        "2.0, 0.301340388923792",
        "3.2563, 0.16221449613874925",
        "5.0, 0.10213407442427686",
        "12.5, 0.040129248914351476",
        "40.0, 0.012503909917843958"
    })
    void shouldEqualTheTablesAndBeOdd(double x, double value) {
        assertThat(DawsonFunction.of(x)).isCloseTo(value, within(1e-15));
        assertThat(DawsonFunction.of(-x)).isCloseTo(-value, within(1e-15));
    }
}
