package io.driftrec.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that does what no proper one does: it reads the head of a request and then sends whatever the test says. */
final class RawServer implements AutoCloseable {
    /** What to send after a request. The connection is closed afterwards. */
    interface Behaviour {
        void answer(String requestHead, OutputStream out) throws Exception;
    }

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RawServer(ServerSocket socket) {
        this.socket = socket;
    }

    static RawServer start(Behaviour behaviour) throws IOException {
        RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        server.threads.execute(() -> server.acceptAll(behaviour));
        return server;
    }

    /** Answers every request with the same bytes. */
    static RawServer sending(String head, byte[] body) throws IOException {
        return start((request, out) -> {
            out.write(head.replace("\n", "\r\n").getBytes(ISO_8859_1));
            out.write("\r\n\r\n".getBytes(ISO_8859_1));
            out.write(body);
        });
    }

    /** Never answers. */
    static RawServer hanging() throws IOException {
        RawServer[] self = new RawServer[1];
        self[0] = start((request, out) -> self[0].closed.await());
        return self[0];
    }

    int port() {
        return socket.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    /** Waits until the server is closed, at most so long. */
    void awaitClose(long milliseconds) throws InterruptedException {
        closed.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        threads.shutdownNow();
    }

    private void acceptAll(Behaviour behaviour) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection, behaviour));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            String head = readHead(connection.getInputStream());
            requests.incrementAndGet();
            behaviour.answer(head, connection.getOutputStream());
            connection.getOutputStream().flush();
            connection.shutdownOutput();
        } catch (Exception e) {
            // the client gave up, which is what most of these tests want
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole head");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
