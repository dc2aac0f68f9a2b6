package io.driftrec.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Weights of the networks that recognise images, by a formula instead of a file: values that look random, are the same in
 * every language, and keep the features of deep networks in range. {@code src/test/resources/evaluation/README.md} has it.
 */
public final class FormulaWeights {
    private FormulaWeights() {}

    /** All tensors of a list of names and shapes among the test resources, such as {@code alexnet-lpips}. */
    public static Safetensors of(String network) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        lines("/evaluation/" + network + ".csv").skip(1).forEach(line -> {
            String name = line.substring(0, line.indexOf(','));
            List<Long> shape = Arrays.stream(line.substring(name.length() + 1).split("x"))
                    .map(Long::valueOf)
                    .toList();
            tensors.put(name, Tensor.of(shape, values(name, shape)));
        });
        return new Safetensors(tensors);
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = FormulaWeights.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] values(String name, List<Long> shape) {
        double[] uniform = uniform(name, Math.toIntExact(Tensor.elements(shape)));
        float[] values = new float[uniform.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(name, shape, uniform[i]);
        }
        return values;
    }

    private static double value(String name, List<Long> shape, double uniform) {
        if (name.startsWith("lpips") || name.endsWith("var") || name.endsWith("variance")) {
            return 0.5 + uniform;
        }
        if (shape.size() == 4) {
            return Math.sqrt(6.0 / (shape.get(1) * shape.get(2) * shape.get(3))) * (2 * uniform - 1);
        }
        return name.endsWith("gamma") || name.endsWith("bn.weight") ? 0.8 + 0.4 * uniform : 0.1 * (2 * uniform - 1);
    }

    /** Numbers in [0, 1) from a hash of name and position (the finaliser of MurmurHash3). */
    public static double[] uniform(String name, int count) {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(UTF_8));
        int seed = (int) checksum.getValue();
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            int hash = seed + 0x9E3779B9 * (i + 1);
            hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
            hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
            values[i] = Integer.toUnsignedLong(hash ^ hash >>> 16) * 0x1p-32;
        }
        return values;
    }
}
