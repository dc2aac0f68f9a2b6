package io.driftrec.restore;

import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageLimits;
import io.driftrec.storage.Backoff;
import java.util.regex.Pattern;

/**
 * How the service treats every image.
 *
 * @param worker the name that results carry
 * @param limits of sources
 * @param backoff of accesses to stores
 * @param tiling of images
 * @param maxDecodedPixels of all images between decoding and the end of their upload at one time; a larger image is alone
 */
public record RestoreSettings(
        String worker, ImageLimits limits, Backoff backoff, Tiling tiling, long maxDecodedPixels) {
    /** What results accept: with another name no request could be answered, not even by a failure. */
    private static final Pattern WORKER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** Planes of the source, of the result, and what decoder, lane and encoder need beside them. */
    private static final int HEAP_BYTES_PER_PIXEL = 48;

    /** As many decoded pixels as three quarters of a heap hold. */
    public static long decodedPixelsOf(long heapBytes) {
        return Math.max(1, heapBytes / 4 * 3 / HEAP_BYTES_PER_PIXEL);
    }

    public RestoreSettings {
        if (!WORKER.matcher(worker).matches()) {
            throw new IllegalArgumentException("worker: '" + worker
                    + "' is not a name of 1 to 128 characters A-Z a-z 0-9 . _ -, a letter or digit first");
        }
        if (maxDecodedPixels < 1) {
            throw new IllegalArgumentException("maxDecodedPixels: " + maxDecodedPixels + " is not at least 1");
        }
    }
}
