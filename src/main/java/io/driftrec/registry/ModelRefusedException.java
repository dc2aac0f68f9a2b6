package io.driftrec.registry;

/** A version of a model will not be served, and trying again would change nothing. */
public final class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ModelRefusal reason;

    public ModelRefusedException(ModelRefusal reason, String message) {
        super(message);
        this.reason = reason;
    }

    public ModelRefusedException(ModelRefusal reason, Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.reason = reason;
    }

    public ModelRefusal reason() {
        return reason;
    }
}
