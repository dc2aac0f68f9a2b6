package io.driftrec.registry;

import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.S3Fixture;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelPublicationInS3Test extends ModelPublicationContract {
    @RegisterExtension
    static final S3Fixture S3 = new S3Fixture();

    @Override
    ObjectStore store() {
        return S3.store();
    }

    @Override
    URI prefix() throws Exception {
        return S3.newBucket().resolve("restoration/");
    }
}
