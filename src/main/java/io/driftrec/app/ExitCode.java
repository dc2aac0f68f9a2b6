package io.driftrec.app;

/** What the process tells its caller at the end; documented in the README. */
final class ExitCode {
    static final int OK = 0;
    /** Some images were not restored; each was reported. */
    static final int SOME_FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** What the command needs is not there: a model, a broker, a folder. */
    static final int CANNOT_START = 3;
    /** A running worker lost its device, its consumer or its producer. */
    static final int BROKEN = 4;

    private ExitCode() {}
}
