package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** The recorded runs of the authors' samplers: see src/test/resources/diffusion/README.md. */
final class SamplerTraces {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode header;
    private final JsonNode settings;
    private final ByteBuffer data;

    SamplerTraces() {
        ByteBuffer file = ByteBuffer.wrap(resource("/diffusion/sampler-traces.safetensors"))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] headerBytes = new byte[Math.toIntExact(file.getLong())];
        file.get(headerBytes);
        try {
            header = JSON.readTree(headerBytes);
            settings = JSON.readTree(resource("/diffusion/sampler-traces.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    int steps() {
        return settings.get("N").intValue();
    }

    int sign(int draw) {
        return settings.get("signs").get(draw - 1).intValue();
    }

    int reportedEvaluations(String run) {
        JsonNode count = settings.get("nfe").get(run);
        return count.isObject() ? count.get("reported").intValue() : count.intValue();
    }

    double[] values(String name) {
        JsonNode tensor = header.get(name);
        int from = tensor.get("data_offsets").get(0).intValue();
        int to = tensor.get("data_offsets").get(1).intValue();
        double[] values = new double[(to - from) / Double.BYTES];
        data.slice(from, to - from)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }

    /** The corrupted image, {@code (3, 8, 8)}. */
    NDArray y(NDManager manager) {
        return manager.create(values("y"), new Shape(3, 8, 8));
    }

    /** The noise and the signs of the recorded runs. */
    NoiseSource noise() {
        double[] all = values("noise");
        return new NoiseSource() {
            @Override
            public NDArray normal(int draw, Shape shape, NDManager manager) {
                int size = Math.toIntExact(shape.size());
                double[] row = new double[size];
                System.arraycopy(all, draw * size, row, 0, size);
                return manager.create(row, shape);
            }

            @Override
            public int sign(int draw) {
                return SamplerTraces.this.sign(draw);
            }
        };
    }

    private static byte[] resource(String path) {
        try (InputStream stream = SamplerTraces.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(stream, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
