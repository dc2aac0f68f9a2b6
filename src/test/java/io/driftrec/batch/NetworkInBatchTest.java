package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.network.DeviceNoise;
import io.driftrec.network.LoadedModel;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The committed network in single precision: images alone and in one batch agree. */
class NetworkInBatchTest {
    @Test
    void shouldRestoreAsAloneWhenImagesShareCallsOfTheNetwork() throws IOException {
        TensorEngine engine = TensorEngine.start("cpu", 0);
        try (LoadedModel model = new ModelRepository(Path.of("models")).load("small-ouve", engine, Precision.FP32);
                DeviceNoise noise = DeviceNoise.load(engine);
                Lane lane =
                        new Lane(LaneSettings.of(4), LaneMetrics.NONE, reason -> {}, Runnable::run, System::nanoTime)) {
            List<RestorationJob.Builder> builders = List.of(
                    job(model, noise, "2m", 3).image(64, 64, photograph(64, 64)),
                    job(model, noise, "euler-maruyama", 3).image(50, 61, photograph(50, 61)),
                    job(model, noise, "ddim", 2).image(1, 1, photograph(1, 1)),
                    job(model, noise, "2m", 3)
                            .image(64, 128, photograph(64, 128))
                            .tiling(new Tiling.Tiles(64, 16)));
            List<RestorationTicket> tickets = new ArrayList<>();
            for (RestorationJob.Builder builder : builders) {
                tickets.add(lane.submit(builder.build()));
                lane.step();
            }
            while (lane.step()) {
                // until all are restored
            }

            for (int i = 0; i < builders.size(); i++) {
                float[] among = tickets.get(i).result().join().planes();
                float[] alone = LaneBench.alone(builders.get(i).build()).planes();
                assertThat(largestDifference(among, alone)).as("job %d", i).isLessThan(1e-4);
            }
        }
    }

    private static RestorationJob.Builder job(LoadedModel model, DeviceNoise noise, String kind, int steps) {
        SamplerOptions options = new SamplerOptions(
                Optional.empty(),
                OptionalInt.of(steps),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty());
        Sampler sampler = SamplerCatalogue.sampler(kind, options);
        return RestorationJob.builder(model.network(), sampler, noise::noise).seed(steps);
    }

    private static float[] photograph(int height, int width) {
        float[] planes = new float[3 * height * width];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (float) (0.5 + 0.4 * Math.sin(0.11 * (i / width)) * Math.cos(0.07 * (i % width)));
        }
        return planes;
    }

    private static double largestDifference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
