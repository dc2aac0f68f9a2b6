/**
 * What travels through Kafka: the wire records, their JSON codec and schema validation, and the CloudEvents attributes.
 *
 * <p>Read {@link io.driftrec.message.RestorationRequest} first, then {@link io.driftrec.message.RestorationResult}; {@link
 * io.driftrec.message.MessageCodec} turns bytes into an outcome ({@link io.driftrec.message.Decoded}), and {@link
 * io.driftrec.message.OutgoingEvents} turns records into what is published. {@link io.driftrec.message.ModelPublished} and its {@link
 * io.driftrec.message.ModelCodec} are for the topic of models. {@link
 * io.driftrec.message.TrainingJob}, {@link io.driftrec.message.TrainingStatus} and {@link io.driftrec.message.TrainingCodec} are for
 * those of training. The schemas are in the folder {@code schemas} of the
 * repository. Knows no Kafka, no clock and no network. Imports no other package of driftrec; the only package that uses the schema
 * validator and CloudEvents.
 */
@NullMarked
package io.driftrec.message;

import org.jspecify.annotations.NullMarked;
