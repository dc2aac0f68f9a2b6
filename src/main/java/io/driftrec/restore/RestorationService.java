package io.driftrec.restore;

import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneFencedException;
import io.driftrec.batch.LaneStoppedException;
import io.driftrec.batch.ProgressListener;
import io.driftrec.batch.Reservation;
import io.driftrec.batch.RestoredPlanes;
import io.driftrec.image.ColourCorrection;
import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageHeader;
import io.driftrec.image.Picture;
import io.driftrec.message.FailureCode;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.message.RestoredImage;
import io.driftrec.storage.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one image from its reference to its result: plan, fetch, header, admission, decode, lane, colours, encode, upload.
 *
 * <p>{@link #restore} does all of it on the calling thread, which waits for the stores and for the lane; as many images are under
 * way as threads call. A thread per image is the right shape: there are tens of them, never thousands, because pixels in memory
 * are the limit, and the device's own thread is the lane's. Safe for use by several threads.
 *
 * <h2>Failure modes</h2>
 *
 * <p>What is wrong with a request, its image, its locations or its sampling is an outcome, {@link RestorationFailed}, and never an
 * exception; so is a defect of the worker, even an {@link Error} such as missing heap, because the next image may well fit. Only
 * a worker that stops (the thread is interrupted, the lane is closed or fenced) leaves a request without outcome: {@link
 * WorkerStoppedException}, and another worker takes it.
 */
public final class RestorationService {
    private static final Logger LOG = LoggerFactory.getLogger(RestorationService.class);

    private final RequestPlanner planner;
    private final Transfers transfers;
    private final SourceImages images;
    private final Admission decodedPixels;
    private final LaneClient lane;
    private final String worker;
    private final Clock clock;
    private final RestoreMetrics metrics;

    /** @throws IllegalArgumentException when a model does not take tiles as the settings have them */
    public RestorationService(
            ObjectStore store,
            RequestPlanner planner,
            Admission admission,
            Lane lane,
            RestoreSettings settings,
            Clock clock,
            RestoreMetrics metrics) {
        planner.models().checkTiling(settings.tiling());
        this.planner = planner;
        this.transfers = new Transfers(store, settings, metrics);
        this.images = new SourceImages(settings.limits());
        this.decodedPixels = new Admission(settings.maxDecodedPixels());
        this.lane = new LaneClient(admission, lane, settings.tiling());
        this.worker = settings.worker();
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Restores one image.
     *
     * @param sent when the request was sent, for the timings
     * @param progress hears of the evaluations, on the lane's thread
     * @throws WorkerStoppedException when the worker stops before the request has an outcome; an interrupted thread stays so
     */
    public RestorationResult restore(RestorationRequest request, Instant sent, ProgressListener progress)
            throws WorkerStoppedException {
        metrics.started();
        StageClock stages = new StageClock(sent, clock, System::nanoTime, metrics);
        try {
            RestorationCompleted completed = complete(request, stages, progress);
            metrics.completed();
            LOG.atInfo()
                    .addKeyValue("requestId", request.requestId())
                    .addKeyValue("model", completed.model().name())
                    .addKeyValue("sampler", completed.sampler().kind())
                    .addKeyValue("evaluations", completed.evaluations())
                    .addKeyValue("millis", completed.timings().total().toMillis())
                    .log("restored");
            return completed;
        } catch (RequestFailure failure) {
            RestorationFailed failed = failed(request, failure.code(), failure.getMessage(), stages);
            LOG.atWarn()
                    .addKeyValue("requestId", request.requestId())
                    .addKeyValue("code", failed.code())
                    .log("not restored: {}", failed.message());
            return failed;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw givenBack(request, stopped);
        } catch (LaneStoppedException | LaneFencedException | CancellationException stopped) {
            throw givenBack(request, stopped);
        } catch (RuntimeException | Error defect) {
            LOG.atError()
                    .addKeyValue("requestId", request.requestId())
                    .addKeyValue("code", FailureCode.INTERNAL)
                    .setCause(defect)
                    .log("not restored by a defect of the worker");
            return failed(request, FailureCode.INTERNAL, defect.toString(), stages);
        } finally {
            stages.stop();
        }
    }

    private RestorationFailed failed(RestorationRequest request, FailureCode code, String message, StageClock stages) {
        metrics.failed(code);
        return RestorationFailed.of(request, code, message, stages.attempts(), clock.instant(), worker);
    }

    private WorkerStoppedException givenBack(RestorationRequest request, Exception cause) {
        metrics.givenBack();
        return new WorkerStoppedException(request.requestId(), cause);
    }

    private RestorationCompleted complete(RestorationRequest request, StageClock stages, ProgressListener progress)
            throws RequestFailure, InterruptedException {
        try (RequestPlan plan = planner.plan(request)) {
            return complete(request, plan, stages, progress);
        }
    }

    private RestorationCompleted complete(
            RestorationRequest request, RequestPlan plan, StageClock stages, ProgressListener progress)
            throws RequestFailure, InterruptedException {
        checkDeadline(request);
        stages.enter(Stage.FETCH);
        byte[] source = transfers.fetch(request.source(), stages::countRetry);
        ImageHeader header = images.header(source, plan.format());
        long pixels = LaneClient.paddedPixels(plan, header);
        images.checkPadded(header, pixels);

        RestoredPlanes restored;
        byte[] result;
        stages.enter(Stage.ADMISSION);
        try (Reservation memory = decodedPixels.acquire(pixels)) {
            Picture damaged;
            try (Reservation room = lane.admit(plan, header)) {
                LOG.debug("request {}: {} pixels, cost {}", request.requestId(), memory.cost(), room.cost());
                checkDeadline(request);
                stages.enter(Stage.DECODE);
                damaged = images.decode(source);
                stages.enter(Stage.SAMPLE);
                restored = lane.sample(plan, damaged, progress);
            }
            stages.enter(Stage.ENCODE);
            result = encode(request, plan, damaged, restored.planes());
            stages.enter(Stage.UPLOAD);
            transfers.upload(plan.result(), result, plan.format(), stages::countRetry);
        }
        stages.stop();
        return completed(request, plan, image(request, plan, restored, result), restored.evaluations(), stages);
    }

    /** Sampling is not begun after the deadline: asked before the source is fetched, and again after the wait for the lane. */
    private void checkDeadline(RestorationRequest request) throws RequestFailure {
        if (request.deadline().isEmpty()) {
            return;
        }
        Instant deadline = request.deadline().get();
        Duration late = Duration.between(deadline, clock.instant());
        if (late.compareTo(Duration.ZERO) > 0) {
            throw new RequestFailure(
                    FailureCode.DEADLINE_EXCEEDED,
                    "deadline: " + deadline + " passed " + late.toMillis() + " ms ago, and sampling had not begun");
        }
    }

    private static byte[] encode(RestorationRequest request, RequestPlan plan, Picture damaged, float[] restored) {
        if (request.colourCorrection()) {
            ColourCorrection.matchMeans(restored, damaged.planes());
        }
        return ImageEncoder.encode(
                damaged.withPlanes(restored), plan.format(), request.output().quality());
    }

    private static RestoredImage image(
            RestorationRequest request, RequestPlan plan, RestoredPlanes restored, byte[] result) {
        return new RestoredImage(
                plan.result(),
                Sha256.hex(result),
                result.length,
                restored.width(),
                restored.height(),
                request.output().format());
    }

    private RestorationCompleted completed(
            RestorationRequest request, RequestPlan plan, RestoredImage image, int evaluations, StageClock stages) {
        return new RestorationCompleted(
                request.requestId(),
                request.source(),
                image,
                plan.model().identity(),
                plan.effective(),
                evaluations,
                stages.timings(),
                clock.instant(),
                worker,
                request.attributes());
    }
}
