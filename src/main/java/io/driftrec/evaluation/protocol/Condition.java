package io.driftrec.evaluation.protocol;

import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.JpegCorruption;
import io.driftrec.image.Picture;
import java.util.Locale;

/** One way to damage every image: a table of the report. */
public sealed interface Condition {
    /** Names it in the journal and in file names, such as {@code q10}. */
    String id();

    /** For people. */
    String title();

    /** The damaged file; the same seed gives the same. */
    byte[] jpeg(Picture clean, long seed);

    /** What the damaged file shows of the clean image, undamaged, in the same size. */
    Picture shown(Picture clean, long seed);

    /**
     * One compression.
     *
     * @param quality 0 to 100
     */
    record Single(int quality, ChromaSubsampling subsampling) implements Condition {
        public Single {
            checkQuality(quality);
        }

        @Override
        public String id() {
            return "q" + quality + suffix(subsampling);
        }

        @Override
        public String title() {
            return "JPEG quality " + quality + words(subsampling);
        }

        @Override
        public byte[] jpeg(Picture clean, long seed) {
            return JpegCorruption.compress(clean, quality, subsampling);
        }

        @Override
        public Picture shown(Picture clean, long seed) {
            return clean;
        }
    }

    /**
     * Two compressions on block grids that do not align; the image is cropped by the shift between them, and the reference likewise.
     *
     * @param first quality of the first compression, 0 to 100
     * @param second quality of the second compression, 0 to 100
     */
    record UnalignedDouble(int first, int second, Shift shift, ChromaSubsampling subsampling) implements Condition {
        public UnalignedDouble {
            checkQuality(first);
            checkQuality(second);
        }

        @Override
        public String id() {
            return "double-" + first + "-" + second + shift.label() + suffix(subsampling);
        }

        @Override
        public String title() {
            String how = shift instanceof Shift.Fixed at
                    ? String.format(Locale.ROOT, "shift %d, %d", at.x(), at.y())
                    : "random shift 0 to 4";
            return "Unaligned double JPEG, quality " + first + " then " + second + ", " + how + words(subsampling);
        }

        @Override
        public byte[] jpeg(Picture clean, long seed) {
            Shift.Offset by = shift.of(seed);
            return JpegCorruption.unalignedDouble(clean, first, second, by.x(), by.y(), subsampling);
        }

        @Override
        public Picture shown(Picture clean, long seed) {
            Shift.Offset by = shift.of(seed);
            return clean.crop(by.x(), by.y(), clean.width() - by.x(), clean.height() - by.y());
        }
    }

    private static void checkQuality(int quality) {
        if (quality < 0 || quality > 100) {
            throw new IllegalArgumentException("quality is " + quality + ": it must be 0 to 100");
        }
    }

    private static String suffix(ChromaSubsampling subsampling) {
        return subsampling == ChromaSubsampling.CHROMA_444 ? "-444" : "";
    }

    private static String words(ChromaSubsampling subsampling) {
        return subsampling == ChromaSubsampling.CHROMA_444 ? ", 4:4:4" : "";
    }
}
