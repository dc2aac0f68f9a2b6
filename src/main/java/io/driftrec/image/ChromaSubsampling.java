package io.driftrec.image;

/** At what resolution a JPEG stores colour. */
public enum ChromaSubsampling {
    /** Half in both directions, the default of libjpeg and so of most files. */
    CHROMA_420("4:2:0", 2),
    /** Full resolution. */
    CHROMA_444("4:4:4", 1);

    private final String label;
    private final int lumaFactor;

    ChromaSubsampling(String label, int lumaFactor) {
        this.label = label;
        this.lumaFactor = lumaFactor;
    }

    /** As people write it: {@code 4:2:0} or {@code 4:4:4}. */
    public String label() {
        return label;
    }

    /** Sampling factor of luma, in both directions, where chroma has 1. */
    int lumaFactor() {
        return lumaFactor;
    }
}
