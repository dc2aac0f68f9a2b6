package io.driftrec.restore;

import io.driftrec.image.ImageRejectedException;
import io.driftrec.message.FailureCode;
import io.driftrec.storage.StorageException;

/** Ends one request's way inside this package; the service turns it into a failed result. */
final class RequestFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    RequestFailure(FailureCode code, String message) {
        super(message);
        this.code = code;
    }

    RequestFailure(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static RequestFailure ofSource(StorageException failure) {
        FailureCode code =
                switch (failure.reason()) {
                    case FORBIDDEN -> FailureCode.SOURCE_FORBIDDEN;
                    case NOT_FOUND -> FailureCode.SOURCE_NOT_FOUND;
                    case TOO_LARGE -> FailureCode.SOURCE_TOO_LARGE;
                    case UNAVAILABLE -> FailureCode.SOURCE_UNAVAILABLE;
                };
        return new RequestFailure(code, String.valueOf(failure.getMessage()), failure);
    }

    static RequestFailure ofImage(ImageRejectedException rejected) {
        FailureCode code =
                switch (rejected.reason()) {
                    case UNSUPPORTED_FORMAT -> FailureCode.UNSUPPORTED_FORMAT;
                    case CORRUPT_IMAGE -> FailureCode.CORRUPT_IMAGE;
                    case TOO_MANY_PIXELS -> FailureCode.TOO_MANY_PIXELS;
                    case SOURCE_TOO_LARGE -> FailureCode.SOURCE_TOO_LARGE;
                };
        return new RequestFailure(code, String.valueOf(rejected.getMessage()), rejected);
    }

    static RequestFailure ofTarget(StorageException failure) {
        FailureCode code = failure.reason() == StorageException.Reason.UNAVAILABLE
                ? FailureCode.TARGET_UNAVAILABLE
                : FailureCode.TARGET_FORBIDDEN;
        return new RequestFailure(code, String.valueOf(failure.getMessage()), failure);
    }

    FailureCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
