package io.driftrec.batch;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A lane that the test steps itself, over an analytic network. */
final class LaneBench implements AutoCloseable {
    final AnalyticNetwork network = new AnalyticNetwork(8);
    final RecordedMetrics metrics = new RecordedMetrics();
    final List<RuntimeException> outOfService = new CopyOnWriteArrayList<>();
    final Lane lane;
    private final AtomicLong nanos = new AtomicLong();

    LaneBench(LaneSettings settings) {
        lane = new Lane(settings, metrics, outOfService::add, Runnable::run, nanos::getAndIncrement);
    }

    static float[] planes(int height, int width, long seed) {
        Random random = new Random(seed);
        float[] planes = new float[3 * height * width];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = random.nextFloat();
        }
        return planes;
    }

    /** A job on random pixels, without tiles; the seed decides pixels and noise. */
    RestorationJob.Builder job(int height, int width, int steps, long seed) {
        return job(height, width, EulerSteps.of(steps), seed);
    }

    RestorationJob.Builder job(int height, int width, EulerSteps sampler, long seed) {
        return RestorationJob.builder(network, sampler, SeededNoise::new)
                .image(height, width, planes(height, width, seed))
                .tiling(Tiling.WHOLE_IMAGE)
                .seed(seed);
    }

    RestorationTicket submit(RestorationJob.Builder job) {
        return lane.submit(job.build());
    }

    void step(int steps) {
        for (int i = 0; i < steps; i++) {
            lane.step();
        }
    }

    /** Steps until there is nothing to do; returns the number of calls. */
    int finish() {
        int steps = 0;
        while (lane.step()) {
            steps++;
        }
        return steps;
    }

    /** The result of a job alone in a lane of its own. */
    static RestoredPlanes alone(RestorationJob job) {
        Lane lane = new Lane(LaneSettings.of(1024), LaneMetrics.NONE, reason -> {}, Runnable::run, System::nanoTime);
        RestorationTicket ticket = lane.submit(job);
        while (lane.step()) {
            // until it is restored
        }
        lane.close();
        return ticket.result().join();
    }

    @Override
    public void close() {
        lane.close();
        network.close();
    }
}
