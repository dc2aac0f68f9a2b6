package io.driftrec.batch;

/** The restored image of one job has values that are not finite: its input, its network or its sampler is at fault. */
public final class NonFiniteResultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NonFiniteResultException(String message) {
        super(message);
    }
}
