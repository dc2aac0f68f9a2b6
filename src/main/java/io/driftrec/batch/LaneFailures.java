package io.driftrec.batch;

import io.driftrec.network.DeviceOutOfMemoryException;

/** What went wrong at the device, told apart and put into the words of a job's failure. */
final class LaneFailures {
    private LaneFailures() {}

    static boolean isOutOfMemory(Throwable failure) {
        return failure instanceof DeviceOutOfMemoryException
                || failure instanceof RuntimeException untyped && DeviceOutOfMemoryException.isMeantBy(untyped);
    }

    /**
     * The failure of the job that it ends. The engine has no exception type for missing memory, but our callers have a failure code
     * for it; and one image too large for the heap is not the end of the lane: other images fit.
     *
     * @param cause a {@link RuntimeException}, or the heap's {@link OutOfMemoryError}
     */
    static RuntimeException ofJob(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return new IllegalStateException(
                    "the worker's heap has no room for this image: " + cause.getMessage(), cause);
        }
        RuntimeException failure = (RuntimeException) cause;
        boolean isUntyped = !(failure instanceof DeviceOutOfMemoryException) && isOutOfMemory(failure);
        return isUntyped ? new DeviceOutOfMemoryException(failure) : failure;
    }
}
