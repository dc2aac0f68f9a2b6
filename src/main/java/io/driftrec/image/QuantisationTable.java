package io.driftrec.image;

/**
 * The quantisation tables of the Independent JPEG Group for a quality, which Pillow and libjpeg use.
 *
 * <p>The example tables of ITU-T T.81, annex K.1, scaled in integers: {@code scale = q < 50 ? 5000 / q : 200 - 2 q},
 * {@code entry = clamp((base scale + 50) / 100, 1, 255)}. Java's own quality setting scales by a float instead and gives
 * other tables for a third of the qualities, so these are passed to the codec explicitly.
 */
final class QuantisationTable {
    static final QuantisationTable LUMINANCE = new QuantisationTable(
            16, 11, 10, 16, 24, 40, 51, 61, //
            12, 12, 14, 19, 26, 58, 60, 55, //
            14, 13, 16, 24, 40, 57, 69, 56, //
            14, 17, 22, 29, 51, 87, 80, 62, //
            18, 22, 37, 56, 68, 109, 103, 77, //
            24, 35, 55, 64, 81, 104, 113, 92, //
            49, 64, 78, 87, 103, 121, 120, 101, //
            72, 92, 95, 98, 112, 100, 103, 99);

    static final QuantisationTable CHROMINANCE = new QuantisationTable(
            17, 18, 24, 47, 99, 99, 99, 99, //
            18, 21, 26, 66, 99, 99, 99, 99, //
            24, 26, 56, 99, 99, 99, 99, 99, //
            47, 66, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99);

    private static final int MAX_BASELINE_ENTRY = 255;

    private final int[] base;

    private QuantisationTable(int... base) {
        this.base = base;
    }

    /** The table that libjpeg stores under an id: 0 for luma, 1 for chroma. */
    static QuantisationTable withId(int id) {
        return id == 0 ? LUMINANCE : CHROMINANCE;
    }

    /**
     * The table in natural (row-major) order.
     *
     * @param quality 0 to 100; 0 acts like 1
     */
    int[] forQuality(int quality) {
        if (quality < 0 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality is " + quality + ": it must be between 0 and 100");
        }
        int atLeastOne = Math.max(1, quality);
        int scale = atLeastOne < 50 ? 5000 / atLeastOne : 200 - 2 * atLeastOne;
        int[] table = new int[base.length];
        for (int i = 0; i < base.length; i++) {
            table[i] = Math.min(MAX_BASELINE_ENTRY, Math.max(1, (base[i] * scale + 50) / 100));
        }
        return table;
    }
}
