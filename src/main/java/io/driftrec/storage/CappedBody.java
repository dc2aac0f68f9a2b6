package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/**
 * A body read up to a limit. The sender's statement of the length is never believed: the limit holds for the bytes that arrive,
 * and memory grows with them.
 */
final class CappedBody {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private CappedBody() {}

    /** The whole body, or empty where it is longer than the limit; then at most one byte too many was taken from the stream. */
    static Optional<byte[]> read(InputStream body, long maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is negative: " + maxBytes);
        }
        int limit = (int) Math.min(maxBytes, LONGEST_ARRAY - 1);
        byte[] content = body.readNBytes(limit + 1);
        return content.length > limit ? Optional.empty() : Optional.of(content);
    }

    static StorageException tooLarge(URI location, long maxBytes) {
        return new StorageException(Reason.TOO_LARGE, location, "larger than the limit of " + maxBytes + " bytes");
    }
}
