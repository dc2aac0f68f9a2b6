package io.driftrec.storage;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An S3 server in the test's own process that keeps its objects in a directory and checks signatures. */
public final class S3Server implements AutoCloseable {
    public static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("access", "secret"));

    private final Path directory;
    private final S3Proxy proxy;

    private S3Server(Path directory, S3Proxy proxy) {
        this.directory = directory;
        this.proxy = proxy;
    }

    public static S3Server start(Path directory) throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "access", "secret")
                .build();
        proxy.start();
        return new S3Server(directory, proxy);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** A store that may do anything on this server; the caller's to close. */
    public ObjectStore store() {
        return S3Store.open(S3StoreTest.settings(endpoint()), CREDENTIALS);
    }

    public void createBucket(String name) throws Exception {
        Files.createDirectory(directory.resolve(name));
    }

    /** Puts small objects past the protocol, which is faster. */
    void put(String bucket, List<String> keys) throws Exception {
        for (String key : keys) {
            Files.writeString(directory.resolve(bucket).resolve(key), "x");
        }
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
