package io.driftrec.app;

import picocli.CommandLine.Command;

/** {@code driftrec models}: what is there, and how more gets there. */
@Command(name = "models", description = "Lists the models of a folder, and imports checkpoints.")
final class ModelsCommand {}
