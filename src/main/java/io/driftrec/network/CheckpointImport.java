package io.driftrec.network;

import io.driftrec.diffusion.Sde;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a model directory from a checkpoint of the reference implementation of DriftRec, or from weights with its parameter
 * names: a PyTorch Lightning checkpoint ({@code .ckpt}), a state dictionary ({@code .pth}) or a safetensors file. Reads files
 * that may be malicious and executes nothing of them.
 */
public final class CheckpointImport {
    private static final double PAPER_FOURIER_SCALE = 16;
    private static final double T_EPS = 0.03;

    private CheckpointImport() {}

    /**
     * What the person who imports says; it overrides what the checkpoint says of itself.
     *
     * @param name the model's name
     * @param description one or two sentences for people; may be empty
     * @param licence terms of the weights
     * @param output what the network's output means; the score, for the reference implementation
     * @param sde the process' name; where absent, the checkpoint must have it
     * @param sdeParameters of the process, as {@link Sde#named} takes them
     * @param tEps the smallest time that the network was trained for
     * @param divideBySigma whether the output is divided by sigma; where absent, as the checkpoint says, else as the output's
     *     kind wants: yes for the score, no for the residual
     * @param prefersAverage whether to take the moving average of the weights where the checkpoint has one
     */
    public record Options(
            String name,
            String description,
            String licence,
            OutputParameterization output,
            Optional<String> sde,
            Map<String, Double> sdeParameters,
            Optional<Double> tEps,
            Optional<Boolean> divideBySigma,
            boolean prefersAverage) {
        public Options {
            sdeParameters = Map.copyOf(sdeParameters);
        }

        /** The usual: score output, everything else from the checkpoint, the moving average if there is one. */
        public static Options of(String name, String licence) {
            return new Options(
                    name,
                    "",
                    licence,
                    new OutputParameterization.Score(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    true);
        }
    }

    /**
     * Imports a checkpoint as {@code <models>/<name>/}.
     *
     * @return the card of the new model
     * @throws InvalidModelException when the file is damaged, malicious, or not a score network's, or something about it
     *     remains unknown; the message says what
     * @throws FileAlreadyExistsException when there is a model of that name, or an import of it runs or was killed
     */
    public static ModelCard run(Path checkpoint, Path models, Options options) throws IOException {
        Path target = models.resolve(nameOf(options));
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        CheckpointWeights read;
        try {
            read = CheckpointWeights.read(checkpoint, options.prefersAverage());
        } catch (InvalidModelException e) {
            throw new InvalidModelException("%s: %s".formatted(checkpoint, e.getMessage()), e);
        }
        ModelCard card = card(checkpoint, read, options);
        new ModelRepository(models).add(card, inOrder(card.architecture(), read.weights()));
        return card;
    }

    private static String nameOf(Options options) {
        try {
            ModelCard.checkName(options.name());
            return options.name();
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ModelCard card(Path checkpoint, CheckpointWeights read, Options options) {
        Map<String, Object> settings = read.settings();
        boolean divideBySigma = options.divideBySigma()
                .orElse(bool(settings, "scale_by_sigma")
                        .orElse(options.output() instanceof OutputParameterization.Score));
        NcsnppArchitecture architecture = ArchitectureInference.infer(
                read.weights(), divideBySigma, number(settings, "fourier_scale").orElse(PAPER_FOURIER_SCALE));
        if (!architecture.isPaired()) {
            throw new InvalidModelException("%s: takes %d channels and gives %d: no score network"
                    .formatted(checkpoint, architecture.inputChannels(), architecture.outputChannels()));
        }
        try {
            return new ModelCard(
                    options.name(),
                    options.description(),
                    architecture,
                    options.output(),
                    sde(settings, options),
                    options.tEps().or(() -> number(settings, "t_eps")).orElse(T_EPS),
                    false,
                    training(checkpoint, read),
                    List.of(),
                    options.licence());
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("%s: %s".formatted(checkpoint, e.getMessage()), e);
        }
    }

    private static Sde sde(Map<String, Object> settings, Options options) {
        String name = options.sde()
                .or(() -> text(settings, "sde_name"))
                .or(() -> text(settings, "sde"))
                .orElseThrow(() -> new InvalidModelException(
                        "the file does not say for which SDE it was trained: name ouve, tsdve or cosve"));
        Map<String, Double> parameters = new LinkedHashMap<>();
        number(settings, "gamma").ifPresent(value -> parameters.put("gamma", value));
        number(settings, "sigma_min").ifPresent(value -> parameters.put("sigmaMin", value));
        number(settings, "sigma_max").ifPresent(value -> parameters.put("sigmaMax", value));
        parameters.putAll(options.sdeParameters());
        return Sde.named(name, parameters);
    }

    private static Map<String, String> training(Path checkpoint, CheckpointWeights read) {
        Map<String, String> training = new LinkedHashMap<>();
        training.put("importedFrom", String.valueOf(checkpoint.getFileName()));
        training.put("weights", read.isAveraged() ? "exponential moving average" : "as trained");
        for (String key : List.of("lr", "optimizer", "loss_type", "ema_decay", "batch_size", "D_jpeg")) {
            Object value = read.settings().get(key);
            if (value != null) {
                training.put(key, value.toString());
            }
        }
        return training;
    }

    private static Safetensors inOrder(NcsnppArchitecture architecture, Safetensors weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (NcsnppParameter parameter : architecture.parameters()) {
            tensors.put(parameter.name(), weights.tensor(parameter.name()));
        }
        return new Safetensors(tensors);
    }

    private static Optional<String> text(Map<String, Object> settings, String key) {
        return settings.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Double> number(Map<String, Object> settings, String key) {
        return settings.get(key) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    private static Optional<Boolean> bool(Map<String, Object> settings, String key) {
        return settings.get(key) instanceof Boolean bool ? Optional.of(bool) : Optional.empty();
    }
}
