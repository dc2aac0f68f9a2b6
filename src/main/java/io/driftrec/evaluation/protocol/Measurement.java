package io.driftrec.evaluation.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured on one restored image.
 *
 * @param values by key of the metric, unscaled; a perfect image has an infinite PSNR
 * @param features by name of the extractor: Base64 of little-endian floats
 */
public record Measurement(Map<String, Double> values, Map<String, String> features) {
    /** Nothing. */
    static final Measurement NONE = new Measurement(Map.of(), Map.of());

    public Measurement {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }

    static String encoded(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    static float[] decoded(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(vector);
        return vector;
    }
}
