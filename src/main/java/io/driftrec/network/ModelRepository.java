package io.driftrec.network;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Models in a directory: {@code <name>/model.json}, the card, and {@code <name>/weights.safetensors}. Reads the directory anew
 * with every call; keeps nothing.
 */
public final class ModelRepository {
    /** The file of the card in a model's directory. */
    public static final String CARD = "model.json";

    /** The file of the weights in a model's directory. */
    public static final String WEIGHTS = "weights.safetensors";
    /** A larger card is refused. */
    public static final int MAX_CARD_BYTES = 1 << 20;

    private final Path directory;

    public ModelRepository(Path directory) {
        this.directory = directory;
    }

    /**
     * The names of the models there, sorted; a subdirectory without a card, or whose name cannot be a model's, is none.
     *
     * @throws InvalidModelException when the directory is none
     */
    public List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(CARD)))
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .filter(ModelCard::isName)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new InvalidModelException("%s is not a folder of models".formatted(directory), e);
        }
    }

    /**
     * Reads a model's card.
     *
     * @throws InvalidModelException when there is no such model, or its card is invalid
     */
    public ModelCard card(String name) throws IOException {
        Path file = directory(name).resolve(CARD);
        try {
            if (Files.size(file) > MAX_CARD_BYTES) {
                throw new InvalidModelException("larger than %d bytes".formatted(MAX_CARD_BYTES));
            }
            ModelCard card = ModelCardJson.read(Files.readString(file));
            if (!card.name().equals(name)) {
                throw new InvalidModelException(
                        "the card in directory \"%s\" is that of model \"%s\"".formatted(name, card.name()));
            }
            return card;
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(
                    "there is no model \"%s\" in %s; there are: %s"
                            .formatted(name, directory, String.join(", ", names())),
                    e);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Loads a model into a device's memory.
     *
     * @throws InvalidModelException when there is no such model, or it is damaged; the message names the file and what in it
     * @throws DeviceOutOfMemoryException when the device has no room for it
     */
    public LoadedModel load(String name, TensorEngine engine, Precision precision) throws IOException {
        return load(name, engine, engine.programOptions(precision));
    }

    /** As {@link #load(String, TensorEngine, Precision)}, with a choice of memory order, for those who compare them. */
    public LoadedModel load(String name, TensorEngine engine, NcsnppProgram.Options options) throws IOException {
        PreparedModel model = prepare(name, options);
        try {
            return model.load(engine);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("%s: %s".formatted(weightsFile(name), e.getMessage()), e);
        }
    }

    /**
     * Reads and checks a model and writes its program, without a device.
     *
     * @throws InvalidModelException when there is no such model, or it is damaged; the message names the file and what in it
     */
    public PreparedModel prepare(String name, NcsnppProgram.Options options) throws IOException {
        ModelCard card = card(name);
        Path file = weightsFile(name);
        try {
            MessageDigest digest = FileDigest.start();
            Safetensors weights;
            try (InputStream in = new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), digest))) {
                weights = Safetensors.read(in);
            }
            TorchScriptProgram program = TorchScriptScoreNetwork.program(card, weights, options);
            return new PreparedModel(card, FileDigest.hex(digest.digest()), options.precision(), program);
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(file + " is missing", e);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Adds a model: into a directory of another name first, so that it is there whole or not at all.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is a model of that name
     */
    public void add(ModelCard card, Safetensors weights) throws IOException {
        Path target = directory(card.name());
        Files.createDirectories(directory);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path draft = Files.createTempDirectory(directory, ".new-");
        Path cardFile = draft.resolve(CARD);
        Path weightsFile = draft.resolve(WEIGHTS);
        try {
            weights.write(weightsFile);
            Files.writeString(cardFile, ModelCardJson.write(card));
            Files.move(draft, target);
        } catch (IOException e) {
            Files.deleteIfExists(weightsFile);
            Files.deleteIfExists(cardFile);
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** Removes a model, where there is one. */
    public void remove(String name) throws IOException {
        Path target = directory(name);
        Files.deleteIfExists(target.resolve(CARD)); // without a card it is no model
        Files.deleteIfExists(target.resolve(WEIGHTS));
        Files.deleteIfExists(target);
    }

    /**
     * Reads a model's weights into host memory.
     *
     * @throws InvalidModelException when they are missing or damaged
     */
    public Safetensors weights(String name) throws IOException {
        return Safetensors.read(weightsFile(name));
    }

    /**
     * The SHA-256 of a model's weights file.
     *
     * @throws InvalidModelException when there is none
     */
    public String digest(String name) throws IOException {
        try {
            return FileDigest.of(Files.readAllBytes(weightsFile(name)));
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(weightsFile(name) + " is missing", e);
        }
    }

    private Path weightsFile(String name) {
        return directory(name).resolve(WEIGHTS);
    }

    /**
     * The directory of a model, whether there is one or not.
     *
     * @throws InvalidModelException when the name cannot be a model's
     */
    public Path directory(String name) {
        try {
            ModelCard.checkName(name); // which excludes every separator and ".."
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(String.valueOf(e.getMessage()), e);
        }
        return directory.resolve(name);
    }
}
