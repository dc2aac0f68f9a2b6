package io.driftrec.bench;

import ai.djl.ndarray.NDManager;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneSettings;
import io.driftrec.batch.NoiseFactory;
import io.driftrec.batch.RestorationJob;
import io.driftrec.batch.Tiling;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.network.ScoreNetwork;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * Latency under load. Images arrive at random whether or not others are done ({@link Arrival}), at a share of the ceiling: the
 * rate at which full calls could serve them. The same seed gives the same arrivals to every {@link Batching}.
 *
 * @param slots tiles in a call
 * @param cost of a call; decides the ceiling, and in virtual time the duration
 * @param seed of the arrivals
 */
public record OpenLoop(int slots, CallCost cost, long seed) {
    private static final double NANOS = 1e9;

    /** Images per second when every call is full. */
    public double ceiling() {
        return slots / (cost.seconds(slots) * Arrival.meanSteps());
    }

    /** The number of images of a real run that is to last so long; at least 8. */
    public int images(double load, double seconds) {
        return (int) Math.max(8, Math.round(load * ceiling() * seconds));
    }

    /**
     * The real lane over a network that answers at once, in a time that only moves when the network is called, by its cost: what the
     * lane itself takes is not counted.
     *
     * @param manager on any device; closed at the end
     */
    public Latencies inVirtualTime(Batching batching, double load, int images, NDManager manager) {
        List<Arrival> arrivals = Arrival.poisson(images, load * ceiling(), seed);
        double[] now = {0};
        BatchFill fill = new BatchFill();
        try (NullNetwork network = new NullNetwork(manager, tiles -> now[0] += cost.seconds(tiles));
                Lane lane = new Lane(
                        LaneSettings.of(slots), fill, reason -> {}, Runnable::run, () -> (long) (now[0] * NANOS))) {
            Dispatch dispatch = new Dispatch(lane, batching, slots, () -> now[0], images);
            for (int i = 0; i < images; i++) {
                Arrival arrival = arrivals.get(i);
                Sampler sampler = new NullSampler(arrival.steps());
                dispatch.arrive(arrival.seconds(), job(network, sampler, PhiloxNoise::new, NullNetwork.SIZE, i));
            }
            while (!dispatch.isDone()) {
                dispatch.submit();
                if (!lane.step()) {
                    now[0] = Math.max(now[0], dispatch.nextArrival());
                }
            }
            return Latencies.of(batching, load, dispatch.latencies(), fill.share(), now[0]);
        }
    }

    /**
     * The lane over a network on its device.
     *
     * @param tile side of the images in pixels
     */
    public Latencies onDevice(
            Batching batching, double load, int images, ScoreNetwork network, NoiseFactory noise, int tile)
            throws InterruptedException {
        List<Arrival> arrivals = Arrival.poisson(images, load * ceiling(), seed);
        BatchFill fill = new BatchFill();
        try (Lane lane = new Lane(LaneSettings.of(slots), fill, reason -> {}, Runnable::run, System::nanoTime)) {
            lane.start();
            long start = System.nanoTime();
            Dispatch dispatch = new Dispatch(lane, batching, slots, () -> (System.nanoTime() - start) / NANOS, images);
            for (int i = 0; i < images; i++) {
                Arrival arrival = arrivals.get(i);
                RestorationJob job = job(network, sampler(network, arrival.steps()), noise, tile, i);
                long due = start + (long) (arrival.seconds() * NANOS);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                dispatch.arrive(arrival.seconds(), job);
            }
            dispatch.await();
            double seconds = (System.nanoTime() - start) / NANOS;
            return Latencies.of(batching, load, dispatch.latencies(), fill.share(), seconds);
        }
    }

    private static Sampler sampler(ScoreNetwork network, int steps) {
        SamplerOptions options = new SamplerOptions(
                Optional.empty(),
                OptionalInt.of(steps),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty());
        return SamplerCatalogue.sampler(SamplerCatalogue.standardKind("2m", network.process()), options);
    }

    private static RestorationJob job(ScoreNetwork network, Sampler sampler, NoiseFactory noise, int side, long seed) {
        return RestorationJob.builder(network, sampler, noise)
                .image(side, side, LaneShare.grey(side))
                .tiling(Tiling.WHOLE_IMAGE)
                .seed(seed)
                .build();
    }
}
