package io.driftrec.batch;

import ai.djl.ndarray.index.NDIndex;
import io.driftrec.batch.Tiling.Tiles;
import io.driftrec.batch.Tiling.WholeImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The tiles that cover one padded image, all of one shape, numbered row by row. Tile {@code i} is row {@code i / columns} and
 * column {@code i % columns}; its weights are the products of its row's and its column's ({@link TileAxis}).
 *
 * <p>An image that is thin in one dimension has tiles as thin: {@code min(size, height)} x {@code min(size, width)}.
 */
final class TilePlan {
    private static final long AREA = 256L * 256;

    private final TileAxis rows;
    private final TileAxis columns;
    private final List<NDIndex> indices;

    private TilePlan(TileAxis rows, TileAxis columns) {
        this.rows = rows;
        this.columns = columns;
        List<NDIndex> all = new ArrayList<>(rows.count() * columns.count());
        for (int row = 0; row < rows.count(); row++) {
            for (int column = 0; column < columns.count(); column++) {
                int top = rows.start(row);
                int left = columns.start(column);
                all.add(new NDIndex()
                        .addAllDim()
                        .addSliceDim(top, top + rows.size())
                        .addSliceDim(left, left + columns.size()));
            }
        }
        this.indices = List.copyOf(all);
    }

    /** The plan of an image of {@code height} x {@code width} padded pixels. */
    static TilePlan of(int height, int width, Tiling tiling) {
        if (tiling instanceof Tiles tiles) {
            return new TilePlan(TileAxis.of(height, tiles), TileAxis.of(width, tiles));
        }
        return new TilePlan(TileAxis.single(height), TileAxis.single(width));
    }

    /**
     * The tiles that the plan of such an image counts for; a whole image counts for as many tiles of 256 x 256 pixels as its
     * area has, because that is what it costs.
     */
    static long cost(int height, int width, Tiling tiling) {
        if (tiling instanceof WholeImage) {
            return ((long) height * width + AREA - 1) / AREA;
        }
        Tiles tiles = (Tiles) tiling;
        return (long) TileAxis.count(height, tiles) * TileAxis.count(width, tiles);
    }

    int count() {
        return indices.size();
    }

    boolean isSingle() {
        return indices.size() == 1;
    }

    int tileHeight() {
        return rows.size();
    }

    int tileWidth() {
        return columns.size();
    }

    /** Where tile {@code tile} is in an array of shape {@code (C, H, W)}. */
    NDIndex index(int tile) {
        return indices.get(tile);
    }

    TileAxis rows() {
        return rows;
    }

    TileAxis columns() {
        return columns;
    }

    int row(int tile) {
        return tile / columns.count();
    }

    int column(int tile) {
        return tile % columns.count();
    }
}
