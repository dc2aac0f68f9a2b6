package io.driftrec.network;

import io.driftrec.network.PickleConstructors.View;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The network's weights and the training's settings out of a checkpoint file: a PyTorch Lightning checkpoint, a plain state
 * dictionary, or a safetensors file. Names lose what stands before {@code all_modules} and {@code output_layer}, such as
 * {@code backbone.}
 *
 * @param weights by the reference implementation's names
 * @param isAveraged whether they are the exponential moving average of the training
 * @param settings the checkpoint's hyper-parameters, those that are texts, numbers or booleans
 */
record CheckpointWeights(Safetensors weights, boolean isAveraged, Map<String, Object> settings) {
    /** Where the JSON header of a safetensors file begins. */
    private static final int SAFETENSORS_HEADER = 8;

    private static final String ANCHOR = "output_layer.weight";
    private static final Set<String> NESTED = Set.of("state_dict", "model_state_dict", "model", "params_ema", "params");

    CheckpointWeights {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * @param prefersAverage whether to take the moving average where the checkpoint has one
     * @throws InvalidModelException when the file is damaged, malicious, or has no network of ours
     */
    static CheckpointWeights read(Path file, boolean prefersAverage) throws IOException {
        byte[] magic = magic(file);
        if (isBarePickle(magic)) {
            throw new InvalidModelException(
                    "a pickle without an archive, as PyTorch before 1.6 wrote it: save it again");
        }
        if (!startsWith(magic, 'P', 'K')) {
            Safetensors tensors = Safetensors.read(file);
            return new CheckpointWeights(
                    tensors.under(prefix(tensors.tensors().keySet())), false, Map.copyOf(tensors.metadata()));
        }
        try (TorchArchive archive = TorchArchive.open(file)) {
            if (!(archive.content() instanceof Map<?, ?> root)) {
                throw new InvalidModelException("the checkpoint holds no dictionary");
            }
            Map<String, View> views = networkViews(stateDictionary(root));
            Optional<List<View>> average = prefersAverage ? average(root) : Optional.empty();
            Map<String, View> chosen = average.isPresent() ? replaced(views, average.get()) : views;
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, View> entry : chosen.entrySet()) {
                tensors.put(entry.getKey(), archive.tensor(entry.getValue()));
            }
            return new CheckpointWeights(new Safetensors(tensors), average.isPresent(), settings(root));
        }
    }

    private static byte[] magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(SAFETENSORS_HEADER + 1);
        }
    }

    private static boolean startsWith(byte[] magic, int first, int second) {
        return magic.length >= 2 && magic[0] == (byte) first && magic[1] == (byte) second;
    }

    /** Protocols 2 to 5. A safetensors file whose header happens to have such a length has its opening brace at byte 8. */
    private static boolean isBarePickle(byte[] magic) {
        boolean isSafetensors = magic.length > SAFETENSORS_HEADER && magic[SAFETENSORS_HEADER] == '{';
        return !isSafetensors && magic.length >= 2 && magic[0] == (byte) 0x80 && magic[1] >= 2 && magic[1] <= 5;
    }

    private static Map<String, View> stateDictionary(Map<?, ?> root) {
        for (String key : NESTED) {
            if (root.get(key) instanceof Map<?, ?> nested) {
                return views(nested);
            }
        }
        return views(root);
    }

    private static Map<String, View> views(Map<?, ?> dictionary) {
        Map<String, View> views = new LinkedHashMap<>();
        dictionary.forEach((name, value) -> {
            if (name instanceof String text && value instanceof View view) {
                views.put(text, view);
            }
        });
        return views;
    }

    private static Map<String, View> networkViews(Map<String, View> all) {
        String prefix = prefix(all.keySet());
        Map<String, View> views = new LinkedHashMap<>();
        all.forEach((name, view) -> {
            if (name.startsWith(prefix)) {
                views.put(name.substring(prefix.length()), view);
            }
        });
        return views;
    }

    private static String prefix(Set<String> names) {
        List<String> prefixes = names.stream()
                .filter(name -> name.equals(ANCHOR) || name.endsWith("." + ANCHOR))
                .map(name -> name.substring(0, name.length() - ANCHOR.length()))
                .toList();
        if (prefixes.size() != 1) {
            throw new InvalidModelException(
                    "the checkpoint has %d tensors named \"%s\", one is needed to find the network"
                            .formatted(prefixes.size(), ANCHOR));
        }
        return prefixes.get(0);
    }

    /** The list of the torch-ema library: the averages of all parameters, in their order. */
    private static Optional<List<View>> average(Map<?, ?> root) {
        if (!(root.get("ema") instanceof Map<?, ?> ema) || !(ema.get("shadow_params") instanceof List<?> shadows)) {
            return Optional.empty();
        }
        List<View> views = new ArrayList<>();
        for (Object shadow : shadows) {
            if (!(shadow instanceof View view)) {
                throw new InvalidModelException("damaged checkpoint: ema.shadow_params holds no tensors");
            }
            views.add(view);
        }
        return Optional.of(views);
    }

    /** Old versions of the library leave out what is not trained: the Fourier frequencies. */
    private static Map<String, View> replaced(Map<String, View> views, List<View> averages) {
        List<String> names = new ArrayList<>(views.keySet());
        if (averages.size() == names.size() - 1) {
            names.remove("all_modules.0.W");
        }
        if (averages.size() != names.size()) {
            throw new InvalidModelException(
                    "the checkpoint has %d averages for %d parameters".formatted(averages.size(), names.size()));
        }
        Map<String, View> replaced = new LinkedHashMap<>(views);
        for (int i = 0; i < averages.size(); i++) {
            View current = views.getOrDefault(names.get(i), averages.get(i));
            if (!current.shape().equals(averages.get(i).shape())) {
                throw new InvalidModelException("the average of tensor \"%s\" has shape %s, not %s"
                        .formatted(names.get(i), averages.get(i).shape(), current.shape()));
            }
            replaced.put(names.get(i), averages.get(i));
        }
        return replaced;
    }

    private static Map<String, Object> settings(Map<?, ?> root) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (root.get("hyper_parameters") instanceof Map<?, ?> parameters) {
            parameters.forEach((key, value) -> {
                boolean isPlain = value instanceof String || value instanceof Number || value instanceof Boolean;
                if (key instanceof String name && isPlain) {
                    settings.put(name, value);
                }
            });
        }
        return settings;
    }
}
