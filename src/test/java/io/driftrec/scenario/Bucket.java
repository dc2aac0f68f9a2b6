package io.driftrec.scenario;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket as any other client of the server sees it. */
final class Bucket {
    /** What workers may read. */
    static final String UPLOADS = "uploads";

    /** Where workers may write. */
    static final String RESTORED = "restored";

    private final S3Client client;
    private final String name;

    private Bucket(S3Client client, String name) {
        this.client = client;
        this.name = name;
    }

    static Bucket create(S3Client client, String name) {
        client.createBucket(request -> request.bucket(name));
        return new Bucket(client, name);
    }

    URI put(String key, byte[] content) {
        client.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(content));
        return location(key);
    }

    URI location(String key) {
        return URI.create("s3://" + name + "/" + key);
    }

    /** All objects, whole. */
    Map<URI, byte[]> contents() {
        Map<URI, byte[]> contents = new TreeMap<>();
        client.listObjectsV2Paginator(request -> request.bucket(name)).contents().stream()
                .map(object -> object.key())
                .forEach(key -> contents.put(
                        location(key),
                        client.getObjectAsBytes(request -> request.bucket(name).key(key))
                                .asByteArray()));
        return contents;
    }
}
