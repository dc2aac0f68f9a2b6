package io.driftrec.batch;

/**
 * Padding on the right and at the bottom to the next multiple of a size, by reflection about the last pixel, repeated where the
 * image is smaller than its padding (a single pixel is repeated). The top left corner stays, and with it the grid of 8 x 8
 * blocks that JPEG left.
 */
final class ReflectPadding {
    private ReflectPadding() {}

    /** The next multiple of {@code multiple} that is at least {@code length}. */
    static int padded(int length, int multiple) {
        return Math.toIntExact(((long) length + multiple - 1) / multiple * multiple);
    }

    /**
     * Pads planes of {@code height} x {@code width} to {@code paddedHeight} x {@code paddedWidth}.
     *
     * @param planes {@code (C, H, W)}, returned as it is where there is nothing to pad
     */
    static float[] pad(float[] planes, int height, int width, int paddedHeight, int paddedWidth) {
        if (height == paddedHeight && width == paddedWidth) {
            return planes;
        }
        int channels = planes.length / (height * width);
        int[] columns = reflected(width, paddedWidth);
        int[] rows = reflected(height, paddedHeight);
        float[] padded = new float[Math.multiplyExact(channels, Math.multiplyExact(paddedHeight, paddedWidth))];
        for (int c = 0; c < channels; c++) {
            for (int row = 0; row < paddedHeight; row++) {
                int from = (c * height + rows[row]) * width;
                int to = (c * paddedHeight + row) * paddedWidth;
                System.arraycopy(planes, from, padded, to, width);
                for (int column = width; column < paddedWidth; column++) {
                    padded[to + column] = planes[from + columns[column]];
                }
            }
        }
        return padded;
    }

    private static int[] reflected(int length, int paddedLength) {
        int[] source = new int[paddedLength];
        int period = Math.max(1, 2 * (length - 1));
        for (int i = 0; i < paddedLength; i++) {
            int phase = i % period;
            source[i] = Math.min(phase, period - phase);
        }
        return source;
    }
}
