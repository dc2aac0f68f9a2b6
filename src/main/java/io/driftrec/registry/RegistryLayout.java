package io.driftrec.registry;

import io.driftrec.network.ModelRepository;
import java.net.URI;

/**
 * Where models are below a prefix.
 *
 * @param prefix ends with {@code /}
 */
record RegistryLayout(URI prefix) {
    static final String POINTER = "published.json";

    /** Below a location, with or without a slash at its end. */
    static RegistryLayout below(URI location) {
        String text = location.toString();
        return new RegistryLayout(text.endsWith("/") ? location : URI.create(text + "/"));
    }

    /** The announcement of the version in force. */
    URI pointer(String name) {
        return below(prefix, name + "/" + POINTER);
    }

    /** The folder of a version. */
    URI version(String name, String digest) {
        return below(prefix, name + "/" + digest + "/");
    }

    /** The folder of a model that was copied there without versions. */
    URI unversioned(String name) {
        return below(prefix, name + "/");
    }

    static URI card(URI folder) {
        return below(folder, ModelRepository.CARD);
    }

    static URI weights(URI folder) {
        return below(folder, ModelRepository.WEIGHTS);
    }

    /** Names and digests have no characters that a URI would have to escape. */
    private static URI below(URI folder, String path) {
        return URI.create(folder + path);
    }
}
