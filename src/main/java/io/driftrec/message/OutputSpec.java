package io.driftrec.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The format of the restored image.
 *
 * @param format {@code png}, {@code jpeg} or {@code webp}
 * @param quality 1 to 100; of JPEG (4:4:4) and WebP
 */
public record OutputSpec(String format, int quality) {
    /** The formats that can be asked for. */
    public static final List<String> FORMATS = List.of("png", "jpeg", "webp");

    /** What a request without an output means: PNG. */
    public static final OutputSpec DEFAULT = new OutputSpec("png", 95);

    public OutputSpec {
        Constraints.oneOf("output.format", format, FORMATS);
        Constraints.range("output.quality", quality, 1, 100);
    }

    @JsonCreator
    static OutputSpec read(
            @JsonProperty("format") Optional<String> format, @JsonProperty("quality") OptionalInt quality) {
        return new OutputSpec(format.orElse(DEFAULT.format), quality.orElse(DEFAULT.quality));
    }
}
