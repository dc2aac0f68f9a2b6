package io.driftrec.message;

import org.jspecify.annotations.Nullable;

/**
 * The wire records of restoration as JSON bytes and back, through {@link BodyReader}'s gates. Encoded bytes are a function of the
 * record. Thread-safe.
 */
public final class MessageCodec {
    /** The largest body that is read by default. */
    public static final int DEFAULT_MAX_BYTES = 256 * 1024;

    private static final BodyReader.IdField ID = new BodyReader.IdField(
            "requestId",
            Constraints::isRequestId,
            "a text of 1 to 200 printable characters without a space at either end");

    private final BodyReader reader;
    private final WireMapping mapping = new WireMapping();
    private final WireSchema requestSchema = WireSchema.load("restoration-request");
    private final WireSchema resultSchema = WireSchema.load("restoration-result");
    private final WireSchema progressSchema = WireSchema.load("restoration-progress");

    public MessageCodec() {
        this(DEFAULT_MAX_BYTES);
    }

    /**
     * A codec that reads bodies of at most {@code maxBytes}.
     *
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    public MessageCodec(int maxBytes) {
        Constraints.range("maxBytes", maxBytes, 1, Integer.MAX_VALUE);
        reader = new BodyReader(new StrictJson(maxBytes), mapping, ID);
    }

    public byte[] encode(RestorationRequest request) {
        return mapping.write(request);
    }

    public byte[] encode(RestorationResult result) {
        return mapping.write(result);
    }

    public byte[] encode(RestorationProgress progress) {
        return mapping.write(progress);
    }

    /** The request in the value of a record; null is a record without value. */
    public Decoded<RestorationRequest> decodeRequest(byte @Nullable [] body) {
        return reader.read(body, requestSchema, RestorationRequest.class);
    }

    /** The result in the value of a record; null is a record without value. */
    public Decoded<RestorationResult> decodeResult(byte @Nullable [] body) {
        return reader.read(body, resultSchema, RestorationResult.class);
    }

    /** The progress in the value of a record; null is a record without value. */
    public Decoded<RestorationProgress> decodeProgress(byte @Nullable [] body) {
        return reader.read(body, progressSchema, RestorationProgress.class);
    }
}
