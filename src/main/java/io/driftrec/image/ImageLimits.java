package io.driftrec.image;

/**
 * The largest image that is decoded. Checked on the header, before anything is allocated for pixels.
 *
 * @param maxPixels width times height, 1 to 700,000,000 (three planes of more do not fit one array)
 * @param maxBytes size of the file
 */
public record ImageLimits(long maxPixels, long maxBytes) {
    /** 50 megapixels in at most 64 MiB. */
    public static final ImageLimits DEFAULT = new ImageLimits(50_000_000, 64L << 20);

    private static final long PIXELS_IN_ONE_ARRAY = 700_000_000;

    /** Whatever can be decoded at all: for files that we wrote ourselves. */
    public static final ImageLimits LARGEST = new ImageLimits(PIXELS_IN_ONE_ARRAY, Long.MAX_VALUE);

    public ImageLimits {
        if (maxPixels < 1 || maxPixels > PIXELS_IN_ONE_ARRAY) {
            throw new IllegalArgumentException(
                    "maxPixels is " + maxPixels + ": it must be between 1 and " + PIXELS_IN_ONE_ARRAY);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ": it must be at least 1");
        }
    }

    /**
     * Checks the size of the file.
     *
     * @throws ImageRejectedException with {@link ImageRejectedException.Reason#SOURCE_TOO_LARGE}
     */
    public void checkBytes(long bytes) throws ImageRejectedException {
        if (bytes > maxBytes) {
            throw new ImageRejectedException(
                    ImageRejectedException.Reason.SOURCE_TOO_LARGE,
                    "file has " + bytes + " bytes: at most " + maxBytes + " are accepted");
        }
    }

    /**
     * Checks the size of the picture.
     *
     * @throws ImageRejectedException with {@link ImageRejectedException.Reason#TOO_MANY_PIXELS}
     */
    public void checkPixels(ImageHeader header) throws ImageRejectedException {
        if (header.pixels() > maxPixels) {
            throw new ImageRejectedException(
                    ImageRejectedException.Reason.TOO_MANY_PIXELS,
                    "image is " + header.width() + "x" + header.height() + " = " + header.pixels() + " pixels: at most "
                            + maxPixels + " are accepted");
        }
    }
}
