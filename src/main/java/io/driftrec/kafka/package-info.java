/**
 * The Kafka side: consuming, out-of-order completion of offsets, publishing, dead letters; generic in the handler.
 *
 * <p>Read {@link io.driftrec.kafka.ConsumeLoop} first: the life of a worker and its ways of failing. One turn of it is in {@code
 * GroupMember}, which leaves each question to a class: {@code RecordsInFlight} (from the handler to the acknowledged outcome),
 * {@code OffsetLedger} (completed offsets to a committable one), {@code Assignment} (who owns what), {@code OffsetCommitter}
 * (when to commit), {@code FlowControl} (poll or pause). All of these belong to the loop's thread. {@link
 * io.driftrec.kafka.AcknowledgedProducer} sends what {@link io.driftrec.kafka.EventPublisher} and {@link
 * io.driftrec.kafka.DeadLetterPublisher} make. {@link io.driftrec.kafka.RequestSender} and {@link
 * io.driftrec.kafka.ResultWaiter} are the other side: who asks for restorations. {@link
 * io.driftrec.kafka.TopicFollower} reads a compacted topic whole.
 *
 * <p>Imports only {@code message}; with the embedded broker of {@code demo}, the only package that uses Kafka.
 *
 * <p>Why so: "Offsets complete out of order, the contiguous prefix is committed" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.kafka;

import org.jspecify.annotations.NullMarked;
