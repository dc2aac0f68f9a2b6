package io.driftrec.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the models are. */
final class ModelsOption {
    @Option(
            names = "--models",
            paramLabel = "DIR|PREFIX",
            description =
                    "A folder with one folder per model, or a prefix of an object store such as s3://models/ (default: the folder of this "
                            + "installation).")
    private @Nullable String models;

    ModelSource source() {
        return new ModelSource(
                models != null
                        ? models
                        : Path.of(System.getProperty("driftrec.home", "."), "models")
                                .toString());
    }

    /**
     * @throws CannotStart when it is no folder
     */
    Path folder() {
        return source().directory();
    }
}
