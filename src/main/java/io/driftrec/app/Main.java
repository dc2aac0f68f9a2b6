package io.driftrec.app;

/** The entry point of {@code ./driftrec}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("driftrec");
    }
}
