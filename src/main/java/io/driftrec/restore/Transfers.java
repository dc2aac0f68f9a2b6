package io.driftrec.restore;

import io.driftrec.image.ImageFormat;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.net.URI;

/** Reads sources and writes results, again where a store was only out of reach. */
final class Transfers {
    private final ObjectStore store;
    private final RestoreSettings settings;
    private final RestoreMetrics metrics;

    Transfers(ObjectStore store, RestoreSettings settings, RestoreMetrics metrics) {
        this.store = store;
        this.settings = settings;
        this.metrics = metrics;
    }

    byte[] fetch(URI source, Runnable onRetry) throws RequestFailure, InterruptedException {
        try {
            byte[] bytes = settings.backoff()
                    .run(() -> store.read(source, settings.limits().maxBytes()), onRetry);
            metrics.bytesRead(bytes.length);
            return bytes;
        } catch (StorageException failure) {
            throw RequestFailure.ofSource(failure);
        }
    }

    void upload(URI target, byte[] result, ImageFormat format, Runnable onRetry)
            throws RequestFailure, InterruptedException {
        try {
            settings.backoff().run(() -> write(target, result, format), onRetry);
            metrics.bytesWritten(result.length);
        } catch (StorageException failure) {
            throw RequestFailure.ofTarget(failure);
        }
    }

    private boolean write(URI target, byte[] result, ImageFormat format) throws StorageException {
        store.write(target, result, format.contentType());
        return true;
    }
}
