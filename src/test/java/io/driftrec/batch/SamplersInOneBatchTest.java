package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every sampler alone and among all others gives the same image, with the exact score of an analytic network. */
class SamplersInOneBatchTest {
    private static final List<Sampler> SAMPLERS = List.of(
            steps("euler-maruyama", 100),
            steps("euler-maruyama", 7),
            steps("euler-heun", 12),
            tolerance(1e-3),
            tolerance(1e-2),
            steps("ddim", 9),
            stochasticDdim(11, 0.7),
            steps("2m", 10),
            steps("2m", 4),
            steps("posterior", 6),
            SamplerCatalogue.sampler("x0", SamplerOptions.NONE));

    @Test
    void shouldRestoreAsAloneWhenSamplersStepsAndSizesAreMixed() {
        long seed = 7;
        Random random = new Random(seed);
        try (LaneBench bench = new LaneBench(LaneSettings.of(6))) {
            List<RestorationJob> jobs = new ArrayList<>();
            List<RestorationTicket> tickets = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                RestorationJob job = job(bench, i, random);
                jobs.add(job);
                tickets.add(bench.lane.submit(job));
                bench.step(random.nextInt(8));
            }
            bench.finish();

            for (int i = 0; i < jobs.size(); i++) {
                RestoredPlanes among = tickets.get(i).result().join();
                RestoredPlanes alone = LaneBench.alone(jobs.get(i));
                assertThat(among.planes())
                        .as("seed %d, job %d, %s", seed, i, jobs.get(i).sampler())
                        .containsExactly(alone.planes());
                assertThat(among.evaluations()).isEqualTo(alone.evaluations());
            }
            assertThat(bench.metrics.callSizes).contains(1, 6).allMatch(size -> size <= 6);
        }
    }

    private static RestorationJob job(LaneBench bench, int number, Random random) {
        int height = 1 + random.nextInt(20);
        int width = 1 + random.nextInt(20);
        return RestorationJob.builder(bench.network, SAMPLERS.get(number % SAMPLERS.size()), PhiloxNoise::new)
                .image(height, width, LaneBench.planes(height, width, number))
                .seed(number)
                .samples(1 + random.nextInt(2))
                .tiling(random.nextBoolean() ? new Tiling.Tiles(16, 8) : Tiling.WHOLE_IMAGE)
                .build();
    }

    private static Sampler steps(String kind, int steps) {
        return SamplerCatalogue.sampler(
                kind, options(OptionalInt.of(steps), OptionalDouble.empty(), OptionalDouble.empty()));
    }

    private static Sampler tolerance(double tolerance) {
        return SamplerCatalogue.sampler(
                "ode", options(OptionalInt.empty(), OptionalDouble.of(tolerance), OptionalDouble.empty()));
    }

    private static Sampler stochasticDdim(int steps, double eta) {
        return SamplerCatalogue.sampler(
                "ddim", options(OptionalInt.of(steps), OptionalDouble.empty(), OptionalDouble.of(eta)));
    }

    private static SamplerOptions options(OptionalInt steps, OptionalDouble tolerance, OptionalDouble eta) {
        return new SamplerOptions(Optional.empty(), steps, tolerance, eta, Optional.empty(), OptionalDouble.empty());
    }
}
