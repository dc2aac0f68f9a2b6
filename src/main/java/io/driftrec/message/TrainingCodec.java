package io.driftrec.message;

import org.jspecify.annotations.Nullable;

/**
 * {@link TrainingCommand} and {@link TrainingStatus} as JSON bytes and back, through {@link BodyReader}'s gates. What is
 * not valid but names its job is {@link Decoded.Invalid}, whose request id is the job's. Thread-safe.
 */
public final class TrainingCodec {
    private static final BodyReader.IdField ID = new BodyReader.IdField(
            "jobId", Constraints::isName, "1 to 128 of A-Z a-z 0-9 . _ -, a letter or digit first");

    private final WireMapping mapping = new WireMapping();
    private final BodyReader reader = new BodyReader(new StrictJson(MessageCodec.DEFAULT_MAX_BYTES), mapping, ID);
    private final WireSchema commandSchema = WireSchema.load("training-job");
    private final WireSchema statusSchema = WireSchema.load("training-progress");

    public byte[] encode(TrainingCommand command) {
        return mapping.write(command);
    }

    public byte[] encode(TrainingStatus status) {
        return mapping.write(status);
    }

    /** The command in the value of a record; null is a record without value. */
    public Decoded<TrainingCommand> decodeCommand(byte @Nullable [] body) {
        return reader.read(body, commandSchema, TrainingCommand.class);
    }

    /** The status in the value of a record; null is a record without value. */
    public Decoded<TrainingStatus> decodeStatus(byte @Nullable [] body) {
        return reader.read(body, statusSchema, TrainingStatus.class);
    }
}
