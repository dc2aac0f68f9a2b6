package io.driftrec.training;

import io.driftrec.image.ChromaSubsampling;

/**
 * How clean patches are corrupted: JPEG with a quality drawn at random, some of them twice on grids that do not align, some
 * after scaling down and up again.
 *
 * @param minQuality smallest quality, 0 to 100
 * @param maxQuality largest quality, included
 * @param distribution of the qualities; a log-uniform one begins at 1 or above
 * @param doubleShare share of patches compressed twice, the grids shifted by 0 to 4 pixels in both directions; always 4:2:0
 * @param rescaleShare share of patches scaled down by a factor drawn from 1/2 to 1, and up again, before they are compressed
 */
public record CorruptionSettings(
        int minQuality,
        int maxQuality,
        QualityDistribution distribution,
        ChromaSubsampling subsampling,
        double doubleShare,
        double rescaleShare) {
    /** Qualities 0 to 100, 4:2:0, once: the paper's. */
    public static final CorruptionSettings PAPER =
            new CorruptionSettings(0, 100, QualityDistribution.UNIFORM, ChromaSubsampling.CHROMA_420, 0, 0);

    public CorruptionSettings {
        if (minQuality < 0 || minQuality > maxQuality || maxQuality > 100) {
            throw new IllegalArgumentException(
                    "qualities must be 0 <= min <= max <= 100, not %d to %d".formatted(minQuality, maxQuality));
        }
        if (distribution == QualityDistribution.LOG_UNIFORM && minQuality == 0) {
            throw new IllegalArgumentException("log-uniform qualities must begin at 1 or above, not at 0");
        }
        checkShare("doubleShare", doubleShare);
        checkShare("rescaleShare", rescaleShare);
    }

    /** A quality for {@code u} uniform in 0..1, without 1. */
    int quality(double u) {
        return distribution.draw(minQuality, maxQuality, u);
    }

    private static void checkShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("%s must be in 0..1, not %s".formatted(name, share));
        }
    }
}
