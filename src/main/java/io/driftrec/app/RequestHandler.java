package io.driftrec.app;

import io.driftrec.batch.ProgressListener;
import io.driftrec.kafka.Handled;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.RecordHandler;
import io.driftrec.message.Decoded;
import io.driftrec.message.FailureCode;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.restore.RestorationService;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.restore.WorkerStoppedException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * From a record to the event that answers it: decode, restore on a thread of its own, encode. As many images are under way as
 * there are threads; the service says why one waiting thread per image is the right shape.
 */
final class RequestHandler implements RecordHandler, AutoCloseable {
    private final MessageCodec codec;
    private final OutgoingEvents events;
    private final RestorationService service;
    private final RestoreMetrics metrics;
    private final Function<RestorationRequest, ProgressListener> progress;
    private final String worker;
    private final Clock clock;
    private final ExecutorService threads;
    private final int maxInFlight;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** @param progress who hears of a request's evaluations */
    RequestHandler(
            MessageCodec codec,
            OutgoingEvents events,
            RestorationService service,
            RestoreMetrics metrics,
            Function<RestorationRequest, ProgressListener> progress,
            String worker,
            int maxInFlight,
            Clock clock) {
        this.codec = codec;
        this.events = events;
        this.service = service;
        this.metrics = metrics;
        this.progress = progress;
        this.worker = worker;
        this.clock = clock;
        this.maxInFlight = maxInFlight;
        this.threads = Executors.newFixedThreadPool(maxInFlight, task -> new Thread(task, "restoration"));
    }

    @Override
    public boolean isFull() {
        return inFlight.get() >= maxInFlight;
    }

    @Override
    public CompletionStage<Handled> handle(ReceivedRecord record) {
        Decoded<RestorationRequest> decoded = codec.decodeRequest(record.value().orElse(null));
        if (decoded instanceof Decoded.Valid<RestorationRequest> valid) {
            return begin(valid.value(), record);
        }
        if (decoded instanceof Decoded.Invalid<RestorationRequest> invalid) {
            metrics.started();
            metrics.failed(FailureCode.INVALID_REQUEST);
            return CompletableFuture.completedStage(
                    answer(RestorationFailed.of(invalid, clock.instant(), worker), record));
        }
        Decoded.Unreadable<RestorationRequest> unreadable = (Decoded.Unreadable<RestorationRequest>) decoded;
        return CompletableFuture.completedStage(new Handled.DeadLetter(unreadable.reason(), unreadable.message()));
    }

    private CompletionStage<Handled> begin(RestorationRequest request, ReceivedRecord record) {
        inFlight.incrementAndGet();
        try {
            return CompletableFuture.supplyAsync(() -> restore(request, record), threads)
                    .whenComplete((handled, bug) -> inFlight.decrementAndGet());
        } catch (RejectedExecutionException closed) {
            inFlight.decrementAndGet();
            return CompletableFuture.completedStage(new Handled.GiveBack());
        }
    }

    private Handled restore(RestorationRequest request, ReceivedRecord record) {
        try {
            return answer(service.restore(request, record.timestamp(), progress.apply(request)), record);
        } catch (WorkerStoppedException stopped) {
            return new Handled.GiveBack();
        }
    }

    private Handled answer(RestorationResult result, ReceivedRecord record) {
        return new Handled.Publish(events.result(result, record.lastHeaders()));
    }

    /** Interrupts what is under way: it is given back, and so is what comes later. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
