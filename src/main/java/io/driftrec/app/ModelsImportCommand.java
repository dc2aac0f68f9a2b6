package io.driftrec.app;

import io.driftrec.network.CheckpointImport;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelCard;
import io.driftrec.network.OutputParameterization;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code driftrec models import}: a checkpoint of the reference implementation becomes a model of ours. */
@Command(
        name = "import",
        description =
                "Imports a PyTorch Lightning checkpoint (.ckpt), a state dictionary (.pth) or a safetensors file with the parameter "
                        + "names of the reference implementation. Nothing in the file is executed.")
final class ModelsImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CHECKPOINT", description = "The file.")
    private Path checkpoint = Path.of("");

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Of the new model, by which requests ask for it.")
    private String name = "";

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            required = true,
            description = "The terms of the weights, for the model card.")
    private String licence = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "For the model card.")
    private String description = "";

    @Option(
            names = "--sde",
            paramLabel = "NAME",
            description = "ouve, tsdve or cosve (default: as the checkpoint says).")
    private @Nullable String sde;

    @Option(
            names = "--sde-parameter",
            paramLabel = "NAME=VALUE",
            description =
                    "gamma, sigmaMin or sigmaMax (default: as the checkpoint says, else the paper's); may be repeated.")
    private Map<String, Double> sdeParameters = new LinkedHashMap<>();

    @Option(names = "--t-eps", paramLabel = "T", description = "The smallest time that the network was trained for.")
    private @Nullable Double tEps;

    @Option(
            names = "--residual-std",
            paramLabel = "S",
            description =
                    "The network predicts the residual, preconditioned for this standard deviation of it (default: it predicts the score).")
    private @Nullable Double residualStd;

    @Option(
            names = "--last-weights",
            description = "Take the last weights even where the checkpoint has their moving average.")
    private boolean lastWeights;

    @Override
    public Integer call() {
        try {
            ModelCard card = CheckpointImport.run(checkpoint, models.folder(), options());
            System.out.printf(
                    "%s: %s, %,d parameters%n",
                    models.folder().resolve(name),
                    card.process().name(),
                    card.architecture().parameterCount());
            return ExitCode.OK;
        } catch (FileAlreadyExistsException taken) {
            throw new CannotStart("--name " + name + ": " + taken.getMessage() + " exists; choose another name", taken);
        } catch (IOException | IllegalArgumentException | InvalidModelException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private CheckpointImport.Options options() {
        OutputParameterization output = residualStd == null
                ? new OutputParameterization.Score()
                : new OutputParameterization.Residual(residualStd);
        return new CheckpointImport.Options(
                name,
                description,
                licence,
                output,
                Optional.ofNullable(sde),
                sdeParameters,
                Optional.ofNullable(tEps),
                Optional.empty(),
                !lastWeights);
    }
}
