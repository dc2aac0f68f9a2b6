package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden: the authors' samplers, run in double precision with recorded noise and an analytic score. */
class SamplerTracesTest {
    private static final double LAST_TIME = 0.03;

    private final SamplerTraces traces = new SamplerTraces();

    @ParameterizedTest
    @ValueSource(strings = {"ouve", "tsdve", "cosve"})
    void shouldReproduceEulerMaruyamaWhenNoiseIsRecorded(String sde) {
        Sampler sampler = new EulerMaruyama(Variant.OFFICIAL, traces.steps(), LAST_TIME);
        check(sde, sampler, sde + ".euler_maruyama", DataType.FLOAT64, 1e-9);
        check(sde, sampler, sde + ".euler_maruyama", DataType.FLOAT32, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ouve", "tsdve", "cosve"})
    void shouldReproduceEulerHeunWhenNoiseIsRecorded(String sde) {
        Sampler sampler = new EulerHeun(Variant.OFFICIAL, traces.steps(), LAST_TIME, true);
        assertThat(sampler.expectedEvaluations()).isEqualTo(traces.reportedEvaluations(sde + ".euler_heun"));
        check(sde, sampler, sde + ".euler_heun", DataType.FLOAT64, 1e-9);
        check(sde, sampler, sde + ".euler_heun", DataType.FLOAT32, 1e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "ouve, 0.01", "ouve, 0.001", "ouve, 1e-05",
        "tsdve, 0.01", "tsdve, 0.001", "tsdve, 1e-05",
        "cosve, 0.01", "cosve, 0.001", "cosve, 1e-05"
    })
    void shouldReproduceProbabilityFlowWithSameEvaluations(String sde, String tolerance) {
        Sampler sampler = new ProbabilityFlowOde(Double.parseDouble(tolerance), LAST_TIME, 1.0 / traces.steps());
        check(sde, sampler, sde + ".ode." + tolerance, DataType.FLOAT64, 1e-6);
        check(sde, sampler, sde + ".ode." + tolerance, DataType.FLOAT32, 1e-4);
    }

    private void check(String sdeName, Sampler sampler, String run, DataType type, double tolerance) {
        Sde sde = Sde.named(sdeName, Map.of());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray y = traces.y(manager).toType(type, false);
            // the authors' CosVE rounds its table of standard deviations to single precision
            GaussianScore score = new GaussianScore(sde, y, 0.8, 0.1, 0.05, sde instanceof Cosve);
            try (Trajectory trajectory = sampler.start(sde, y, traces.noise())) {
                double[] result =
                        score.drive(trajectory).toType(DataType.FLOAT64, true).toDoubleArray();
                assertThat(trajectory.evaluations()).isEqualTo(traces.reportedEvaluations(run));
                assertThat(result).as("%s in %s", run, type).containsExactly(traces.values(run), within(tolerance));
            }
        }
    }
}
