package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.diffusion.Ddim;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.Ouve;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.Posterior;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.network.ScoreNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network is shown first, by what it was trained with and by what the sampler keeps of it. */
class NoiseFreeStartTest {
    /** Remembers how far its states are from y, in root mean square; its score leads nowhere. */
    private record WatchingNetwork(boolean noiseFreeStart, List<Double> distances, NDManager manager)
            implements ScoreNetwork {
        @Override
        public ForwardProcess process() {
            return new Ouve();
        }

        @Override
        public int sizeMultiple() {
            return 8;
        }

        @Override
        public NDManager newManager() {
            return manager.newSubManager();
        }

        @Override
        public NDArray score(NDArray x, NDArray y, double[] t) {
            distances.add(Math.sqrt(x.sub(y).square().mean().getFloat()));
            return x.zerosLike();
        }

        @Override
        public void close() {
            manager.close();
        }
    }

    private static double firstDistance(boolean noiseFreeStart, Sampler sampler) {
        List<Double> distances = new ArrayList<>();
        try (ScoreNetwork network =
                new WatchingNetwork(noiseFreeStart, distances, NDManager.newBaseManager("PyTorch"))) {
            LaneBench.alone(RestorationJob.builder(network, sampler, PhiloxNoise::new)
                    .image(32, 32, LaneBench.planes(32, 32, 1))
                    .tiling(Tiling.WHOLE_IMAGE)
                    .seed(1)
                    .build());
        }
        return distances.get(0);
    }

    @ParameterizedTest
    @CsvSource({"x0, 0", "2m, 0", "faithful, 0", "fast, 1", "balanced, 1", "ddim, 1"})
    void shouldShowTheImageItselfWhereTheNetworkKnowsItAndTheSamplerForgetsIt(String name, double expected) {
        Sampler sampler = SamplerCatalogue.sampler(name, SamplerOptions.NONE);

        assertThat(firstDistance(false, sampler)).isCloseTo(1, within(0.05));
        assertThat(firstDistance(true, sampler)).isCloseTo(expected, within(0.05));
    }

    @Test
    void shouldShowTheImageItselfWhereOneEvaluationIsAll() {
        assertThat(firstDistance(true, new Posterior(1))).isZero();
        assertThat(firstDistance(true, new Ddim(1, 0, false, 0.03))).isZero();
    }
}
