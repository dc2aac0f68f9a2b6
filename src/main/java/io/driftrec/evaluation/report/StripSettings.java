package io.driftrec.evaluation.report;

import io.driftrec.evaluation.FeatureMaps;
import java.util.List;
import java.util.Optional;

/**
 * Which pictures a page shows.
 *
 * @param images names of the clean images, where they are kept
 * @param largestSide of larger images, the square of this many pixels a side at the centre; at least 16
 * @param maps shown below the pictures, where they are given
 */
public record StripSettings(List<String> images, int largestSide, Optional<FeatureMaps> maps) {
    private static final int LEAST_SIDE = 16;

    public StripSettings {
        images = List.copyOf(images);
        if (largestSide < LEAST_SIDE) {
            throw new IllegalArgumentException(
                    "side of strips is " + largestSide + ": it must be at least " + LEAST_SIDE + " pixels");
        }
    }
}
