package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.diffusion.DeferredArray;
import io.driftrec.diffusion.Trajectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sample of a job in flight: its trajectory, and the score of the evaluation under way as far as its tiles have come in.
 * A trajectory of one tile takes its score as it comes, without blending.
 */
final class TrajectoryFlight implements AutoCloseable {
    private final JobFlight job;
    private final int sample;
    private final TiledImage image;
    private final Trajectory trajectory;
    private @Nullable NDArray blended;
    private int tilesMissing;

    TrajectoryFlight(JobFlight job, int sample, TiledImage image, Trajectory trajectory) {
        this.job = job;
        this.sample = sample;
        this.image = image;
        this.trajectory = trajectory;
        this.tilesMissing = image.plan().count();
    }

    JobFlight job() {
        return job;
    }

    /** Which of the job's samples it is, from 0. */
    int sample() {
        return sample;
    }

    int tiles() {
        return image.plan().count();
    }

    boolean isFinished() {
        return trajectory.isFinished();
    }

    double time() {
        return trajectory.time();
    }

    /** A tile of the state; valid until {@link #take} has all tiles, or until {@code scope} closes. */
    NDArray state(int tile, NDManager scope) {
        return image.cut(trajectory.state(), tile, scope);
    }

    /** A tile of the corrupted image. */
    NDArray image(int tile) {
        return image.tile(tile);
    }

    /**
     * Takes the score of one tile; with the last one the trajectory takes its own, which must live until it is {@link #settled}.
     *
     * @return whether it was the last one
     */
    boolean take(int tile, NDArray score) {
        if (image.plan().isSingle()) {
            trajectory.take(score);
            return true;
        }
        if (blended == null) {
            blended = image.blank();
        }
        image.blend(blended, tile, score);
        tilesMissing--;
        if (tilesMissing > 0) {
            return false;
        }
        tilesMissing = image.plan().count();
        trajectory.take(blended);
        return true;
    }

    /** What is to be computed before the trajectory goes on. */
    List<DeferredArray> deferred() {
        return trajectory.deferred();
    }

    /** It is computed. */
    void settled() {
        freeBlended();
    }

    /** With its manager, to which arrays belong that a sampler computed from it and did not free. */
    private void freeBlended() {
        if (blended != null) {
            blended.getManager().close();
            blended = null;
        }
    }

    /** The padded restored image, {@code (3, H, W)}. */
    NDArray result() {
        return trajectory.result();
    }

    int evaluations() {
        return trajectory.evaluations();
    }

    @Override
    public void close() {
        freeBlended();
        trajectory.close();
    }
}
