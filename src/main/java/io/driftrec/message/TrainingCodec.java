package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
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

    /**
     * The command in a record, which is no valid job under a key that is not the job's: jobs of one id have to be in one partition.
     *
     * @param key the job's id in UTF-8; null where the record has none
     * @param body null is a record without value
     */
    public Decoded<TrainingCommand> decodeCommand(byte @Nullable [] key, byte @Nullable [] body) {
        Decoded<TrainingCommand> decoded = decodeCommand(body);
        if (key != null
                && decoded instanceof Decoded.Valid<TrainingCommand> valid
                && valid.value() instanceof TrainingJob job
                && !new String(key, UTF_8).equals(job.jobId())) {
            return new Decoded.Invalid<>(
                    job.jobId(),
                    Optional.empty(),
                    Map.of(),
                    "the key %s is not the id of the job, %s"
                            .formatted(Quotation.of(new String(key, UTF_8)), Quotation.of(job.jobId())));
        }
        return decoded;
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
