package io.driftrec.image;

/** At what resolution a JPEG stores colour. */
public enum ChromaSubsampling {
    /** Half in both directions, the default of libjpeg and so of most files. */
    CHROMA_420(2),
    /** Full resolution. */
    CHROMA_444(1);

    private final int lumaFactor;

    ChromaSubsampling(int lumaFactor) {
        this.lumaFactor = lumaFactor;
    }

    /** Sampling factor of luma, in both directions, where chroma has 1. */
    int lumaFactor() {
        return lumaFactor;
    }
}
