package io.driftrec.image;

/**
 * A picture as 8 bit codecs and metrics see it: interleaved red, green, blue, row-major, {@code sample = round(255 x)} of x
 * clamped to [0, 1], halves up. A sample that was decoded from 8 bits comes back exactly.
 *
 * <p>The array is neither copied in nor out and must not be written to.
 */
public final class Rgb8 {
    private final int width;
    private final int height;
    private final byte[] samples;

    /**
     * @param samples (H, W, 3), taken over
     */
    public Rgb8(int width, int height, byte[] samples) {
        if (width < 1 || height < 1 || samples.length != (long) Picture.CHANNELS * width * height) {
            throw new IllegalArgumentException("samples have " + samples.length + " bytes: " + width + "x" + height
                    + " needs " + (long) Picture.CHANNELS * width * height + ", and both sides at least 1");
        }
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    public static Rgb8 of(Picture picture) {
        int pixels = picture.pixels();
        float[] planes = picture.planes();
        byte[] samples = new byte[planes.length];
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                samples[Picture.CHANNELS * i + channel] = quantise(planes[channel * pixels + i]);
            }
        }
        return new Rgb8(picture.width(), picture.height(), samples);
    }

    /** The nearest of 256 levels. */
    static byte quantise(float x) {
        return (byte) Math.round(255f * Math.min(1f, Math.max(0f, x)));
    }

    /** The same samples as planes, without loss. */
    public Picture picture() {
        return part(0, 0, width, height);
    }

    /** A part as a picture of its own; {@link Picture#crop} says which parts there are. */
    public Picture part(int x, int y, int partWidth, int partHeight) {
        if (x < 0 || y < 0 || partWidth < 1 || partHeight < 1 || x > width - partWidth || y > height - partHeight) {
            throw new IllegalArgumentException("no part of " + partWidth + "x" + partHeight + " at column " + x
                    + ", row " + y + " lies within " + width + "x" + height);
        }
        float[] planes = new float[Picture.CHANNELS * partWidth * partHeight];
        for (int row = 0; row < partHeight; row++) {
            for (int column = 0; column < partWidth; column++) {
                int pixel = (y + row) * width + x + column;
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    planes[(channel * partHeight + row) * partWidth + column] = sample(pixel, channel) / 255f;
                }
            }
        }
        return Picture.rgb(partWidth, partHeight, planes);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Width times height. */
    public int pixels() {
        return width * height;
    }

    /** (H, W, 3), the array itself. */
    public byte[] samples() {
        return samples;
    }

    /** The sample of one channel (0 red, 1 green, 2 blue) of the pixel with the row-major index, 0 to 255. */
    public int sample(int pixel, int channel) {
        return samples[Picture.CHANNELS * pixel + channel] & 0xFF;
    }
}
