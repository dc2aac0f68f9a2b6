package io.driftrec.restore;

import io.driftrec.message.FailureCode;
import io.driftrec.message.RestorationRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a result goes: the request's target itself, or, where the target is a prefix (it ends with a slash), a name under it
 * that is a function of the request and of everything that decides the pixels. A repeated request thus ends in the same object,
 * and two requests that differ never share one.
 */
final class ResultLocation {
    private static final int READABLE_CHARACTERS = 80;
    private static final int DIGEST_BYTES = 8;

    private ResultLocation() {}

    /**
     * @param parameters everything besides the source that decides the result, such as model digest, sampler and seed
     * @param extension of the output format, without a dot
     * @throws RequestFailure where source and result would be the same object
     */
    static URI of(RestorationRequest request, String parameters, String extension) throws RequestFailure {
        URI target = request.target();
        URI location = target;
        if (target.getPath() != null && target.getPath().endsWith("/")) {
            String identity = request.requestId() + '\n' + request.source() + '\n' + parameters;
            String name = readable(request.requestId()) + '-' + digest(identity) + '.' + extension;
            location = URI.create(target + name);
        }
        if (location.normalize().equals(request.source().normalize())) {
            throw new RequestFailure(
                    FailureCode.INVALID_REQUEST,
                    "target: " + location + " is the source itself; name another object or a prefix that ends with /");
        }
        return location;
    }

    private static String readable(String requestId) {
        String safe = requestId.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
        return safe.substring(0, Math.min(READABLE_CHARACTERS, safe.length()));
    }

    private static String digest(String identity) {
        return HexFormat.of().formatHex(sha256(identity.getBytes(StandardCharsets.UTF_8)), 0, DIGEST_BYTES);
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
