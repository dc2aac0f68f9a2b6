package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.driftrec.diffusion.NoiseSource;
import io.driftrec.diffusion.Trajectory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job with at least one sample started: its image on the device, its trajectories in flight, and the sum of those that ended. */
final class JobFlight implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobFlight.class);

    private final RestorationTicket ticket;
    private final RestorationJob job;
    private final TiledImage image;
    private final CallKey key;
    private final List<TrajectoryFlight> inFlight = new ArrayList<>();
    private float[] sum = {};
    private final Deque<Integer> samplesToStart = new ArrayDeque<>();
    private int samplesFinished;
    private int advances;
    private int evaluations;
    private boolean isClosed;

    /** Loads the image of a job; no sample has started yet. */
    JobFlight(RestorationTicket ticket) {
        this.ticket = ticket;
        this.job = ticket.job();
        this.image = TiledImage.load(job);
        TilePlan plan = image.plan();
        this.key = new CallKey(job.network(), plan.tileHeight(), plan.tileWidth());
        for (int sample = 0; sample < job.samples(); sample++) {
            samplesToStart.add(sample);
        }
    }

    RestorationTicket ticket() {
        return ticket;
    }

    /** What its evaluations may share a call with. */
    CallKey key() {
        return key;
    }

    int tilesInFlight() {
        return inFlight.size() * image.plan().count();
    }

    /** Like {@link #tilesInFlight}, but no more than {@code most} for each sample. */
    int slotsInFlight(int most) {
        return inFlight.size() * Math.min(most, image.plan().count());
    }

    boolean hasSamplesToStart() {
        return !samplesToStart.isEmpty();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Starts the next sample. */
    TrajectoryFlight startSample() {
        int sample = samplesToStart.getFirst();
        NoiseSource drawn = job.noise().noise(job.seed(), sample);
        NoiseSource noise =
                job.network().noiseFreeStart() && job.sampler().forgetsStart() ? drawn.withoutStart() : drawn;
        Trajectory trajectory = job.sampler().start(job.network().process(), image.y(), noise);
        TrajectoryFlight flight = new TrajectoryFlight(this, sample, image, trajectory);
        inFlight.add(flight);
        samplesToStart.removeFirst();
        return flight;
    }

    /** A sample that was started is to start again. */
    void withdraw(TrajectoryFlight flight) {
        inFlight.remove(flight);
        flight.close();
        samplesToStart.addFirst(flight.sample());
    }

    /** Tells the job's owner that one more evaluation of the whole image is done. */
    void reportAdvance() {
        advances++;
        try {
            job.progress().onEvaluation(advances, job.expectedEvaluations());
        } catch (RuntimeException e) {
            log.warn("a progress listener failed", e);
        }
    }

    /**
     * Takes the image of a finished trajectory and frees it.
     *
     * @return whether it was the job's last
     * @throws NonFiniteResultException when the image has values that are not finite
     */
    boolean collect(TrajectoryFlight flight) {
        float[] planes = cropped(flight.result());
        for (float value : planes) {
            if (!Float.isFinite(value)) {
                throw new NonFiniteResultException("the restored image has the value " + value);
            }
        }
        evaluations += flight.evaluations();
        samplesFinished++;
        inFlight.remove(flight);
        flight.close();
        if (samplesFinished == 1) {
            sum = planes;
        } else {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += planes[i];
            }
        }
        return samplesFinished == job.samples();
    }

    private float[] cropped(NDArray padded) {
        if (job.height() == job.paddedHeight() && job.width() == job.paddedWidth()) {
            return padded.toFloatArray();
        }
        try (NDManager scope = job.network().newManager()) {
            NDIndex corner =
                    new NDIndex().addAllDim().addSliceDim(0, job.height()).addSliceDim(0, job.width());
            return padded.get(scope, corner).toFloatArray();
        }
    }

    /** The mean of the samples, once all are collected. */
    RestoredPlanes result() {
        if (job.samples() > 1) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= job.samples();
            }
        }
        return new RestoredPlanes(job.height(), job.width(), sum, evaluations);
    }

    /** Frees the device memory of the job. */
    @Override
    public void close() {
        isClosed = true;
        inFlight.forEach(TrajectoryFlight::close);
        inFlight.clear();
        image.close();
    }
}
