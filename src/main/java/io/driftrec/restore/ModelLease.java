package io.driftrec.restore;

import java.util.concurrent.atomic.AtomicBoolean;

/** One request's hold on the version of a model that it began with: that version stays open until the lease is closed. */
final class ModelLease implements AutoCloseable {
    private final ServedModel model;
    private final Runnable release;
    private final AtomicBoolean isReleased = new AtomicBoolean();

    ModelLease(ServedModel model, Runnable release) {
        this.model = model;
        this.release = release;
    }

    ServedModel model() {
        return model;
    }

    @Override
    public void close() {
        if (isReleased.compareAndSet(false, true)) {
            release.run();
        }
    }
}
