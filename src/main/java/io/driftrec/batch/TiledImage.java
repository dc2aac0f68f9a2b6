package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A padded corrupted image on the device with its tiles, cut once for all samples and steps (as views: no copies). Owns its
 * arrays; belongs to the lane's thread.
 */
final class TiledImage implements AutoCloseable {
    private final TilePlan plan;
    private final NDManager manager;
    private final NDArray y;
    private final List<NDArray> tiles = new ArrayList<>();
    private final List<NDArray> rowWeights = new ArrayList<>();
    private final List<NDArray> columnWeights = new ArrayList<>();

    private TiledImage(TilePlan plan, NDManager manager, NDArray y) {
        this.plan = plan;
        this.manager = manager;
        this.y = y;
    }

    /** Brings a job's image to its network's device. */
    static TiledImage load(RestorationJob job) {
        NDManager manager = job.network().newManager();
        try {
            NDArray y = manager.create(
                    job.paddedPlanes(), new Shape(RestorationJob.CHANNELS, job.paddedHeight(), job.paddedWidth()));
            TiledImage image = new TiledImage(job.plan(), manager, y);
            image.cutTiles();
            return image;
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private void cutTiles() {
        if (plan.isSingle()) {
            tiles.add(y);
            return;
        }
        for (int tile = 0; tile < plan.count(); tile++) {
            tiles.add(y.get(manager, plan.index(tile)));
        }
        TileAxis rows = plan.rows();
        for (int row = 0; row < rows.count(); row++) {
            rowWeights.add(manager.create(rows.weights(row), new Shape(1, rows.size(), 1)));
        }
        TileAxis columns = plan.columns();
        for (int column = 0; column < columns.count(); column++) {
            columnWeights.add(manager.create(columns.weights(column), new Shape(1, 1, columns.size())));
        }
    }

    TilePlan plan() {
        return plan;
    }

    /** The whole padded image, {@code (3, H, W)}. */
    NDArray y() {
        return y;
    }

    /** One tile of it, {@code (3, h, w)}. */
    NDArray tile(int tile) {
        return tiles.get(tile);
    }

    /** The same tile of a state: a view, of {@code scope} unless it is the state itself. */
    NDArray cut(NDArray state, int tile, NDManager scope) {
        return plan.isSingle() ? state : state.get(scope, plan.index(tile));
    }

    /** Zeros of the shape of the image, to {@link #blend} into, in a manager of their own, which the caller closes. */
    NDArray blank() {
        return manager.newSubManager().zeros(y.getShape());
    }

    /** Adds one tile's score, weighted by its window, to the image's. */
    void blend(NDArray blended, int tile, NDArray score) {
        NDManager scope = score.getManager();
        NDArray weighted = score.mul(rowWeights.get(plan.row(tile))).muli(columnWeights.get(plan.column(tile)));
        blended.get(scope, plan.index(tile)).addi(weighted);
    }

    @Override
    public void close() {
        manager.close();
    }
}
