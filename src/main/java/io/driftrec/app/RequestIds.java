package io.driftrec.app;

/** Request ids from names that people chose. */
final class RequestIds {
    private static final int LONGEST = 200;

    private RequestIds() {}

    /** The end of the name, without what a request id may not have. */
    static String printable(String name) {
        String clean = name.replaceAll("\\p{C}", "_").strip();
        String end = clean.substring(Math.max(0, clean.length() - LONGEST)).strip();
        return end.isEmpty() ? "_" : end;
    }
}
