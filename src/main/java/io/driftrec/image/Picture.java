package io.driftrec.image;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decoded image: three planes of colour, and what else must come back with the result.
 *
 * <p>Planes: (3, H, W) red, green, blue, one after the other, row-major, nominally in [0, 1]; sample k of 8 bits is k / 255.
 * The samples are those of the file: no profile is applied to them, no gamma undone. A greyscale image has three equal
 * planes and {@link #isGrey()}. Alpha: (H, W), 8 bits, straight (not premultiplied).
 *
 * <p>The arrays are large, so they are neither copied in nor out: whoever hands one over or takes one must not write to it
 * afterwards. Under that rule a picture is immutable and safe to share.
 */
public final class Picture {
    /** Number of colour planes. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final float[] planes;
    private final byte @Nullable [] alpha;
    private final boolean grey;
    private final @Nullable IccProfile profile;

    Picture(
            int width,
            int height,
            float[] planes,
            byte @Nullable [] alpha,
            boolean grey,
            @Nullable IccProfile profile) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "picture is " + width + "x" + height + ": both sides must be at least 1");
        }
        long pixels = (long) width * height;
        if (planes.length != CHANNELS * pixels) {
            throw new IllegalArgumentException("planes have " + planes.length + " samples: " + width + "x" + height
                    + " needs " + CHANNELS * pixels);
        }
        if (alpha != null && alpha.length != pixels) {
            throw new IllegalArgumentException(
                    "alpha has " + alpha.length + " samples: " + width + "x" + height + " needs " + pixels);
        }
        this.width = width;
        this.height = height;
        this.planes = planes;
        this.alpha = alpha;
        this.grey = grey;
        this.profile = profile;
    }

    /**
     * A plain colour picture.
     *
     * @param planes (3, height, width), taken over
     */
    public static Picture rgb(int width, int height, float[] planes) {
        return new Picture(width, height, planes, null, false, null);
    }

    /**
     * The same picture with other colours, as after a restoration: alpha, greyness and profile stay.
     *
     * @param restored (3, H, W) of the same size, taken over; values outside [0, 1] are clamped when they are encoded
     */
    public Picture withPlanes(float[] restored) {
        return new Picture(width, height, restored, alpha, grey, profile);
    }

    /**
     * The colours of a part, as a picture of its own without alpha and profile.
     *
     * @param x the first column
     * @param y the first row
     */
    public Picture crop(int x, int y, int newWidth, int newHeight) {
        if (x < 0 || y < 0 || newWidth < 1 || newHeight < 1 || x > width - newWidth || y > height - newHeight) {
            throw new IllegalArgumentException("no part of " + newWidth + "x" + newHeight + " at column " + x + ", row "
                    + y + " lies within " + width + "x" + height);
        }
        float[] cropped = new float[CHANNELS * newWidth * newHeight];
        for (int row = 0; row < CHANNELS * newHeight; row++) {
            int channel = row / newHeight;
            int source = (channel * height + y + row % newHeight) * width + x;
            System.arraycopy(planes, source, cropped, row * newWidth, newWidth);
        }
        return new Picture(newWidth, newHeight, cropped, null, grey, null);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The colours with left and right exchanged, as a picture of its own without alpha and profile. */
    public Picture mirrored() {
        float[] mirrored = new float[planes.length];
        for (int i = 0; i < planes.length; i++) {
            int column = i % width;
            mirrored[i - column + width - 1 - column] = planes[i];
        }
        return new Picture(width, height, mirrored, null, grey, null);
    }

    /** Width times height. */
    public int pixels() {
        return width * height;
    }

    /** (3, H, W), the array itself. */
    public float[] planes() {
        return planes;
    }

    /** (H, W), the array itself; empty for an opaque image. */
    public Optional<byte[]> alpha() {
        return Optional.ofNullable(alpha);
    }

    /** Whether the file stored grey samples only: such a picture is encoded as greyscale again. */
    public boolean isGrey() {
        return grey;
    }

    public Optional<IccProfile> profile() {
        return Optional.ofNullable(profile);
    }
}
