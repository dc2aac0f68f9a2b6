package io.driftrec.bench;

import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.LaneSettings;
import io.driftrec.batch.RestorationJob;
import io.driftrec.batch.Tiling;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.network.TensorEngine;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a step of the lane costs besides the network: a full call of tiles of 8 x 8 pixels, whose network answers at once.
 *
 * @param slots tiles in each call
 * @param microsOfLane queueing, stacking, splitting and handing out, with samplers that compute nothing
 * @param microsWithSampler the same with the arithmetic of one {@code 2m} step for every tile
 */
public record LaneCost(int slots, Spread microsOfLane, Spread microsWithSampler) {
    /** Until the virtual machine has compiled the lane's code. */
    private static final int WARM_UP = 15_000;

    private static final int STEPS = 20_000;
    private static final int SAMPLER_STEPS = 1000;

    /** Measures on the engine's device; takes a few seconds. */
    public static LaneCost measure(TensorEngine engine, int slots) {
        SamplerOptions steps = new SamplerOptions(
                Optional.empty(),
                OptionalInt.of(SAMPLER_STEPS),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty());
        return new LaneCost(
                slots,
                microsPerStep(engine, slots, new NullSampler(STEPS), WARM_UP),
                microsPerStep(engine, slots, SamplerCatalogue.sampler("2m", steps), SAMPLER_STEPS / 2));
    }

    private static Spread microsPerStep(TensorEngine engine, int slots, Sampler sampler, int warmUp) {
        try (NullNetwork network = new NullNetwork(engine.newManager(), batch -> {});
                Lane lane = new Lane(
                        LaneSettings.of(slots), LaneMetrics.NONE, reason -> {}, Runnable::run, System::nanoTime)) {
            for (int slot = 0; slot < slots; slot++) {
                lane.submit(RestorationJob.builder(network, sampler, PhiloxNoise::new)
                        .image(NullNetwork.SIZE, NullNetwork.SIZE, new float[3 * NullNetwork.SIZE * NullNetwork.SIZE])
                        .tiling(Tiling.WHOLE_IMAGE)
                        .build());
            }
            int steps = sampler.expectedEvaluations() - 1; // the last one also gives the images back
            double[] micros = new double[steps - warmUp];
            for (int step = 0; step < steps; step++) {
                long begun = System.nanoTime();
                lane.step();
                if (step >= warmUp) {
                    micros[step - warmUp] = (System.nanoTime() - begun) / 1e3;
                }
            }
            return Spread.of(micros);
        }
    }
}
