package io.driftrec.restore;

import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageLimits;
import java.util.regex.Pattern;

/**
 * How the service treats every image.
 *
 * @param worker the name that results carry
 * @param limits of sources
 * @param backoff of accesses to stores
 * @param tiling of images
 */
public record RestoreSettings(String worker, ImageLimits limits, Backoff backoff, Tiling tiling) {
    /** What results accept: with another name no request could be answered, not even by a failure. */
    private static final Pattern WORKER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public RestoreSettings {
        if (!WORKER.matcher(worker).matches()) {
            throw new IllegalArgumentException("worker: '" + worker
                    + "' is not a name of 1 to 128 characters A-Z a-z 0-9 . _ -, a letter or digit first");
        }
    }
}
