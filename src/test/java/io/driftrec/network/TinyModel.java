package io.driftrec.network;

import io.driftrec.diffusion.Sde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Model directories for tests that move models about: a network of a few thousand random weights, which the seed decides. */
public final class TinyModel {
    private static final NcsnppArchitecture ARCHITECTURE =
            new NcsnppArchitecture(8, List.of(1, 1), 1, Set.of(), 6, 3, true, 16, false);

    private TinyModel() {}

    /** Writes {@code <models>/<name>/}. */
    public static Path write(Path models, String name, long seed) throws IOException {
        return write(models, name, RandomWeights.of(ARCHITECTURE, seed));
    }

    /** One whose weights have the right shapes and names, and one value that is not a number. */
    public static Path writeDiverged(Path models, String name, long seed) throws IOException {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(RandomWeights.of(ARCHITECTURE, seed).tensors());
        String last = List.copyOf(tensors.keySet()).get(tensors.size() - 1);
        float[] values = tensors.get(last).toFloats();
        values[0] = Float.NaN;
        tensors.put(last, Tensor.of(tensors.get(last).shape(), values));
        return write(models, name, new Safetensors(tensors));
    }

    /** One whose weights are those of a wider network than its card says. */
    public static Path writeMismatched(Path models, String name, long seed) throws IOException {
        NcsnppArchitecture wider = new NcsnppArchitecture(16, List.of(1, 1), 1, Set.of(), 6, 3, true, 16, false);
        return write(models, name, RandomWeights.of(wider, seed));
    }

    private static Path write(Path models, String name, Safetensors weights) throws IOException {
        ModelCard card = new ModelCard(
                name,
                "Random weights.",
                ARCHITECTURE,
                new OutputParameterization.Residual(0.06),
                Sde.named("ouve", Map.of()),
                0.01,
                false,
                Map.of(),
                List.of(),
                "None: for tests.");
        Path directory = Files.createDirectories(models.resolve(name));
        Files.writeString(directory.resolve(ModelRepository.CARD), ModelCardJson.write(card));
        weights.write(directory.resolve(ModelRepository.WEIGHTS));
        return directory;
    }

    public static String digest(Path model) throws IOException {
        return FileDigest.of(Files.readAllBytes(model.resolve(ModelRepository.WEIGHTS)));
    }
}
