package io.driftrec.batch;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Something other than an evaluation that the lane's thread does with the device, between two network calls. */
record DeviceTask<T>(Callable<T> action, CompletableFuture<T> result) {
    /** Whatever goes wrong is the future's: a task is not a reason for the lane to end. */
    void run() {
        if (result.isDone()) {
            return; // given up
        }
        try {
            result.complete(action.call());
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        }
    }

    void refuse(RuntimeException reason) {
        result.completeExceptionally(reason);
    }
}
