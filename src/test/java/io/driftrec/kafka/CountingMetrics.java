package io.driftrec.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.message.DeadLetter.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Adds up, and checks the equation that {@link LoopMetrics} states. */
final class CountingMetrics implements LoopMetrics {
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger published = new AtomicInteger();
    final AtomicInteger deadLettered = new AtomicInteger();
    final AtomicInteger unanswered = new AtomicInteger();
    final AtomicInteger givenBack = new AtomicInteger();
    final AtomicInteger retried = new AtomicInteger();
    final AtomicInteger commitsFailed = new AtomicInteger();
    final AtomicInteger pollsFailed = new AtomicInteger();
    final Map<String, Long> lag = new ConcurrentSkipListMap<>();
    volatile int inFlight;
    volatile Duration paused = Duration.ZERO;

    void assertBalanced() {
        assertThat(received.get())
                .as("received = published + deadLettered + unanswered + givenBack + inFlight")
                .isEqualTo(published.get() + deadLettered.get() + unanswered.get() + givenBack.get() + inFlight);
    }

    @Override
    public void received() {
        received.incrementAndGet();
    }

    @Override
    public void published() {
        published.incrementAndGet();
    }

    @Override
    public void deadLettered(Reason reason) {
        deadLettered.incrementAndGet();
    }

    @Override
    public void unanswered() {
        unanswered.incrementAndGet();
    }

    @Override
    public void givenBack() {
        givenBack.incrementAndGet();
    }

    @Override
    public void inFlight(int records) {
        inFlight = records;
    }

    @Override
    public void publishRetried() {
        retried.incrementAndGet();
    }

    @Override
    public void commitFailed() {
        commitsFailed.incrementAndGet();
    }

    @Override
    public void pollFailed() {
        pollsFailed.incrementAndGet();
    }

    @Override
    public void paused(Duration duration) {
        paused = paused.plus(duration);
    }

    @Override
    public void lag(String topic, int partition, long records) {
        lag.put(topic + "-" + partition, records);
    }

    @Override
    public void unassigned(String topic, int partition) {
        lag.remove(topic + "-" + partition);
    }
}
