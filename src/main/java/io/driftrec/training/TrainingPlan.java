package io.driftrec.training;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.network.ModelCard;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import java.net.URI;

/**
 * Everything that decides what a training computes.
 *
 * @param model the name of the model that comes out
 * @param architecture takes a state and an image, or an image alone: then the model is the regression baseline
 * @param data a folder, an object-store prefix or a manifest of photographs
 * @param splitSeed decides which images are trained on, validated with and left for tests
 * @param times the times t that are trained
 * @param seed decides everything else that is random: order, patches, noise and new weights
 */
public record TrainingPlan(
        String model,
        NcsnppArchitecture architecture,
        ForwardProcess process,
        OutputParameterization output,
        URI data,
        long splitSeed,
        PatchSettings patch,
        CorruptionSettings corruption,
        TimeSettings times,
        OptimizationSettings optimization,
        Budget budget,
        long seed) {
    public TrainingPlan {
        ModelCard.checkName(model);
        int factor = architecture.downsamplingFactor();
        if (patch.size() % factor != 0) {
            throw new IllegalArgumentException(
                    "patch size must be a multiple of the network's %d, not %d".formatted(factor, patch.size()));
        }
        if (architecture.outputChannels() != 3 || !architecture.isPaired() && !architecture.isRegression()) {
            throw new IllegalArgumentException(
                    "the network must take 6 channels (or 3, the regression baseline) and give 3, not %d and %d"
                            .formatted(architecture.inputChannels(), architecture.outputChannels()));
        }
        output.checkFits(process, architecture);
        if (architecture.isRegression() && output instanceof OutputParameterization.Clean) {
            throw new IllegalArgumentException(
                    "output %s does not fit a regression: must be score or residual".formatted(output.label()));
        }
        if (architecture.isRegression() && times.startShare() > 0) {
            throw new IllegalArgumentException(
                    "a regression has no times: the share of starts must be 0, not " + times.startShare());
        }
        if (optimization.decays() && budget.steps().isEmpty()) {
            throw new IllegalArgumentException("a learning rate that falls needs a budget of steps");
        }
    }

    /** Whether the network estimates the clean image from the corrupted one alone, without a process. */
    public boolean isRegression() {
        return architecture.isRegression();
    }

    /**
     * What a checkpoint must agree in to be gone on from; rates and budget may change. The position in the data is counted in steps,
     * which are longer on several devices.
     */
    String identity(int devices) {
        return "%s; %s; %s; %s; %s; %s; %s; %s; %s; seed %d, %d%s"
                .formatted(
                        architecture,
                        process.name() + process.parameters(),
                        output,
                        data,
                        patch,
                        corruption,
                        optimization.batch(),
                        optimization.boundaryWeight(),
                        times,
                        seed,
                        splitSeed,
                        devices == 1 ? "" : "; %d devices".formatted(devices));
    }
}
