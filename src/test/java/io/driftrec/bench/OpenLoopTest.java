package io.driftrec.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.network.TensorEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    /** So that the lane is not out of service, for a reason of its own, before the first failure is seen. */
    private static final int FEWER_THAN_FENCE = 3;

    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);

    /** Eight tiles cost twice what one costs, as on a device that likes company. */
    private static final OpenLoop LOOP = new OpenLoop(8, new CallCost(Map.of(1, 0.01, 8, 0.02)), 1);

    private static Latencies run(Batching batching, double load, int images) {
        return LOOP.inVirtualTime(batching, load, images, ENGINE.newManager());
    }

    @Test
    void shouldTakeAsLongAsItsEvaluationsWhenAlone() {
        for (Batching batching : Batching.values()) {
            Latencies alone = run(batching, 1e-6, 30);

            double most = Arrival.poisson(30, 1, 1).stream()
                            .mapToInt(Arrival::steps)
                            .max()
                            .orElseThrow()
                    * 0.01;
            assertThat(alone.p99()).isLessThanOrEqualTo(most).isGreaterThan(0.9 * most);
            assertThat(alone.batchFill()).isCloseTo(1.0 / 8, within(1e-9));
            assertThat(alone.images()).isEqualTo(30);
        }
    }

    @Test
    void shouldRepeatItself() {
        assertThat(run(Batching.IN_FLIGHT, 0.8, 100)).isEqualTo(run(Batching.IN_FLIGHT, 0.8, 100));
    }

    @Test
    void shouldServeSoonerInFlightThanByCollectingAndSoonerSoThanOneByOne() {
        Latencies inFlight = run(Batching.IN_FLIGHT, 0.6, 300);
        Latencies collected = run(Batching.COLLECT_THEN_RUN, 0.6, 300);
        Latencies single = run(Batching.ONE_AT_A_TIME, 0.6, 300);

        assertThat(inFlight.p50()).isLessThan(collected.p50());
        assertThat(inFlight.p95()).isLessThan(collected.p95());
        assertThat(collected.p95()).isLessThan(single.p95());
        assertThat(inFlight.batchFill()).isGreaterThan(collected.batchFill());
        assertThat(single.batchFill()).isCloseTo(1.0 / 8, within(1e-9));
    }

    /** Full calls at all times serve no more than the ceiling, and little less. */
    @Test
    void shouldReachTheCeilingWhenMoreArrivesThanCanBeServed() {
        Latencies flooded = run(Batching.IN_FLIGHT, 50, 400);

        assertThat(400 / flooded.seconds()).isCloseTo(LOOP.ceiling(), within(0.1 * LOOP.ceiling()));
        assertThat(flooded.batchFill()).isGreaterThan(0.95);
    }

    @Test
    void shouldServeAllOnTheDeviceInEachWay() throws InterruptedException {
        OpenLoop quick = new OpenLoop(4, new CallCost(Map.of(1, 0.001)), 1);
        try (NullNetwork network = new NullNetwork(ENGINE.newManager(), batch -> {})) {
            for (Batching batching : Batching.values()) {
                Latencies row = quick.onDevice(batching, 0.8, quick.images(0.8, 0.5), network, PhiloxNoise::new, 8);

                assertThat(row.images()).isEqualTo(quick.images(0.8, 0.5));
                assertThat(row.p50()).isPositive().isLessThanOrEqualTo(row.p95());
                assertThat(row.batchFill()).isBetween(0.01, 1.0);
            }
        }
    }

    @Test
    void shouldEndWhenAnImageFails() {
        OpenLoop quick = new OpenLoop(4, new CallCost(Map.of(1, 0.001)), 1);
        try (NullNetwork network = new NullNetwork(ENGINE.newManager(), batch -> {
            throw new IllegalStateException("the device is gone");
        })) {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            quick.onDevice(Batching.IN_FLIGHT, 0.8, FEWER_THAN_FENCE, network, PhiloxNoise::new, 8))
                    .withMessageContaining("an image failed: the device is gone");
        }
    }

    @Test
    void shouldGiveTheLaneItsCostWithoutANetwork() {
        LaneCost cost = LaneCost.measure(ENGINE, 4);

        assertThat(cost.microsOfLane().median())
                .isPositive()
                .isLessThan(cost.microsWithSampler().median());
    }

    @Test
    void shouldShareOutTheLanesThroughput() {
        try (NDManager manager = ENGINE.newManager();
                NullNetwork network = new NullNetwork(manager.newSubManager(), batch -> sleepless())) {
            LaneShare share = LaneShare.measure(network, PhiloxNoise::new, 8, 2, 3);

            assertThat(share.share().count()).isEqualTo(3);
            assertThat(share.share().median()).isBetween(0.05, 1.5);
            assertThat(share.laneImagesPerSecond().median()).isPositive();
        }
    }

    /** A network that takes two milliseconds of the processor. */
    private static void sleepless() {
        long end = System.nanoTime() + 2_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
