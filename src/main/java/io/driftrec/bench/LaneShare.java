package io.driftrec.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.LaneSettings;
import io.driftrec.batch.NoiseFactory;
import io.driftrec.batch.RestorationJob;
import io.driftrec.batch.RestorationTicket;
import io.driftrec.batch.Tiling;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.network.ScoreNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lane's images per second as a share of a bare loop's over the same network. The loop calls the network with full batches
 * and does nothing else; the lane takes images in, samples them with all arithmetic and noise, and gives them out. Both do the
 * same number of evaluations; they take turns, so that a noisy machine disturbs both alike, and each round gives one share.
 *
 * @param batch tiles in a call
 * @param laneImagesPerSecond with the default sampler
 * @param bareImagesPerSecond the bare loop, an image being as many evaluations
 * @param share the one over the other, round by round
 */
public record LaneShare(int batch, Spread laneImagesPerSecond, Spread bareImagesPerSecond, Spread share) {
    /**
     * Measures.
     *
     * @param network its process must be one that the default sampler fits
     * @param tile side of the images in pixels
     * @param rounds at least 1; a first one besides warms up
     */
    public static LaneShare measure(ScoreNetwork network, NoiseFactory noise, int tile, int batch, int rounds) {
        Sampler sampler =
                SamplerCatalogue.sampler(SamplerCatalogue.standardKind("2m", network.process()), SamplerOptions.NONE);
        int images = 2 * batch; // so that the lane has to choose
        double[] bare = new double[rounds];
        double[] lane = new double[rounds];
        double[] share = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double loop = images / bareSeconds(network, tile, batch, images * sampler.expectedEvaluations() / batch);
            double served = images / laneSeconds(network, noise, sampler, tile, batch, images);
            if (round >= 0) {
                bare[round] = loop;
                lane[round] = served;
                share[round] = served / loop;
            }
        }
        return new LaneShare(batch, Spread.of(lane), Spread.of(bare), Spread.of(share));
    }

    private static double bareSeconds(ScoreNetwork network, int tile, int batch, int calls) {
        double[] times = new double[batch];
        Arrays.fill(times, 0.5);
        try (NDManager manager = network.newManager()) {
            NDArray x = EvaluationTimer.images(manager, batch, tile, 1);
            NDArray y = EvaluationTimer.images(manager, batch, tile, 2);
            EvaluationTimer.awaitValue(y);
            long begun = System.nanoTime();
            for (int call = 0; call < calls; call++) {
                try (NDArray score = network.score(x, y, times)) {
                    if (call == calls - 1) {
                        EvaluationTimer.awaitValue(score);
                    }
                }
            }
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static double laneSeconds(
            ScoreNetwork network, NoiseFactory noise, Sampler sampler, int tile, int batch, int images) {
        try (Lane lane =
                new Lane(LaneSettings.of(batch), LaneMetrics.NONE, reason -> {}, Runnable::run, System::nanoTime)) {
            List<RestorationJob> jobs = new ArrayList<>();
            for (int image = 0; image < images; image++) {
                jobs.add(RestorationJob.builder(network, sampler, noise)
                        .image(tile, tile, grey(tile))
                        .tiling(Tiling.WHOLE_IMAGE)
                        .seed(image)
                        .build());
            }
            long begun = System.nanoTime();
            List<RestorationTicket> tickets = jobs.stream().map(lane::submit).toList();
            lane.start(); // now, so that no call is made with less than there is
            tickets.forEach(ticket -> ticket.result().join());
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    static float[] grey(int tile) {
        float[] planes = new float[3 * tile * tile];
        Arrays.fill(planes, 0.5f);
        return planes;
    }
}
