package io.driftrec.restore;

import io.driftrec.message.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a service reports. */
public final class CountedMetrics implements RestoreMetrics {
    public final Map<FailureCode, Integer> failed = new EnumMap<>(FailureCode.class);
    final List<Stage> stages = new ArrayList<>();
    final List<Duration> durations = new ArrayList<>();
    int started;
    int completed;
    public int givenBack;
    int retried;
    long bytesRead;
    long bytesWritten;

    /** By the equation of {@link RestoreMetrics}. */
    public synchronized int inFlight() {
        int failures = failed.values().stream().mapToInt(Integer::intValue).sum();
        return started - completed - failures - givenBack;
    }

    @Override
    public synchronized void started() {
        started++;
    }

    @Override
    public synchronized void completed() {
        completed++;
    }

    @Override
    public synchronized void failed(FailureCode code) {
        failed.merge(code, 1, Integer::sum);
    }

    @Override
    public synchronized void givenBack() {
        givenBack++;
    }

    @Override
    public synchronized void stage(Stage stage, Duration duration) {
        stages.add(stage);
        durations.add(duration);
    }

    @Override
    public synchronized void bytesRead(long bytes) {
        bytesRead += bytes;
    }

    @Override
    public synchronized void bytesWritten(long bytes) {
        bytesWritten += bytes;
    }

    @Override
    public synchronized void retried() {
        retried++;
    }
}
