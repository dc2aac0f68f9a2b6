package io.driftrec.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.ManualClock;
import io.driftrec.message.ModelNews;
import io.driftrec.message.ModelPublished;
import io.driftrec.network.DeviceOutOfMemoryException;
import io.driftrec.network.InvalidModelException;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelUpdatesTest {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final List<String> happened = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final FakeHost host = new FakeHost();
    private Failing failing = () -> {};
    private final ModelUpdates updates = new ModelUpdates(this::fetch, host, new Counts(), clock, PAUSE);

    @FunctionalInterface
    private interface Failing {
        void run() throws StorageException, IOException, ModelRefusedException, InterruptedException;
    }

    private final class FakeHost implements ModelHost {
        private final Map<String, String> current = new HashMap<>(Map.of("small", digest('0')));
        private final Set<String> kept = Set.of(digest('k'));
        private Failing onInstall = () -> {};

        @Override
        public boolean follows(String name) {
            return current.containsKey(name);
        }

        @Override
        public boolean isCurrent(String name, String digest) {
            return digest.equals(current.get(name));
        }

        @Override
        public boolean resume(String name, String digest) {
            if (kept.contains(digest)) {
                current.put(name, digest);
            }
            return kept.contains(digest);
        }

        @Override
        public void install(FetchedModel model) throws IOException, InterruptedException {
            try {
                onInstall.run();
            } catch (StorageException | ModelRefusedException impossible) {
                throw new AssertionError(impossible);
            }
            happened.add("installed " + model.digest().charAt(0));
            current.put(model.name(), model.digest());
        }
    }

    private final class Counts implements UpdateMetrics {
        @Override
        public void accepted() {
            happened.add("accepted");
        }

        @Override
        public void refused(ModelRefusal reason) {
            happened.add("refused " + reason);
        }

        @Override
        public void postponed() {
            happened.add("postponed");
        }
    }

    private FetchedModel fetch(ModelPublished model) throws StorageException, IOException, ModelRefusedException {
        try {
            failing.run();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
        happened.add("fetched " + model.weightsSha256().charAt(0));
        return new FetchedModel(model.name(), model.weightsSha256(), Path.of("nowhere"));
    }

    private static String digest(char digit) {
        return String.valueOf(digit == 'k' ? 'f' : digit).repeat(64);
    }

    private static ModelNews version(String name, char digit) {
        return new ModelNews.Published(new ModelPublished(
                name, digest(digit), digest('c'), URI.create("s3://models/" + name + "/"), "ouve", 1, Instant.EPOCH));
    }

    @Test
    void shouldInstallTheNewestVersionAlone() throws InterruptedException {
        updates.hear(version("small", '1'));
        updates.hear(version("small", '2'));
        assertThat(updates.isSettled()).isFalse();

        updates.apply();

        assertThat(happened).containsExactly("fetched 2", "installed 2", "accepted");
        assertThat(updates.isSettled()).isTrue();
    }

    @Test
    void shouldDoNothingForTheVersionInForceOrForModelsThatAreNotFollowed() throws InterruptedException {
        updates.hear(version("small", '0'));
        updates.hear(version("large", '1'));
        updates.apply();

        assertThat(happened).isEmpty();
    }

    @Test
    void shouldGoBackToAKeptVersionWithoutFetchingIt() throws InterruptedException {
        updates.hear(version("small", 'k'));
        updates.apply();

        assertThat(happened).containsExactly("accepted");
        assertThat(host.current).containsEntry("small", digest('k'));
    }

    @Test
    void shouldStayWithWhatItHasWhenAVersionIsRefused() throws InterruptedException {
        failing = () -> {
            throw new ModelRefusedException(ModelRefusal.DIGEST_MISMATCH, "other bytes");
        };
        updates.hear(version("small", '1'));
        updates.apply();
        failing = () -> {};
        for (RuntimeException failure : List.of(
                new InvalidModelException("a tensor is missing"),
                new DeviceOutOfMemoryException(new IllegalStateException("full")),
                new IllegalStateException("CUDA out of memory"),
                new IllegalStateException("a defect"))) {
            host.onInstall = () -> {
                throw failure;
            };
            updates.hear(version("small", '1'));
            updates.apply();
        }

        assertThat(happened)
                .filteredOn(what -> !what.startsWith("fetched"))
                .containsExactly(
                        "refused DIGEST_MISMATCH",
                        "refused INVALID",
                        "refused DEVICE_OUT_OF_MEMORY",
                        "refused DEVICE_OUT_OF_MEMORY",
                        "refused INTERNAL");
        assertThat(host.current).containsEntry("small", digest('0'));
        assertThat(updates.isSettled()).isTrue();
    }

    @Test
    void shouldTryAgainLaterWhenTheStoreDoesNotAnswer() throws InterruptedException {
        failing = () -> {
            throw new StorageException(
                    StorageException.Reason.UNAVAILABLE, URI.create("s3://models/small/"), "no answer");
        };
        updates.hear(version("small", '1'));
        updates.apply();
        updates.apply();
        assertThat(happened).containsExactly("postponed");
        assertThat(updates.isSettled()).isFalse();

        failing = () -> {};
        clock.advance(PAUSE);
        updates.apply();

        assertThat(happened).containsExactly("postponed", "fetched 1", "installed 1", "accepted");
    }

    @Test
    void shouldForgetAPostponedVersionWhenItIsWithdrawn() throws InterruptedException {
        failing = () -> {
            throw new IOException("no space left");
        };
        updates.hear(version("small", '1'));
        updates.apply();

        updates.hear(new ModelNews.Withdrawn("small"));

        assertThat(updates.isSettled()).isTrue();
    }

    @Test
    void shouldCountARecordThatCannotBeRead() {
        updates.hear(new ModelNews.Unreadable("not JSON"));

        assertThat(happened).containsExactly("refused UNREADABLE");
    }

    @Test
    void shouldStopWithItsHost() {
        host.onInstall = () -> {
            throw new InterruptedException("the lane stops");
        };
        updates.hear(version("small", '1'));

        assertThatThrownBy(updates::apply).isInstanceOf(InterruptedException.class);
        assertThat(happened).containsExactly("fetched 1");
    }
}
