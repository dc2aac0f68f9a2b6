package io.driftrec.training;

import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import java.util.List;
import java.util.Set;

/** How wide and deep a network to be trained is; the rest of its architecture follows from what it is trained for. */
public record NetworkShape(int nf, List<Integer> channelMultipliers, int blocksPerLevel, Set<Integer> attentionLevels) {
    private static final double SCORE_FOURIER_SCALE = 16;
    private static final double FOURIER_SCALE = 2;

    /**
     * A shape by name: {@code small} (1.8 million parameters), {@code base}, or {@code paper} (65.6 million).
     *
     * @throws IllegalArgumentException for another name
     */
    public static NetworkShape named(String size) {
        return switch (size) {
            case "small" -> new NetworkShape(32, List.of(1, 2, 2, 2), 1, Set.of());
            case "base" -> new NetworkShape(64, List.of(1, 1, 2, 2, 2, 2), 2, Set.of());
            case "paper" -> new NetworkShape(128, List.of(1, 1, 2, 2, 2, 2, 2), 2, Set.of(4));
            default -> throw new IllegalArgumentException("the network must be small, base or paper, not " + size);
        };
    }

    /**
     * The architecture. A network that answers with the score is the paper's in every respect; the others are not divided by sigma
     * and have smoother features of its logarithm.
     *
     * @param isRegression whether it takes the corrupted image alone
     * @param hasTimeLayers whether it is told the noise level; only a regression can do without
     */
    public NcsnppArchitecture architecture(OutputParameterization output, boolean isRegression, boolean hasTimeLayers) {
        boolean isScore = output instanceof OutputParameterization.Score;
        return new NcsnppArchitecture(
                nf,
                channelMultipliers,
                blocksPerLevel,
                attentionLevels,
                isRegression ? 3 : 6,
                3,
                !isRegression || hasTimeLayers,
                isScore ? SCORE_FOURIER_SCALE : FOURIER_SCALE,
                isScore && !isRegression);
    }
}
