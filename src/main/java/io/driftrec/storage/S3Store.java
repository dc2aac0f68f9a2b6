package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of S3 and of the servers that speak its protocol ({@code s3://bucket/key}).
 *
 * <p>Asks only for what all of them understand: no trailing checksums, no chunked signatures. The SDK tries twice; more attempts
 * are the caller's, who can wait without holding a thread.
 *
 * <p>Failure modes: {@link S3Failures}; besides, a body that ends before its stated length is {@code UNAVAILABLE}.
 */
final class S3Store implements ObjectStore {
    private static final int LARGEST_PAGE = 1000;
    private static final int ATTEMPTS = 2;

    private final S3Client client;

    private S3Store(S3Client client) {
        this.client = client;
    }

    /**
     * Opens a client; nothing is connected yet.
     *
     * @param credentials usually the SDK's default chain
     * @throws IllegalArgumentException if no region is set and none can be found
     */
    static S3Store open(StorageSettings settings, AwsCredentialsProvider credentials) {
        StorageSettings.Timeouts timeouts = settings.timeouts();
        S3ClientBuilder builder = S3Client.builder()
                .credentialsProvider(credentials)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.s3PathStyle())
                        .chunkedEncodingEnabled(false)
                        .build())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeouts.connect())
                        .socketTimeout(timeouts.response()))
                .overrideConfiguration(override -> override.apiCallTimeout(timeouts.total())
                        .addExecutionInterceptor(new WithoutExpectContinue())
                        .retryStrategy(strategy -> strategy.maxAttempts(ATTEMPTS)));
        settings.s3Endpoint().ifPresent(builder::endpointOverride);
        if (settings.s3Region().isPresent()) {
            builder.region(Region.of(settings.s3Region().get()));
        } else if (settings.s3Endpoint().isPresent() && System.getenv("AWS_REGION") == null) {
            builder.region(Region.US_EAST_1); // other servers do not care, but the signature needs one
        }
        try {
            return new S3Store(builder.build());
        } catch (SdkException e) {
            throw new IllegalArgumentException("cannot open S3 (is a region set?): " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] read(URI location, long maxBytes) throws StorageException {
        ObjectName name = ObjectName.parse(location);
        try {
            Body body =
                    client.getObject(request -> request.bucket(name.bucket()).key(name.key()), capped(maxBytes));
            byte[] content = body.content().orElseThrow(() -> CappedBody.tooLarge(location, maxBytes));
            // The JDK's connection takes a body that was cut off for a whole one.
            if (body.statedBytes().isPresent() && body.statedBytes().get() != content.length) {
                throw new StorageException(
                        Reason.UNAVAILABLE,
                        location,
                        "cut off after " + content.length + " of "
                                + body.statedBytes().get() + " bytes");
            }
            return content;
        } catch (SdkException e) {
            throw S3Failures.of(location, e);
        }
    }

    @Override
    public void write(URI location, byte[] content, String contentType) throws StorageException {
        ObjectName name = ObjectName.parse(location);
        try {
            client.putObject(
                    request -> request.bucket(name.bucket())
                            .key(name.key())
                            .contentType(contentType)
                            .contentLength((long) content.length),
                    RequestBody.fromContentProvider(
                            () -> new ByteArrayInputStream(content), content.length, contentType));
        } catch (SdkException e) {
            throw S3Failures.of(location, e);
        }
    }

    @Override
    public Optional<Long> size(URI location) throws StorageException {
        ObjectName name = ObjectName.parse(location);
        try {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(name.bucket()).key(name.key()));
            return Optional.of(head.contentLength());
        } catch (SdkException e) {
            StorageException failure = S3Failures.of(location, e);
            if (failure.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public List<URI> list(URI prefix, int limit) throws StorageException {
        Location start = s3Location(prefix);
        List<URI> found = new ArrayList<>();
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(start.authority())
                .prefix(start.path().substring(1))
                .maxKeys(Math.min(limit, LARGEST_PAGE))
                .build();
        try {
            while (found.size() < limit) {
                ListObjectsV2Response page = client.listObjectsV2(request);
                page.contents().stream()
                        .map(S3Object::key)
                        .filter(key -> !key.endsWith("/"))
                        .limit(limit - found.size())
                        .forEach(key ->
                                found.add(Location.ofKey(start.authority(), key).toUri()));
                if (!Boolean.TRUE.equals(page.isTruncated()) || page.nextContinuationToken() == null) {
                    break;
                }
                request = request.toBuilder()
                        .continuationToken(page.nextContinuationToken())
                        .build();
            }
            return List.copyOf(found);
        } catch (SdkException e) {
            throw S3Failures.of(prefix, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static ResponseTransformer<GetObjectResponse, Body> capped(long maxBytes) {
        return (response, stream) -> {
            Optional<byte[]> content = CappedBody.read(stream, maxBytes);
            if (content.isEmpty()) {
                stream.abort(); // closing would read the rest
            }
            return new Body(content, Optional.ofNullable(response.contentLength()));
        };
    }

    private static Location s3Location(URI uri) throws StorageException {
        Location location = Location.parse(uri);
        if (!location.scheme().equals("s3")) {
            throw new StorageException(Reason.FORBIDDEN, uri, "not an s3 location");
        }
        return location;
    }

    private record Body(Optional<byte[]> content, Optional<Long> statedBytes) {}

    private record ObjectName(String bucket, String key) {
        static ObjectName parse(URI uri) throws StorageException {
            Location location = s3Location(uri);
            if (location.isFolder()) {
                throw new StorageException(Reason.FORBIDDEN, uri, "names a folder, not an object");
            }
            return new ObjectName(location.authority(), location.path().substring(1));
        }
    }
}
