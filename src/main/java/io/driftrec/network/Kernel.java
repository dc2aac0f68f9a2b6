package io.driftrec.network;

/** The geometry of a convolution: sides of the kernel, stride, and zeros on either side. */
record Kernel(int height, int width, int stride, int verticalPadding, int horizontalPadding) {
    static final Kernel POINT = same(1, 1);

    static Kernel square(int side, int stride, int padding) {
        return new Kernel(side, side, stride, padding, padding);
    }

    /** Odd sides, and as many zeros as keep height and width. */
    static Kernel same(int height, int width) {
        return new Kernel(height, width, 1, height / 2, width / 2);
    }
}
