package io.driftrec.message;

import java.net.URI;
import java.time.Instant;

/**
 * The value of a record of {@code driftrec.models}, whose key is the model's name: the version of a model that workers are to
 * serve from now on. The topic is compacted, so its newest record of a name is the version in force; publishing an older version
 * again goes back to it.
 *
 * @param name of the model, as in its card
 * @param weightsSha256 SHA-256 of the weights file, 64 lower-case hexadecimal digits: the version
 * @param cardSha256 SHA-256 of the card, which decides what is computed with the weights
 * @param location of the folder with {@code model.json} and {@code weights.safetensors}; ends with {@code /}
 * @param sde the process: {@code ouve}, {@code tsdve}, {@code cosve}, {@code i2sb} or {@code indi}
 * @param parameters numbers in the weights
 * @param publishedAt when
 */
public record ModelPublished(
        String name,
        String weightsSha256,
        String cardSha256,
        URI location,
        String sde,
        long parameters,
        Instant publishedAt) {
    public ModelPublished {
        Constraints.name("name", name);
        Constraints.sha256("weightsSha256", weightsSha256);
        Constraints.sha256("cardSha256", cardSha256);
        Constraints.folder("location", location);
        Constraints.name("sde", sde);
        Constraints.range("parameters", parameters, 1, Long.MAX_VALUE);
        Constraints.instant("publishedAt", publishedAt);
    }
}
