package io.driftrec.batch;

/** How an image is given to the network: in overlapping tiles of one size, or whole. */
public sealed interface Tiling {
    /** The tiling that suits a network trained on patches of 256 x 256. */
    Tiling DEFAULT = new Tiles(256, 32);

    /** The whole image as one tile, whatever its size: as the paper does it, and as much device memory as that takes. */
    Tiling WHOLE_IMAGE = new WholeImage();

    /**
     * Reads {@code none} or the size of a tile; the overlap is an eighth of it, as far as the grid of 8 allows.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Tiling parse(String text) {
        if (text.equals("none")) {
            return WHOLE_IMAGE;
        }
        try {
            int size = Integer.parseInt(text);
            return new Tiles(size, Math.max(Tiles.GRID, size / 8 / Tiles.GRID * Tiles.GRID));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("tile must be a size in pixels or 'none', not '" + text + "'", e);
        }
    }

    /**
     * Square tiles; an image no larger than one is a single tile of its own padded size.
     *
     * @param size height and width of a tile in pixels; a multiple of the network's size multiple and of {@link #GRID}
     * @param overlap the least overlap of neighbours in pixels, over which one fades into the other; a multiple of {@link
     *     #GRID}, at most half of the size
     */
    record Tiles(int size, int overlap) implements Tiling {
        /** Tiles start on the grid of JPEG's 8 x 8 blocks, because the network saw only patches that do. */
        static final int GRID = 8;

        public Tiles {
            if (size < 2 * GRID || size % GRID != 0) {
                throw new IllegalArgumentException("tile size must be a multiple of 8, at least 16: " + size);
            }
            if (overlap < GRID || overlap > size / 2 || overlap % GRID != 0) {
                throw new IllegalArgumentException(
                        "tile overlap must be a multiple of 8 between 8 and half of the size " + size + ": " + overlap);
            }
        }
    }

    /** No tiles. */
    record WholeImage() implements Tiling {}
}
