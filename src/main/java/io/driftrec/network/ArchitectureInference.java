package io.driftrec.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds an NCSN++ architecture from the names and shapes of its weights. What they do not show, the division by sigma and the
 * Fourier scale of a new network, is an argument.
 */
final class ArchitectureInference {
    private enum Kind {
        RESIDUAL,
        ATTENTION,
        COMBINATION,
        OTHER
    }

    private final Safetensors weights;

    private ArchitectureInference(Safetensors weights) {
        this.weights = weights;
    }

    /**
     * @throws InvalidModelException when the weights are not those of any NCSN++; the message names a tensor
     */
    static NcsnppArchitecture infer(Safetensors weights, boolean divideBySigma, double fourierScale) {
        return new ArchitectureInference(weights).infer(divideBySigma, fourierScale);
    }

    private NcsnppArchitecture infer(boolean divideBySigma, double fourierScale) {
        boolean isConditional = has("all_modules.0.W");
        int stem = isConditional ? 3 : 0;
        List<Long> stemShape = convolutionShape("all_modules.%d.weight".formatted(stem));
        int nf = Math.toIntExact(stemShape.get(0));
        List<Integer> multipliers = new ArrayList<>();
        Set<Integer> attentionLevels = new HashSet<>();
        int residuals = 0;
        int attentions = 0;
        int level = 0;
        int blocksPerLevel = 0;
        int index = stem + 1;
        for (Kind kind = kind(index); kind != Kind.OTHER; kind = kind(++index)) {
            if (kind == Kind.RESIDUAL && ++residuals == 1) {
                String name = "all_modules.%d.Conv_0.weight".formatted(index);
                multipliers.add(Math.toIntExact(convolutionShape(name).get(0) / nf));
            } else if (kind == Kind.ATTENTION) {
                attentions++;
            } else if (kind == Kind.COMBINATION) {
                if (attentions > 0) {
                    attentionLevels.add(level);
                }
                blocksPerLevel = residuals - 1; // the last one goes down
                level++;
                residuals = 0;
                attentions = 0;
            }
        }
        // The last stretch is the lowest level down, the bottleneck with its attention, and the lowest level up.
        if (attentions > 1) {
            attentionLevels.add(level);
        }
        if (level == 0) {
            blocksPerLevel = (residuals - 3) / 2;
        }
        return architecture(
                new NcsnppShape(nf, multipliers, blocksPerLevel, attentionLevels),
                stemShape,
                isConditional,
                divideBySigma,
                fourierScale);
    }

    private record NcsnppShape(int nf, List<Integer> multipliers, int blocksPerLevel, Set<Integer> attentionLevels) {}

    private NcsnppArchitecture architecture(
            NcsnppShape shape,
            List<Long> stemShape,
            boolean isConditional,
            boolean divideBySigma,
            double fourierScale) {
        NcsnppArchitecture architecture;
        try {
            architecture = new NcsnppArchitecture(
                    shape.nf(),
                    shape.multipliers(),
                    shape.blocksPerLevel(),
                    shape.attentionLevels(),
                    Math.toIntExact(stemShape.get(1)),
                    Math.toIntExact(convolutionShape("output_layer.weight").get(0)),
                    isConditional,
                    fourierScale,
                    divideBySigma);
            architecture.check(weights);
        } catch (IllegalArgumentException | InvalidModelException e) {
            throw new InvalidModelException("the weights are not those of an NCSN++: " + e.getMessage(), e);
        }
        return architecture;
    }

    private Kind kind(int index) {
        String prefix = "all_modules.%d.".formatted(index);
        if (has(prefix + "NIN_0.W")) {
            return Kind.ATTENTION;
        }
        if (has(prefix + "GroupNorm_1.weight")) {
            return Kind.RESIDUAL;
        }
        return has(prefix + "Conv_0.weight") ? Kind.COMBINATION : Kind.OTHER;
    }

    private boolean has(String name) {
        return weights.tensors().containsKey(name);
    }

    private List<Long> convolutionShape(String name) {
        List<Long> shape = weights.tensor(name).shape();
        if (shape.size() != 4 || shape.contains(0L)) {
            throw new InvalidModelException("tensor \"%s\" of shape %s is no convolution".formatted(name, shape));
        }
        return shape;
    }
}
