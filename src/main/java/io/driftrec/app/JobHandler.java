package io.driftrec.app;

import io.driftrec.kafka.ConsumeLoop;
import io.driftrec.kafka.Handled;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.RecordHandler;
import io.driftrec.message.Decoded;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingCommand;
import io.driftrec.message.TrainingEvents;
import io.driftrec.message.TrainingJob;
import io.driftrec.message.TrainingStatus;
import io.driftrec.training.JobControl;
import io.driftrec.training.TrainingJobs;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * From a record of the topic of jobs to the event that tells the job's end: decode, train on a thread of its own for as long as it
 * takes, encode. One job is under way at a time. A job whose partition goes to another trainer is left, and so is the one under
 * way when this trainer stops: it writes its checkpoint where it still may, and the record is given back.
 *
 * <p>A job that another trainer has claimed stays unanswered: either this record went there, and its offset is no longer this
 * trainer's to commit, or the job was sent twice, and the other record is answered. Given back it would be claimed here again, and
 * lost there.
 *
 * <p>A cancellation is heard by the {@link CancelWatch} of its job; the record itself asks for no answer.
 */
final class JobHandler implements RecordHandler, AutoCloseable {
    /** Who hears that a job is to be cancelled. */
    @FunctionalInterface
    interface Cancellations {
        /** Returns when those that were there have been told; the watch ends when it is closed. */
        Watch watch(ReceivedRecord job, String jobId, Runnable onCancel) throws InterruptedException;
    }

    /** Ends when it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private record Current(ReceivedRecord record, JobControl control) {}

    private final TrainingCodec codec;
    private final TrainingEvents events;
    private final TrainingJobs jobs;
    private final Cancellations cancellations;
    private final ConsumeLoop.Events publisher;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "training-job"));
    private @Nullable Current current; // guarded by this
    private boolean isStopping; // guarded by this

    /** @param publisher of what is told on the way */
    JobHandler(
            TrainingCodec codec,
            TrainingEvents events,
            TrainingJobs jobs,
            Cancellations cancellations,
            ConsumeLoop.Events publisher) {
        this.codec = codec;
        this.events = events;
        this.jobs = jobs;
        this.cancellations = cancellations;
        this.publisher = publisher;
    }

    @Override
    public synchronized boolean isFull() {
        return current != null;
    }

    @Override
    public CompletionStage<Handled> handle(ReceivedRecord record) {
        Decoded<TrainingCommand> decoded =
                codec.decodeCommand(record.key().orElse(null), record.value().orElse(null));
        if (decoded instanceof Decoded.Valid<TrainingCommand> valid) {
            return valid.value() instanceof TrainingJob job
                    ? begin(job, record)
                    : CompletableFuture.completedStage(new Handled.Unanswered());
        }
        if (decoded instanceof Decoded.Invalid<TrainingCommand> invalid) {
            return CompletableFuture.completedStage(
                    answer(jobs.invalid(invalid.requestId(), invalid.message()), record.lastHeaders()));
        }
        Decoded.Unreadable<TrainingCommand> unreadable = (Decoded.Unreadable<TrainingCommand>) decoded;
        return CompletableFuture.completedStage(new Handled.DeadLetter(unreadable.reason(), unreadable.message()));
    }

    private synchronized CompletionStage<Handled> begin(TrainingJob job, ReceivedRecord record) {
        if (isStopping) {
            return CompletableFuture.completedStage(new Handled.GiveBack());
        }
        JobControl control = new JobControl();
        try {
            current = new Current(record, control);
            return CompletableFuture.supplyAsync(() -> train(job, record, control), thread)
                    .whenComplete((handled, defect) -> ended());
        } catch (RejectedExecutionException closed) {
            current = null;
            return CompletableFuture.completedStage(new Handled.GiveBack());
        }
    }

    private Handled train(TrainingJob job, ReceivedRecord record, JobControl control) {
        Map<String, byte[]> headers = record.lastHeaders();
        try (Watch watch = cancellations.watch(record, job.jobId(), control::cancel)) {
            Optional<TrainingStatus> end =
                    jobs.run(job, control, status -> publisher.publish(events.status(status, headers)));
            return end.map(status -> answer(status, headers))
                    .orElseGet(() -> control.isLost() ? new Handled.Unanswered() : new Handled.GiveBack());
        } catch (InterruptedException stopped) {
            return new Handled.GiveBack();
        }
    }

    private Handled answer(TrainingStatus status, Map<String, byte[]> headers) {
        return new Handled.Publish(events.status(status, headers));
    }

    private synchronized void ended() {
        current = null;
    }

    @Override
    public synchronized void partitionLeft(String topic, int partition) {
        if (current != null
                && current.record().partition() == partition
                && current.record().topic().equals(topic)) {
            current.control().leave();
        }
    }

    /** The job under way writes a checkpoint and is given back; so is every later one. */
    synchronized void stop() {
        isStopping = true;
        if (current != null) {
            current.control().leave();
        }
    }

    /** Interrupts what is under way: it is given back, without a checkpoint. */
    @Override
    public void close() {
        stop();
        thread.shutdownNow();
    }
}
