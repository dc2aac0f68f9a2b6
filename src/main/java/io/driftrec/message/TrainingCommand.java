package io.driftrec.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The value of a record of {@code driftrec.training.jobs}. The field {@code action} tells which; a job where it is absent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action", defaultImpl = TrainingJob.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainingJob.class, name = "train"),
    @JsonSubTypes.Type(value = TrainingCancel.class, name = "cancel")
})
public sealed interface TrainingCommand permits TrainingJob, TrainingCancel {
    /** Chosen by the sender; also the key of the record. */
    String jobId();
}
