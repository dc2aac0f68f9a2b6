package io.driftrec.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.Safetensors;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/**
 * Where a training's checkpoint lies: one object that every checkpoint replaces, whole or not at all. Beside it, in {@code
 * split.csv}, is which images the training began with, so that those which come or go later change nothing.
 *
 * @param location a {@code .safetensors} object
 */
public record Checkpoints(ObjectStore store, URI location) {
    private static final long MAX_BYTES = Integer.MAX_VALUE - 64L;

    /**
     * The last checkpoint; empty where there is none.
     *
     * @throws TrainingFailedException with {@code CHECKPOINT_UNUSABLE}
     * @throws StorageException when the store is out of reach
     */
    Optional<Checkpoint> read() throws StorageException {
        try {
            if (store.size(location).isEmpty()) {
                return Optional.empty();
            }
            byte[] file = store.read(location, MAX_BYTES);
            return Optional.of(Checkpoint.of(Safetensors.read(new ByteArrayInputStream(file))));
        } catch (StorageException e) {
            if (e.reason() == StorageException.Reason.UNAVAILABLE) {
                throw e;
            }
            throw unusable(e);
        } catch (InvalidModelException | IOException e) {
            throw unusable(e);
        }
    }

    /**
     * The division of the images that the training began with; empty where it is not written down.
     *
     * @throws TrainingFailedException with {@code CHECKPOINT_UNUSABLE}
     * @throws StorageException when the store is out of reach
     */
    Optional<DataSplit> readSplit() throws StorageException {
        try {
            if (store.size(splitLocation()).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(DataSplit.ofCsv(new String(store.read(splitLocation(), MAX_BYTES), UTF_8)));
        } catch (StorageException e) {
            if (e.reason() == StorageException.Reason.UNAVAILABLE) {
                throw e;
            }
            throw unusable(e);
        } catch (IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    /** Writes the division down. */
    void write(DataSplit split) throws StorageException {
        store.write(splitLocation(), split.toCsv().getBytes(UTF_8), "text/csv");
    }

    private URI splitLocation() {
        return location.resolve("split.csv");
    }

    private TrainingFailedException unusable(Exception cause) {
        return new TrainingFailedException(
                TrainingFailure.CHECKPOINT_UNUSABLE, location + ": " + cause.getMessage(), cause);
    }

    /**
     * Replaces the checkpoint.
     *
     * @throws StorageException when it cannot be written; the former one is still there
     */
    void write(Checkpoint checkpoint) throws StorageException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            checkpoint.toSafetensors().write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.write(location, file.toByteArray(), "application/octet-stream");
    }
}
