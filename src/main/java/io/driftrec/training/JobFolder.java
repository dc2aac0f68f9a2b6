package io.driftrec.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.Decoded;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingStatus;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a job's state lies: {@code <prefix>/<jobId>/} with {@code checkpoint.safetensors}, {@code split.csv}, {@code owner}
 * and, of a job that has completed, {@code outcome.json}.
 *
 * <p>A trainer that begins with a job writes a new token into {@code owner}, and reads it again before each of its checkpoints. So a
 * trainer that was taken for dead, and goes on when another has begun with its job, doesn't replace the other's checkpoints: its write
 * fails, and it learns that the job is no longer its own. Between the look and the write there is a moment in which it could; what
 * it would write then is an earlier state of the same job, from which the same steps follow.
 */
public final class JobFolder {
    private static final long MAX_BYTES = 1 << 20;

    private final ObjectStore store;
    private final URI folder;
    private final String claimId = UUID.randomUUID().toString();
    private final TrainingCodec codec = new TrainingCodec();

    /** @param prefix of all jobs, with or without a slash at its end */
    public JobFolder(ObjectStore store, URI prefix, String jobId) {
        this.store = store;
        String text = prefix.toString();
        this.folder = URI.create((text.endsWith("/") ? text : text + "/") + jobId + "/");
    }

    /** The last status of a job that has completed; empty for any other, and where the object is unreadable. */
    Optional<TrainingStatus> outcome() throws StorageException {
        URI location = folder.resolve("outcome.json");
        if (store.size(location).isEmpty()) {
            return Optional.empty();
        }
        return codec.decodeStatus(store.read(location, MAX_BYTES)) instanceof Decoded.Valid<TrainingStatus> valid
                ? Optional.of(valid.value())
                : Optional.empty();
    }

    /** Remembers how the job ended. */
    void complete(TrainingStatus.Completed outcome) throws StorageException {
        store.write(folder.resolve("outcome.json"), codec.encode(outcome), "application/json");
    }

    /**
     * Makes the job this trainer's; whoever had it before loses it. Repeated, it is the same claim: a first try may still reach the store
     * after the next one.
     *
     * @param onLoss called by a write that finds another owner
     */
    Claim claim(String trainer, Runnable onLoss) throws StorageException {
        String token = trainer + " " + claimId;
        store.write(folder.resolve("owner"), token.getBytes(UTF_8), "text/plain");
        return new Claim(token, onLoss);
    }

    /** The right to write the job's checkpoints, for as long as no other trainer claims it. */
    final class Claim {
        private final String token;
        private final Runnable onLoss;
        private volatile boolean isLost;

        private Claim(String token, Runnable onLoss) {
            this.token = token;
            this.onLoss = onLoss;
        }

        /** Whether a write found another owner. */
        boolean isLost() {
            return isLost;
        }

        Checkpoints checkpoints() {
            return new Checkpoints(new ClaimedStore(this), folder.resolve("checkpoint.safetensors"));
        }

        private void check(URI location) throws StorageException {
            String owner = new String(store.read(folder.resolve("owner"), MAX_BYTES), UTF_8);
            if (!owner.equals(token)) {
                isLost = true;
                onLoss.run();
                throw new StorageException(
                        StorageException.Reason.FORBIDDEN, location, "the job went to another trainer: " + owner);
            }
        }
    }

    /** Writes only while the claim stands. */
    private final class ClaimedStore implements ObjectStore {
        private final Claim claim;

        ClaimedStore(Claim claim) {
            this.claim = claim;
        }

        @Override
        public void write(URI location, byte[] content, String contentType) throws StorageException {
            claim.check(location);
            store.write(location, content, contentType);
        }

        @Override
        public byte[] read(URI location, long maxBytes) throws StorageException {
            return store.read(location, maxBytes);
        }

        @Override
        public Optional<Long> size(URI location) throws StorageException {
            return store.size(location);
        }

        @Override
        public List<URI> list(URI prefix, int limit) throws StorageException {
            return store.list(prefix, limit);
        }

        /** The store is others' too. */
        @Override
        public void close() {}
    }
}
