package io.driftrec.restore;

import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.batch.NonFiniteResultException;
import io.driftrec.batch.ProgressListener;
import io.driftrec.batch.Reservation;
import io.driftrec.batch.RestorationJob;
import io.driftrec.batch.RestorationTicket;
import io.driftrec.batch.RestoredPlanes;
import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageHeader;
import io.driftrec.image.Picture;
import io.driftrec.message.FailureCode;
import io.driftrec.network.DeviceOutOfMemoryException;
import java.util.concurrent.ExecutionException;

/**
 * The lane as one image sees it: waits for room, hands the image in, waits for the result. A thread that is interrupted while it
 * waits gives up what it waits for. Safe for use by several threads.
 */
final class LaneClient {
    private final Admission admission;
    private final Lane lane;
    private final Tiling tiling;

    LaneClient(Admission admission, Lane lane, Tiling tiling) {
        this.admission = admission;
        this.lane = lane;
        this.tiling = tiling;
    }

    /** The pixels of the image as the lane works on it. */
    static long paddedPixels(RequestPlan plan, ImageHeader header) {
        return Admission.paddedPixels(
                header.height(), header.width(), plan.model().network().sizeMultiple());
    }

    /** Waits until the image may be decoded and sampled; the caller closes the reservation when it has been. */
    Reservation admit(RequestPlan plan, ImageHeader header) throws InterruptedException {
        long cost = Admission.cost(
                header.height(),
                header.width(),
                plan.sampler(),
                plan.effective().samples(),
                tiling,
                plan.model().network().sizeMultiple());
        return admission.acquire(cost);
    }

    /**
     * Samples.
     *
     * @throws RequestFailure when this image can't be sampled
     * @throws io.driftrec.batch.LaneStoppedException when the lane can't sample any, as its other exceptions say too
     */
    RestoredPlanes sample(RequestPlan plan, Picture damaged, ProgressListener progress)
            throws RequestFailure, InterruptedException {
        RestorationTicket ticket = lane.submit(RestorationJob.builder(
                        plan.model().network(), plan.sampler(), plan.model().noise())
                .image(damaged.height(), damaged.width(), damaged.planes())
                .seed(plan.effective().seed())
                .samples(plan.effective().samples())
                .tiling(tiling)
                .progress(progress)
                .build());
        try {
            return ticket.result().get();
        } catch (InterruptedException stopping) {
            ticket.cancel();
            throw stopping;
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof NonFiniteResultException) {
                throw new RequestFailure(FailureCode.NON_FINITE_RESULT, String.valueOf(cause.getMessage()), cause);
            }
            if (cause instanceof DeviceOutOfMemoryException) {
                throw new RequestFailure(FailureCode.DEVICE_OUT_OF_MEMORY, String.valueOf(cause.getMessage()), cause);
            }
            if (cause instanceof RuntimeException other) {
                throw other;
            }
            throw new IllegalStateException("the lane failed with " + cause, cause);
        }
    }
}
