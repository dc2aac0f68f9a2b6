package io.driftrec.network;

import java.util.Locale;

/** The device has not enough memory for a call. The same call with fewer or smaller images may succeed. */
public final class DeviceOutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_MESSAGE = 300;

    public DeviceOutOfMemoryException(Throwable cause) {
        super(shortened(String.valueOf(cause.getMessage())), cause);
    }

    /**
     * Whether the engine reports missing memory: it has no exception of its own for it, but says so on a GPU as "CUDA out of
     * memory", or, where a convolution finds no room to work in, as "unable to find an engine", and on a CPU as
     * "DefaultCPUAllocator: can't allocate memory".
     */
    public static boolean isMeantBy(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("out of memory")
                || message.contains("can't allocate memory")
                || message.contains("not enough memory")
                || message.contains("_alloc_failed")
                || message.contains("unable to find an engine");
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }
}
