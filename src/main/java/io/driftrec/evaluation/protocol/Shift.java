package io.driftrec.evaluation.protocol;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far the second block grid of a double compression lies from the first, in pixels. */
public sealed interface Shift {
    /** A shift to the right and down. */
    record Offset(int x, int y) {}

    /** The shift of the image with this seed. */
    Offset of(long seed);

    /** Part of a condition's id; empty for the paper's. */
    String label();

    /** Both coordinates independent and uniform in 0 to 4, as in the paper. */
    record Drawn() implements Shift {
        private static final int LARGEST = 4;

        @Override
        public Offset of(long seed) {
            Random random = new Random(seed);
            return new Offset(random.nextInt(LARGEST + 1), random.nextInt(LARGEST + 1));
        }

        @Override
        public String label() {
            return "";
        }
    }

    /** The same for every image, such as 4, 4. */
    record Fixed(int x, int y) implements Shift {
        public Fixed {
            if (x < 0 || y < 0 || x > 7 || y > 7) {
                throw new IllegalArgumentException(
                        "shift is " + x + "," + y + ": both must be 0 to 7, the side of a block less 1");
            }
        }

        @Override
        public Offset of(long seed) {
            return new Offset(x, y);
        }

        @Override
        public String label() {
            return "-shift-" + x + "-" + y;
        }
    }

    /**
     * Reads {@code random} or {@code X,Y}.
     *
     * @throws IllegalArgumentException for another text
     */
    static Shift parse(String text) {
        if (text.equals("random")) {
            return new Drawn();
        }
        Matcher pair = Pattern.compile("(\\d{1,3}),(\\d{1,3})").matcher(text);
        if (!pair.matches()) {
            throw new IllegalArgumentException("shift is '" + text + "': it must be random or X,Y, such as 4,4");
        }
        return new Fixed(Integer.parseInt(pair.group(1)), Integer.parseInt(pair.group(2)));
    }
}
