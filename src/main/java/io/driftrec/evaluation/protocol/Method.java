package io.driftrec.evaluation.protocol;

import io.driftrec.batch.ProgressListener;
import io.driftrec.restore.WorkerStoppedException;
import java.util.List;
import java.util.function.Function;

/** Something that restores damaged images: a row of every table. */
public interface Method {
    /** What it is called. */
    MethodIdentity identity();

    /**
     * Restores each of the images, side by side where that is faster. An image that can't be restored is an {@link
     * Attempt.Failed} and no exception.
     *
     * @param progress of an image, whose listener hears of evaluations
     * @return one attempt per image, in the same order
     * @throws InterruptedException when the thread is interrupted
     * @throws WorkerStoppedException when the device is lost and no image can be restored any more
     */
    List<Attempt> restore(List<DamagedImage> images, Function<DamagedImage, ProgressListener> progress)
            throws InterruptedException, WorkerStoppedException;
}
