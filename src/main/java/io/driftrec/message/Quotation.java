package io.driftrec.message;

/** Shows a value that a stranger chose in a message or a log: shortened, and without characters that act on a terminal. */
final class Quotation {
    private static final int MAX_SHOWN = 80;

    private Quotation() {}

    /** The value in double quotes, cut after 80 characters with its full length told. */
    static String of(String value) {
        String shown = '"' + clean(value, MAX_SHOWN) + '"';
        return value.codePointCount(0, value.length()) <= MAX_SHOWN ? shown : shown + " (" + value.length() + " chars)";
    }

    /**
     * At most {@code maxLength} code points of the text, an ellipsis being the last where some are left out; control, format and
     * lone surrogate characters become U+FFFD, so that the rest is well-formed and prints on one line.
     */
    static String clean(String text, int maxLength) {
        // Two chars make at most one code point: what lies behind this cannot be shown, and need not be scanned.
        String head = text.substring(0, Math.min(text.length(), 2 * maxLength + 2));
        int[] points = head.codePoints().limit(maxLength + 1L).toArray();
        boolean isCut = points.length > maxLength;
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < (isCut ? maxLength - 1 : points.length); i++) {
            shown.appendCodePoint(isPlain(points[i]) ? points[i] : '\uFFFD');
        }
        return isCut ? shown.append('\u2026').toString() : shown.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
