package io.driftrec.app;

import java.util.concurrent.CountDownLatch;

/** A signal to end the process (SIGTERM, SIGINT), which waits until the command has ended. */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    private StopSignal() {}

    /** Waits for signals from now on; the process then ends when this is closed. */
    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::askAndWait, "shutdown"));
        return signal;
    }

    /** As if a signal had come. */
    void ask() {
        asked.countDown();
    }

    /** Whether a signal has come. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Returns when a signal comes. */
    void await() throws InterruptedException {
        asked.await();
    }

    private void askAndWait() {
        ask();
        try {
            finished.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
    }
}
