package io.driftrec.restore;

import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageLimits;

/**
 * How the service treats every image.
 *
 * @param worker the name that results carry
 * @param limits of sources
 * @param backoff of accesses to stores
 * @param tiling of images
 */
public record RestoreSettings(String worker, ImageLimits limits, Backoff backoff, Tiling tiling) {
    public RestoreSettings {
        if (worker.isBlank()) {
            throw new IllegalArgumentException("worker: '" + worker + "' is blank; name the worker");
        }
    }
}
