package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.driftrec.message.TrainingStatus;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import io.driftrec.storage.StorageSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {
    private static final byte[] CONTENT = "checkpoint".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private ObjectStore store;
    private JobFolder folder;

    @BeforeEach
    void open() {
        List<LocationPrefix> all =
                List.of(LocationPrefix.parse(directory.toUri().toString()));
        store = RoutingStore.open(StorageSettings.allowing(all, all));
        folder = new JobFolder(store, directory.toUri(), "job-1");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void write(Checkpoints checkpoints) throws StorageException {
        checkpoints.store().write(checkpoints.location(), CONTENT, "application/octet-stream");
    }

    @Test
    void shouldLetTheOwnerWrite() throws StorageException {
        Checkpoints checkpoints = folder.claim("trainer-1", () -> {}).checkpoints();

        write(checkpoints);

        assertThat(directory.resolve("job-1/checkpoint.safetensors")).hasBinaryContent(CONTENT);
    }

    @Test
    void shouldStayTheOwnerWhenItClaimsAgain() throws StorageException {
        JobFolder.Claim first = folder.claim("trainer-1", () -> {});
        JobFolder.Claim again = folder.claim("trainer-1", () -> {});

        write(first.checkpoints());
        write(again.checkpoints());

        assertThat(first.isLost()).isFalse();
    }

    @Test
    void shouldRefuseTheWriteOfATrainerWhoseJobAnotherHasClaimed() throws StorageException {
        JobControl control = new JobControl();
        JobFolder.Claim zombie = folder.claim("trainer-1", control::leave);
        JobFolder.Claim owner = new JobFolder(store, directory.toUri(), "job-1").claim("trainer-1", () -> {});

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> write(zombie.checkpoints()))
                .withMessageContaining("the job went to another trainer: trainer-1");
        assertThat(zombie.isLost()).isTrue();
        assertThat(control.request()).isEqualTo(StopRequest.PAUSE);
        assertThat(directory.resolve("job-1/checkpoint.safetensors")).doesNotExist();
        write(owner.checkpoints());
        assertThat(owner.isLost()).isFalse();
    }

    @Test
    void shouldRememberHowAJobCompleted() throws StorageException {
        TrainingStatus.Completed completed = new TrainingStatus.Completed(
                "job-1", 5, 5, 0.5, Optional.empty(), Optional.empty(), Duration.ofSeconds(3), Instant.EPOCH, "t");
        assertThat(folder.outcome()).isEmpty();

        folder.complete(completed);

        assertThat(folder.outcome()).contains(completed);
        assertThat(new JobFolder(store, directory.toUri(), "job-2").outcome()).isEmpty();
    }

    @Test
    void shouldLieBelowThePrefixWhetherOrNotItEndsWithASlash() throws StorageException {
        URI withoutSlash = URI.create(directory.toUri().toString().replaceAll("/$", ""));

        new JobFolder(store, withoutSlash, "job-3").claim("trainer-1", () -> {});

        assertThat(directory.resolve("job-3/owner")).exists();
    }
}
