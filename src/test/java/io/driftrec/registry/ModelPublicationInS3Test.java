package io.driftrec.registry;

import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelPublicationInS3Test extends ModelPublicationContract {
    private S3Server server;
    private ObjectStore store;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = S3Server.start(folder);
        store = server.store();
    }

    @AfterAll
    void stop() throws Exception {
        store.close();
        server.close();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    URI prefix() throws Exception {
        String bucket = "models-" + UUID.randomUUID();
        server.createBucket(bucket);
        return URI.create("s3://" + bucket + "/restoration/");
    }
}
