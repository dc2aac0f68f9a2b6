package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;

/**
 * Objects of web servers, read-only. Nothing is trusted: neither the location, nor the name server, nor the server.
 *
 * <ul>
 *   <li>The address that is connected has to be public ({@link AddressKind}); {@code http:} needs an option as well.
 *   <li>At most five redirects, each checked like a location of its own: spelling, policy, scheme, address.
 *   <li>The limit holds for the bytes that arrive. Nothing is decompressed.
 *   <li>The total time-out ends a call whatever the server does, even if it sends a byte now and then.
 *   <li>No cookies, no credentials, no proxy.
 * </ul>
 *
 * <p>Failure modes: 404 and 410 are {@code NOT_FOUND}; 408, 425, 429, 5xx and no answer are {@code UNAVAILABLE}; every other
 * answer is {@code FORBIDDEN}, and so are writing and listing.
 */
final class HttpsStore implements ObjectStore {
    static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final LocationPolicy policy;
    private final boolean httpAllowed;
    private final Duration total;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor deadlines;

    /** @param lookup how names become addresses, before these are checked */
    HttpsStore(StorageSettings settings, DnsResolver lookup) {
        this.policy = settings.policy();
        this.httpAllowed = settings.httpAllowed();
        this.total = settings.timeouts().total();
        this.client = HttpConnections.open(
                settings.timeouts(), new CheckedDnsResolver(lookup, settings.privateAddressesAllowed()));
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "driftrec-http-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    @Override
    public byte[] read(URI location, long maxBytes) throws StorageException {
        return follow(location, "GET", response -> {
            if (response.getEntity() == null) {
                return new byte[0];
            }
            // Not closed here: closing would read the rest of a body that is too large.
            return CappedBody.read(response.getEntity().getContent(), maxBytes)
                    .orElseThrow(() -> CappedBody.tooLarge(location, maxBytes));
        });
    }

    @Override
    public void write(URI location, byte[] content, String contentType) throws StorageException {
        throw new StorageException(Reason.FORBIDDEN, location, "HTTP locations can only be read");
    }

    @Override
    public Optional<Long> size(URI location) throws StorageException {
        try {
            return Optional.of(follow(location, "HEAD", response -> {
                Header length = response.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
                if (length == null || !length.getValue().matches("[0-9]{1,18}")) {
                    throw new StorageException(Reason.FORBIDDEN, location, "the server does not say the size");
                }
                return Long.parseLong(length.getValue());
            }));
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<URI> list(URI prefix, int limit) throws StorageException {
        throw new StorageException(Reason.FORBIDDEN, prefix, "HTTP locations cannot be listed");
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private <T> T follow(URI location, String method, Answer<T> answer) throws StorageException {
        long deadline = System.nanoTime() + total.toNanos();
        URI current = location;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            check(location, current);
            Hop<T> hop = exchange(location, current, method, answer, deadline);
            if (hop instanceof Hop.Arrived<T> arrived) {
                return arrived.result();
            }
            current = ((Hop.Redirected<T>) hop).next();
        }
        throw new StorageException(Reason.FORBIDDEN, location, "more than " + MOST_REDIRECTS + " redirects");
    }

    private void check(URI location, URI current) throws StorageException {
        try {
            Location checked = policy.checkSource(current);
            boolean isWeb = checked.scheme().equals("https") || checked.scheme().equals("http");
            if (!isWeb || checked.scheme().equals("http") && !httpAllowed) {
                throw new StorageException(
                        Reason.FORBIDDEN,
                        current,
                        isWeb ? "http: needs the option --allow-http" : "not a web location");
            }
        } catch (StorageException e) {
            if (current.equals(location)) {
                throw e;
            }
            throw new StorageException(
                    e.reason(), location, "redirects to a location that is refused: " + e.getMessage(), e);
        }
    }

    private <T> Hop<T> exchange(URI location, URI current, String method, Answer<T> answer, long deadline)
            throws StorageException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, current);
        long left = Math.max(0, deadline - System.nanoTime());
        ScheduledFuture<?> watchdog = deadlines.schedule(request::cancel, left, TimeUnit.NANOSECONDS);
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
            try {
                if (REDIRECTS.contains(response.getCode())) {
                    return new Hop.Redirected<>(target(location, current, response));
                }
                checkStatus(location, response.getCode());
                return new Hop.Arrived<>(answer.of(response));
            } finally {
                // Closing the response would first read its rest; a body that was read whole has given its connection
                // back.
                request.cancel();
            }
        } catch (CheckedDnsResolver.AddressRefusedException e) {
            String detail = e.getMessage() + "; --allow-private-addresses would allow it";
            throw new StorageException(Reason.FORBIDDEN, location, detail, e);
        } catch (IOException | HttpException e) {
            String detail = System.nanoTime() >= deadline ? "no whole answer within " + total : "no answer: " + e;
            throw new StorageException(Reason.UNAVAILABLE, location, detail, e);
        } finally {
            watchdog.cancel(false);
        }
    }

    private static URI target(URI location, URI current, ClassicHttpResponse response) throws StorageException {
        Header header = response.getFirstHeader(HttpHeaders.LOCATION);
        String text = header == null ? "" : header.getValue();
        try {
            // The fragment is the browser's, not the server's.
            URI target = new URI(text.indexOf('#') < 0 ? text : text.substring(0, text.indexOf('#')));
            if (text.isEmpty()) {
                throw new URISyntaxException(text, "empty");
            }
            return current.resolve(target);
        } catch (URISyntaxException e) {
            throw new StorageException(Reason.FORBIDDEN, location, "redirects to no valid location", e);
        }
    }

    private static void checkStatus(URI location, int status) throws StorageException {
        if (status == 200) {
            return;
        }
        Reason reason = Reason.FORBIDDEN;
        if (status == 404 || status == 410) {
            reason = Reason.NOT_FOUND;
        } else if (status == 408 || status == 425 || status == 429 || status >= 500) {
            reason = Reason.UNAVAILABLE;
        }
        throw new StorageException(reason, location, "the server answered " + status);
    }

    /** What to take from a response whose status is 200. */
    private interface Answer<T> {
        T of(ClassicHttpResponse response) throws IOException, StorageException;
    }

    /** What one request came to. */
    private sealed interface Hop<T> {
        record Arrived<T>(T result) implements Hop<T> {}

        record Redirected<T>(URI next) implements Hop<T> {}
    }
}
