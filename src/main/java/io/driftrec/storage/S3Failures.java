package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a failure of the SDK means.
 *
 * <ul>
 *   <li>404: {@code NOT_FOUND}
 *   <li>408, 409, 429, 5xx, and 400 with a code that says so (a slow request, expired temporary credentials): {@code UNAVAILABLE}
 *   <li>every other answer, 403 above all: {@code FORBIDDEN}
 *   <li>no answer (refused, timed out, cut off, no credentials yet): {@code UNAVAILABLE}
 * </ul>
 */
final class S3Failures {
    private static final Set<String> PASSING_CODES = Set.of(
            "RequestTimeout",
            "ExpiredToken",
            "TokenRefreshRequired",
            "RequestTimeTooSkewed",
            "SlowDown",
            "Throttling",
            "ThrottlingException",
            "InternalError",
            "ServiceUnavailable",
            "IncompleteBody");

    private S3Failures() {}

    static StorageException of(URI location, SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            String code = Optional.ofNullable(answer.awsErrorDetails())
                    .map(AwsErrorDetails::errorCode)
                    .orElse("");
            String detail = "S3 answered " + answer.statusCode() + (code.isEmpty() ? "" : " " + code)
                    + (answer.statusCode() == 301 ? ": the bucket is in another region" : "");
            return new StorageException(reason(answer.statusCode(), code), location, detail, failure);
        }
        return new StorageException(
                Reason.UNAVAILABLE, location, "S3 is out of reach: " + failure.getMessage(), failure);
    }

    private static Reason reason(int status, String code) {
        if (PASSING_CODES.contains(code)) {
            return Reason.UNAVAILABLE;
        }
        if (status == 404) {
            return Reason.NOT_FOUND;
        }
        boolean mayPass = status == 408 || status == 409 || status == 429 || status >= 500;
        return mayPass ? Reason.UNAVAILABLE : Reason.FORBIDDEN;
    }
}
