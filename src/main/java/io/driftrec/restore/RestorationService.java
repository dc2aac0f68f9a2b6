package io.driftrec.restore;

import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneFencedException;
import io.driftrec.batch.LaneStoppedException;
import io.driftrec.batch.NonFiniteResultException;
import io.driftrec.batch.ProgressListener;
import io.driftrec.batch.Reservation;
import io.driftrec.batch.RestorationJob;
import io.driftrec.batch.RestorationTicket;
import io.driftrec.batch.RestoredPlanes;
import io.driftrec.image.ColourCorrection;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageHeader;
import io.driftrec.image.ImageProbe;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import io.driftrec.message.FailureCode;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.message.RestoredImage;
import io.driftrec.network.DeviceOutOfMemoryException;
import io.driftrec.storage.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one image from its reference to its result: fetch, header, admission, decode, lane, colours, encode, upload.
 *
 * <p>{@link #restore} does all of it on the calling thread, which waits while the lane works; as many images are under way as
 * threads call. Safe for use by several threads.
 *
 * <h2>Failure modes</h2>
 *
 * <p>What is wrong with a request, its image, its locations or its sampling is an outcome, {@link RestorationFailed}, and never an
 * exception. Only a worker that stops (the thread is interrupted, the lane is closed or fenced) leaves a request without
 * outcome: {@link WorkerStoppedException}, and another worker takes it.
 */
public final class RestorationService {
    private static final Logger LOG = LoggerFactory.getLogger(RestorationService.class);

    private final Transfers transfers;
    private final RequestPlanner planner;
    private final Admission admission;
    private final Lane lane;
    private final RestoreSettings settings;
    private final Clock clock;
    private final RestoreMetrics metrics;

    public RestorationService(
            ObjectStore store,
            RequestPlanner planner,
            Admission admission,
            Lane lane,
            RestoreSettings settings,
            Clock clock,
            RestoreMetrics metrics) {
        this.transfers = new Transfers(store, settings, metrics);
        this.planner = planner;
        this.admission = admission;
        this.lane = lane;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Restores one image.
     *
     * @param sent when the request was sent, for the timings
     * @param progress hears of the evaluations, on the lane's thread
     * @throws WorkerStoppedException when the worker stops before the request has an outcome
     */
    public RestorationResult restore(RestorationRequest request, Instant sent, ProgressListener progress)
            throws WorkerStoppedException {
        metrics.started();
        StageClock stages = new StageClock(Duration.between(sent, clock.instant()), System::nanoTime, metrics);
        try {
            RestorationResult result = attempt(request, sent, stages, progress);
            if (result instanceof RestorationFailed failed) {
                metrics.failed(failed.code());
                LOG.atWarn()
                        .addKeyValue("requestId", request.requestId())
                        .addKeyValue("code", failed.code())
                        .log(failed.message());
            } else {
                metrics.completed();
            }
            return result;
        } catch (WorkerStoppedException stopped) {
            metrics.givenBack();
            throw stopped;
        }
    }

    private RestorationResult attempt(
            RestorationRequest request, Instant sent, StageClock stages, ProgressListener progress)
            throws WorkerStoppedException {
        try {
            return complete(request, sent, planner.plan(request), stages, progress);
        } catch (RequestFailure failure) {
            return failed(request, failure.code(), failure.getMessage(), stages);
        } catch (InterruptedException | LaneStoppedException | LaneFencedException | CancellationException stopped) {
            throw new WorkerStoppedException(request.requestId(), stopped);
        } catch (RuntimeException | OutOfMemoryError bug) {
            LOG.atError()
                    .addKeyValue("requestId", request.requestId())
                    .setCause(bug)
                    .log("unforeseen failure");
            return failed(request, FailureCode.INTERNAL, String.valueOf(bug), stages);
        }
    }

    private RestorationResult failed(RestorationRequest request, FailureCode code, String message, StageClock stages) {
        return RestorationFailed.of(request, code, message, stages.attempts(), clock.instant(), settings.worker());
    }

    private RestorationResult complete(
            RestorationRequest request, Instant sent, RequestPlan plan, StageClock stages, ProgressListener progress)
            throws RequestFailure, InterruptedException {
        checkDeadline(request);
        stages.enter(Stage.FETCH);
        byte[] source = transfers.fetch(request.source(), stages::countRetry);
        ImageHeader header = header(plan, source);

        Picture damaged;
        RestoredPlanes restored;
        stages.enter(Stage.ADMISSION);
        try (Reservation room = admit(plan, header)) {
            LOG.atDebug()
                    .addKeyValue("requestId", request.requestId())
                    .addKeyValue("cost", room.cost())
                    .log("admitted");
            checkDeadline(request);
            stages.enter(Stage.DECODE);
            damaged = decode(source);
            stages.enter(Stage.SAMPLE);
            restored = sample(plan, damaged, progress);
        }
        stages.enter(Stage.ENCODE);
        byte[] result = encode(request, plan, damaged, restored.planes());
        stages.enter(Stage.UPLOAD);
        transfers.upload(plan.result(), result, plan.format(), stages::countRetry);
        stages.stop();
        return completed(request, sent, plan, header, restored.evaluations(), result, stages);
    }

    private ImageHeader header(RequestPlan plan, byte[] source) throws RequestFailure {
        try {
            ImageHeader header = ImageProbe.probe(source);
            settings.limits().checkPixels(header);
            if (Math.max(header.width(), header.height()) > plan.format().maxSide()) {
                throw new RequestFailure(
                        FailureCode.INVALID_REQUEST,
                        "output.format: " + plan.format() + " holds at most "
                                + plan.format().maxSide() + " pixels a side, the image is " + header.width() + " x "
                                + header.height());
            }
            return header;
        } catch (ImageRejectedException rejected) {
            throw RequestFailure.ofImage(rejected);
        }
    }

    private Reservation admit(RequestPlan plan, ImageHeader header) throws InterruptedException {
        long cost = Admission.cost(
                header.height(),
                header.width(),
                plan.sampler(),
                plan.effective().samples(),
                settings.tiling(),
                plan.model().network().sizeMultiple());
        CompletableFuture<Reservation> turn = admission.reserve(cost);
        try {
            return turn.get();
        } catch (InterruptedException stopping) {
            turn.cancel(false);
            throw stopping;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("admission does not fail", impossible);
        }
    }

    private Picture decode(byte[] source) throws RequestFailure {
        try {
            return ImageDecoder.decode(source, settings.limits());
        } catch (ImageRejectedException rejected) {
            throw RequestFailure.ofImage(rejected);
        }
    }

    private RestoredPlanes sample(RequestPlan plan, Picture damaged, ProgressListener progress)
            throws RequestFailure, InterruptedException {
        RestorationTicket ticket = lane.submit(RestorationJob.builder(
                        plan.model().network(), plan.sampler(), plan.model().noise())
                .image(damaged.height(), damaged.width(), damaged.planes())
                .seed(plan.effective().seed())
                .samples(plan.effective().samples())
                .tiling(settings.tiling())
                .progress(progress)
                .build());
        try {
            return ticket.result().get();
        } catch (ExecutionException failure) {
            throw samplingFailure(failure.getCause());
        } catch (InterruptedException stopping) {
            ticket.cancel();
            throw stopping;
        }
    }

    private static RequestFailure samplingFailure(@Nullable Throwable cause) {
        if (cause instanceof NonFiniteResultException) {
            return new RequestFailure(FailureCode.NON_FINITE_RESULT, String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof DeviceOutOfMemoryException) {
            return new RequestFailure(FailureCode.DEVICE_OUT_OF_MEMORY, String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof RuntimeException unforeseen) {
            throw unforeseen;
        }
        throw new IllegalStateException(cause);
    }

    private byte[] encode(RestorationRequest request, RequestPlan plan, Picture damaged, float[] restored) {
        if (request.colourCorrection()) {
            ColourCorrection.matchMeans(restored, damaged.planes());
        }
        return ImageEncoder.encode(
                damaged.withPlanes(restored), plan.format(), request.output().quality());
    }

    private RestorationCompleted completed(
            RestorationRequest request,
            Instant sent,
            RequestPlan plan,
            ImageHeader header,
            int evaluations,
            byte[] result,
            StageClock stages) {
        Instant now = clock.instant();
        RestoredImage image = new RestoredImage(
                plan.result(),
                HexFormat.of().formatHex(ResultLocation.sha256(result)),
                result.length,
                header.width(),
                header.height(),
                request.output().format());
        return new RestorationCompleted(
                request.requestId(),
                request.source(),
                image,
                plan.model().identity(),
                plan.effective(),
                evaluations,
                stages.timings(sent, now),
                now,
                settings.worker(),
                request.attributes());
    }

    private void checkDeadline(RestorationRequest request) throws RequestFailure {
        if (request.deadline().isPresent()
                && clock.instant().isAfter(request.deadline().get())) {
            Duration late = Duration.between(request.deadline().get(), clock.instant());
            throw new RequestFailure(
                    FailureCode.DEADLINE_EXCEEDED,
                    "deadline: " + request.deadline().get() + " passed " + late.toMillis()
                            + " ms before sampling began");
        }
    }
}
