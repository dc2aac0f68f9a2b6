package io.driftrec.message;

/**
 * Which model restored an image.
 *
 * @param name as in the model repository
 * @param weightsSha256 SHA-256 of the weights file, 64 lower-case hexadecimal digits
 * @param sde {@code ouve}, {@code tsdve} or {@code cosve}
 */
public record ModelIdentity(String name, String weightsSha256, String sde) {
    public ModelIdentity {
        Constraints.name("model.name", name);
        Constraints.sha256("model.weightsSha256", weightsSha256);
        Constraints.name("model.sde", sde);
    }
}
