package io.driftrec.training;

/**
 * How training patches are cut from photographs.
 *
 * @param size height and width in pixels
 * @param isResized whether a square of random area is cut and scaled to the patch size, as in the paper's training; otherwise a
 *     square of the patch size is cut at its own resolution
 * @param minArea smallest area of a square to be scaled, as a share of the image, in (0, 1]; the paper has 0.2
 * @param mirrors whether every other patch is mirrored, at random
 */
public record PatchSettings(int size, boolean isResized, double minArea, boolean mirrors) {
    /** 256x256, scaled from at least a fifth of the image, never mirrored: the paper's. */
    public static final PatchSettings PAPER = new PatchSettings(256, true, 0.2, false);

    public PatchSettings {
        if (size < 16 || size > 4096 || size % 8 != 0) {
            throw new IllegalArgumentException("patch size must be a multiple of 8 in 16..4096, not " + size);
        }
        if (!(minArea > 0 && minArea <= 1)) {
            throw new IllegalArgumentException("minArea must be in (0, 1], not " + minArea);
        }
    }
}
