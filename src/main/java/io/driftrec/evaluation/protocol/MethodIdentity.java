package io.driftrec.evaluation.protocol;

/**
 * What tables and curves call a method.
 *
 * @param id names it in the journal, in tables and, made safe, in file names, such as {@code small-ouve/2m:10}
 * @param series what it shares with the other points of its curve over evaluations, such as {@code small-ouve/2m}
 * @param single its id without the averaging of samples
 * @param samples that are averaged, at least 1
 */
public record MethodIdentity(String id, Role role, String series, String single, int samples) {
    /** What a method stands for in a table. */
    public enum Role {
        /** The undamaged image, for metrics that need no reference. */
        CLEAN,
        /** The damaged image as it is: what a restoration has to beat. */
        JPEG,
        /** A model of ours. */
        MODEL,
        /** A command from outside. */
        PEER
    }

    public MethodIdentity {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a method's id must not be blank");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples of " + id + " must be at least 1: " + samples);
        }
    }

    /** For people: its id, but {@code JPEG} as it is written. */
    public String title() {
        return role == Role.JPEG ? "JPEG" : id;
    }

    /** A method that is a curve of its own. */
    public static MethodIdentity alone(String id, Role role) {
        return new MethodIdentity(id, role, id, id, 1);
    }

    /** A model with a sampler, whose samples may be averaged. */
    public static MethodIdentity model(String single, String series, int samples) {
        String id = samples == 1 ? single : single + "/mean-of-" + samples;
        return new MethodIdentity(id, Role.MODEL, series, single, samples);
    }
}
