package io.driftrec.image;

/**
 * What is known of a file before its pixels are decoded.
 *
 * @param width of the upright picture: for a photograph that its EXIF orientation turns by a quarter, the stored height
 * @param height of the upright picture
 */
public record ImageHeader(ImageFormat format, int width, int height) {
    public ImageHeader {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("image is " + width + "x" + height + ": both sides must be at least 1");
        }
    }

    /** Width times height. */
    public long pixels() {
        return (long) width * height;
    }
}
