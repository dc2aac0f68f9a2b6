package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The store that the rest of the worker uses: asks the policy, then passes the call to the adapter of the location's scheme.
 *
 * <p>Sources may be read and listed, targets may be written, and the size of either may be asked. Everything else is
 * {@link Reason#FORBIDDEN}; the message names the option that would allow it.
 */
public final class RoutingStore implements ObjectStore {
    private final LocationPolicy policy;
    private final Map<String, ObjectStore> stores;

    /** @param stores by scheme; closed with this store */
    RoutingStore(LocationPolicy policy, Map<String, ObjectStore> stores) {
        this.policy = policy;
        this.stores = Map.copyOf(stores);
    }

    /**
     * Opens the adapters that the allow-lists mention, with S3 credentials from the SDK's default chain. Nothing is connected yet.
     *
     * @throws IllegalArgumentException if S3 is allowed and no region can be found
     */
    public static RoutingStore open(StorageSettings settings) {
        return open(settings, DefaultCredentialsProvider.builder().build());
    }

    static RoutingStore open(StorageSettings settings, AwsCredentialsProvider credentials) {
        LocationPolicy policy = settings.policy();
        Map<String, ObjectStore> stores = new HashMap<>();
        stores.put("file", new DirectoryStore(directories(policy.sources()), directories(policy.targets())));
        if (policy.mentions("s3")) {
            stores.put("s3", S3Store.open(settings, credentials));
        }
        ObjectStore web = new HttpsStore(settings, SystemDefaultDnsResolver.INSTANCE);
        stores.put("https", web);
        stores.put("http", web);
        return new RoutingStore(policy, stores);
    }

    @Override
    public byte[] read(URI location, long maxBytes) throws StorageException {
        return store(policy.checkSource(location)).read(location, maxBytes);
    }

    @Override
    public void write(URI location, byte[] content, String contentType) throws StorageException {
        store(policy.checkTarget(location)).write(location, content, contentType);
    }

    @Override
    public Optional<Long> size(URI location) throws StorageException {
        return store(policy.checkEither(location)).size(location);
    }

    /**
     * Lists sources. A prefix that is itself an entry of the allow-list without a slash at its end lists what lies below it, because
     * a longer name that begins alike is not allowed.
     */
    @Override
    public List<URI> list(URI prefix, int limit) throws StorageException {
        Location allowed = policy.checkListing(prefix);
        return store(allowed).list(allowed.toUri(), limit);
    }

    @Override
    public void close() {
        // A store that serves two schemes is closed once.
        new HashSet<>(stores.values()).forEach(ObjectStore::close);
    }

    private ObjectStore store(Location location) throws StorageException {
        ObjectStore store = stores.get(location.scheme());
        if (store == null) {
            throw new StorageException(
                    Reason.FORBIDDEN, location.toUri(), "no store for the scheme " + location.scheme());
        }
        return store;
    }

    private static List<Path> directories(List<LocationPrefix> prefixes) {
        return prefixes.stream()
                .filter(prefix -> prefix.scheme().equals("file"))
                .map(prefix -> Path.of(URI.create(prefix.toString())))
                .toList();
    }
}
