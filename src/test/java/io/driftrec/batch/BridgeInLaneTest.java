package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.I2sb;
import io.driftrec.diffusion.Indi;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.network.ScoreNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bridges go through the lane like everything else: tiles, samples and neighbours change nothing. */
class BridgeInLaneTest {
    /** Knows that the clean image is {@code 0.8 y + 0.1}, and says so as the process wants to hear it. */
    private record KnowingNetwork(ForwardProcess process, NDManager manager) implements ScoreNetwork {
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
            float[] precision = new float[t.length];
            for (int i = 0; i < t.length; i++) {
                precision[i] = (float) Math.pow(process.level(t[i]), -2);
            }
            NDArray factor = x.getManager().create(precision).reshape(-1, 1, 1, 1);
            return y.mul(0.8).add(0.1).sub(x).mul(factor);
        }

        @Override
        public void close() {
            manager.close();
        }
    }

    @Test
    void shouldRestoreAsAloneWhenBridgesShareCalls() {
        for (ForwardProcess process : List.of(new I2sb(), new Indi(0.05, 0.5))) {
            try (ScoreNetwork network = new KnowingNetwork(process, NDManager.newBaseManager("PyTorch"));
                    Lane lane = new Lane(
                            LaneSettings.of(6), LaneMetrics.NONE, reason -> {}, Runnable::run, System::nanoTime)) {
                List<RestorationJob> jobs = new ArrayList<>();
                for (String kind : SamplerCatalogue.kinds(process)) {
                    jobs.add(job(network, kind, 30, 30, jobs.size()));
                    jobs.add(job(network, kind, 11, 24, jobs.size()));
                }
                List<RestorationTicket> tickets =
                        jobs.stream().map(lane::submit).toList();
                while (lane.step()) {
                    // until all are restored
                }

                for (int i = 0; i < jobs.size(); i++) {
                    float[] among = tickets.get(i).result().join().planes();
                    float[] alone = LaneBench.alone(jobs.get(i)).planes();
                    float[] y =
                            LaneBench.planes(jobs.get(i).height(), jobs.get(i).width(), i);
                    assertThat(among).as("job %d over %s", i, process).containsExactly(alone);
                    for (int pixel = 0; pixel < y.length; pixel++) {
                        assertThat(among[pixel]).isCloseTo(0.8f * y[pixel] + 0.1f, within(1e-4f));
                    }
                }
            }
        }
    }

    private static RestorationJob job(ScoreNetwork network, String kind, int height, int width, int seed) {
        return RestorationJob.builder(network, SamplerCatalogue.sampler(kind, SamplerOptions.NONE), PhiloxNoise::new)
                .image(height, width, LaneBench.planes(height, width, seed))
                .tiling(new Tiling.Tiles(16, 8))
                .seed(seed)
                .samples(2)
                .build();
    }
}
