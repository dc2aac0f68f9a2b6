package io.driftrec.registry;

import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ModelPublicationInDirectoryTest extends ModelPublicationContract {
    @TempDir
    private Path folder;

    private RoutingStore store;

    @BeforeEach
    void open() {
        List<LocationPrefix> prefixes = List.of(LocationPrefix.parse(prefix().toString()));
        store = RoutingStore.open(StorageSettings.allowing(prefixes, prefixes));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    URI prefix() {
        return folder.toUri();
    }
}
