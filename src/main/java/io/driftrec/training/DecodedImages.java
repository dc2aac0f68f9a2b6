package io.driftrec.training;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Rgb8;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pixels of the images of a data set: decoded when asked for, the most recently used ones kept. Safe for use by several threads.
 *
 * <p>Failure modes: an image that cannot be read or decoded, or is smaller than a patch, is named in the log once, counted, and
 * from then on absent. One whose store stays out of reach ends the training.
 */
final class DecodedImages {
    private static final Logger LOG = LoggerFactory.getLogger(DecodedImages.class);

    private final ObjectStore store;
    private final int minSide;
    private final long cacheBytes;
    private final Backoff backoff;
    private final Map<URI, Rgb8> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<URI> bad = ConcurrentHashMap.newKeySet();
    private long bytes;

    /**
     * @param minSide an image must be this wide and this high
     * @param cacheBytes how much memory the kept pixels may take
     */
    DecodedImages(ObjectStore store, int minSide, long cacheBytes, Backoff backoff) {
        this.store = store;
        this.minSide = minSide;
        this.cacheBytes = cacheBytes;
        this.backoff = backoff;
    }

    /**
     * The image's pixels; empty for a bad one.
     *
     * @throws TrainingFailedException with {@code STORE_UNAVAILABLE}
     */
    Optional<Rgb8> get(URI location) throws InterruptedException {
        if (bad.contains(location)) {
            return Optional.empty();
        }
        synchronized (recent) {
            Rgb8 kept = recent.get(location);
            if (kept != null) {
                return Optional.of(kept);
            }
        }
        return decode(location);
    }

    /** The images that could not be used, so far. */
    List<URI> bad() {
        return bad.stream().sorted().toList();
    }

    private Optional<Rgb8> decode(URI location) throws InterruptedException {
        try {
            byte[] file = backoff.run(() -> store.read(location, ImageLimits.DEFAULT.maxBytes()));
            Rgb8 image = Rgb8.of(ImageDecoder.decode(file, ImageLimits.DEFAULT));
            if (Math.min(image.width(), image.height()) < minSide) {
                return reject(
                        location, "%dx%d is smaller than %d pixels".formatted(image.width(), image.height(), minSide));
            }
            keep(location, image);
            return Optional.of(image);
        } catch (StorageException e) {
            if (e.reason() == StorageException.Reason.UNAVAILABLE) {
                throw TrainingFailedException.storeUnavailable(e);
            }
            return reject(location, String.valueOf(e.getMessage()));
        } catch (ImageRejectedException e) {
            return reject(location, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Rgb8> reject(URI location, String reason) {
        if (bad.add(location)) {
            LOG.warn("image skipped image={} reason=\"{}\"", location, reason);
        }
        return Optional.empty();
    }

    private void keep(URI location, Rgb8 image) {
        synchronized (recent) {
            if (recent.put(location, image) == null) {
                bytes += image.samples().length;
            }
            Iterator<Rgb8> oldest = recent.values().iterator();
            while (bytes > cacheBytes && oldest.hasNext()) {
                bytes -= oldest.next().samples().length;
                oldest.remove();
            }
        }
    }
}
