package io.driftrec.storage;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One S3 server for the tests of a class, with a store that may do anything on it and new buckets on demand. */
public final class S3Fixture implements BeforeAllCallback, AfterAllCallback {
    private Path directory;
    private S3Server server;
    private ObjectStore store;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("s3-");
        server = S3Server.start(directory);
        store = server.store();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        store.close();
        server.close();
        PathUtils.deleteDirectory(directory);
    }

    public ObjectStore store() {
        return store;
    }

    /** {@code s3://<name>/}, empty. */
    public URI newBucket() throws Exception {
        String name = "bucket-" + UUID.randomUUID();
        server.createBucket(name);
        return URI.create("s3://" + name + "/");
    }

    S3Server server() {
        return server;
    }
}
