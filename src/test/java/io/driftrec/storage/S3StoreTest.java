package io.driftrec.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class S3StoreTest extends ObjectStoreContract {
    @RegisterExtension
    static final S3Fixture S3 = new S3Fixture();

    private URI bucket;

    @BeforeEach
    void createBucket() throws Exception {
        bucket = S3.newBucket();
    }

    @Override
    ObjectStore store() {
        return S3.store();
    }

    @Override
    URI folder() {
        return bucket;
    }

    static StorageSettings settings(URI endpoint) {
        return new StorageSettings(
                List.of(),
                List.of(),
                Optional.of(endpoint),
                Optional.empty(),
                true,
                false,
                false,
                new StorageSettings.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    @Test
    void shouldListEveryPage() throws Exception {
        List<String> names =
                IntStream.range(0, 1005).mapToObj(i -> "%04d".formatted(i)).toList();
        S3.server().put(bucket.getHost(), names);

        assertThat(store().list(folder(), 2000))
                .containsExactlyElementsOf(names.stream().map(this::location).toList());
        assertThat(store().list(folder(), 1002)).hasSize(1002);
        assertThat(store().list(folder(), 1000)).hasSize(1000);
    }

    @Test
    void shouldSayNotFoundWhenThereIsNoBucket() throws StorageException {
        URI location = URI.create("s3://no-such-bucket/a");

        assertFails(Reason.NOT_FOUND, () -> store().read(location, 10));
        assertFails(Reason.NOT_FOUND, () -> store().write(location, bytes("x"), "text/plain"));
        assertThat(store().size(location)).isEmpty();
    }

    @Test
    void shouldSayForbiddenWhenTheKeyIsWrong() {
        StaticCredentialsProvider wrong =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "wrong"));
        try (ObjectStore stranger = S3Store.open(settings(S3.server().endpoint()), wrong)) {
            assertFails(Reason.FORBIDDEN, () -> stranger.read(location("a"), 10));
            assertFails(Reason.FORBIDDEN, () -> stranger.write(location("a"), bytes("x"), "text/plain"));
            assertFails(Reason.FORBIDDEN, () -> stranger.size(location("a")));
            assertFails(Reason.FORBIDDEN, () -> stranger.list(folder(), 10));
        }
    }
}
