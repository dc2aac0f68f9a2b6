package io.driftrec.registry;

import io.driftrec.message.ModelNews;
import io.driftrec.message.ModelPublished;
import io.driftrec.network.DeviceOutOfMemoryException;
import io.driftrec.network.InvalidModelException;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From announcements to versions in force. Of each model only the newest announcement counts: what is superseded before it was
 * applied is never fetched. For one thread.
 *
 * <h2>Failure modes</h2>
 *
 * <ul>
 *   <li>A version that will not do is refused: a line in the log, a count by {@link ModelRefusal}; the host goes on with what it
 *       has. The next announcement of the model is another try, also of the same version.
 *   <li>A store or disk that does not answer postpones the version; it is tried again until it is superseded.
 * </ul>
 */
public final class ModelUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(ModelUpdates.class);

    private final Source source;
    private final ModelHost host;
    private final UpdateMetrics metrics;
    private final Clock clock;
    private final Duration pause;
    private final Map<String, Pending> pending = new TreeMap<>();

    /** Where announced versions come from, such as {@code ModelRegistry::fetch}. */
    @FunctionalInterface
    public interface Source {
        FetchedModel fetch(ModelPublished model) throws StorageException, IOException, ModelRefusedException;
    }

    private record Pending(ModelPublished model, Instant due) {}

    /** @param pause before a store that did not answer is asked again */
    public ModelUpdates(Source source, ModelHost host, UpdateMetrics metrics, Clock clock, Duration pause) {
        this.source = source;
        this.host = host;
        this.metrics = metrics;
        this.clock = clock;
        this.pause = pause;
    }

    /** Takes note of a record; nothing is fetched yet. */
    public void hear(ModelNews news) {
        if (news instanceof ModelNews.Unreadable unreadable) {
            metrics.refused(ModelRefusal.UNREADABLE);
            LOG.warn("an announcement of a model cannot be read: {}", unreadable.message());
        } else if (news instanceof ModelNews.Withdrawn withdrawn) {
            pending.remove(withdrawn.name());
            LOG.atInfo().addKeyValue("model", withdrawn.name()).log("model withdrawn; what is loaded of it stays");
        } else if (news instanceof ModelNews.Published published) {
            ModelPublished model = published.model();
            if (host.follows(model.name())) {
                pending.put(model.name(), new Pending(model, Instant.MIN));
            } else {
                LOG.atDebug().addKeyValue("model", model.name()).log("model announced that is not followed");
            }
        }
    }

    /**
     * Brings into force what has been announced and is due.
     *
     * @throws InterruptedException when the host stops
     */
    public void apply() throws InterruptedException {
        for (Pending next : List.copyOf(pending.values())) {
            if (clock.instant().isBefore(next.due())) {
                continue;
            }
            pending.remove(next.model().name());
            try {
                bringIntoForce(next.model());
            } catch (StorageException | IOException unavailable) {
                pending.put(
                        next.model().name(),
                        new Pending(next.model(), clock.instant().plus(pause)));
                metrics.postponed();
                LOG.atWarn()
                        .addKeyValue("model", next.model().name())
                        .addKeyValue("digest", next.model().weightsSha256())
                        .log(
                                "model cannot be fetched now, tried again in {} s: {}",
                                pause.toSeconds(),
                                unavailable.getMessage());
            } catch (ModelRefusedException refused) {
                refuse(next.model(), refused.reason(), refused);
            } catch (InvalidModelException invalid) {
                refuse(next.model(), ModelRefusal.INVALID, invalid);
            } catch (RuntimeException | OutOfMemoryError failure) {
                refuse(next.model(), reason(failure), failure);
            }
        }
    }

    /** Whether everything that was heard has been accepted or refused. */
    public boolean isSettled() {
        return pending.isEmpty();
    }

    private void bringIntoForce(ModelPublished model)
            throws StorageException, IOException, ModelRefusedException, InterruptedException {
        String name = model.name();
        String digest = model.weightsSha256();
        if (host.isCurrent(name, digest)) {
            return;
        }
        boolean isLoaded = host.resume(name, digest);
        if (!isLoaded) {
            host.install(source.fetch(model));
        }
        metrics.accepted();
        LOG.atInfo()
                .addKeyValue("model", name)
                .addKeyValue("digest", digest)
                .log(isLoaded ? "new requests take a version that was kept" : "new requests take a new version");
    }

    private static ModelRefusal reason(Throwable failure) {
        return failure instanceof DeviceOutOfMemoryException || DeviceOutOfMemoryException.isMeantBy(failure)
                ? ModelRefusal.DEVICE_OUT_OF_MEMORY
                : ModelRefusal.INTERNAL;
    }

    private void refuse(ModelPublished model, ModelRefusal reason, Throwable failure) {
        metrics.refused(reason);
        LOG.atError()
                .addKeyValue("model", model.name())
                .addKeyValue("digest", model.weightsSha256())
                .addKeyValue("reason", reason)
                .setCause(reason == ModelRefusal.INTERNAL ? failure : null)
                .log("model refused, what is loaded of it stays: {}", failure.getMessage());
    }
}
