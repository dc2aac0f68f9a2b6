package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.kafka.Handled;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.message.Decoded;
import io.driftrec.message.FailureCode;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.restore.Images;
import io.driftrec.restore.RestorationBench;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handler over a lane with an oracle for the network: what is published, and what becomes of images on the device. */
class RequestHandlerLaneTest {
    private static final int MAX_IN_FLIGHT = 2;
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MessageCodec codec = new MessageCodec();
    private final RestorationBench bench = new RestorationBench().holding(Images.png(8, 8));
    private final List<String> listenedTo = new CopyOnWriteArrayList<>();
    private final RequestHandler handler = new RequestHandler(
            codec,
            new OutgoingEvents(codec, OutgoingEvents.DEFAULT_SOURCE),
            bench.service(),
            bench.metrics,
            request -> {
                listenedTo.add(request.requestId());
                return (evaluations, expected) -> {};
            },
            "worker-1",
            MAX_IN_FLIGHT,
            Clock.systemUTC());

    private final CountDownLatch device = new CountDownLatch(1);

    @AfterEach
    void close() {
        device.countDown();
        handler.close();
        bench.close();
    }

    private CompletableFuture<Handled> handle(String id) {
        byte[] body = codec.encode(
                RestorationRequest.of(id, URI.create("s3://uploads/cat.png"), URI.create("s3://restored/")));
        return handle(body);
    }

    private CompletableFuture<Handled> handle(byte[] body) {
        Map<String, byte[]> headers = Map.of("traceparent", TRACE.getBytes(StandardCharsets.US_ASCII));
        return handler.handle(ReceivedRecord.of("driftrec.requests", 0, 0, null, body, headers))
                .toCompletableFuture();
    }

    @Test
    void shouldPublishWhatWasRestored() {
        Handled handled = handle("request-1").join();

        assertThat(handled).isInstanceOfSatisfying(Handled.Publish.class, publish -> {
            assertThat(publish.event().key()).isEqualTo("request-1");
            assertThat(publish.event().headers()).containsKey("ce_id");
            assertThat(new String(publish.event().headers().get("ce_type"), StandardCharsets.US_ASCII))
                    .isEqualTo(OutgoingEvents.COMPLETED);
            assertThat(new String(publish.event().headers().get("traceparent"), StandardCharsets.US_ASCII))
                    .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
            assertThat(codec.decodeResult(publish.event().value()))
                    .isInstanceOfSatisfying(Decoded.Valid.class, valid -> assertThat((RestorationResult) valid.value())
                            .isInstanceOf(RestorationCompleted.class));
        });
        assertThat(listenedTo).containsExactly("request-1");
    }

    @Test
    void shouldCountARequestThatBreaksTheSchemaWithoutBeginningIt() {
        handle("{\"requestId\": \"request-1\", \"source\": 5}".getBytes(StandardCharsets.UTF_8))
                .join();

        assertThat(bench.metrics.failed).containsOnly(Map.entry(FailureCode.INVALID_REQUEST, 1));
        assertThat(bench.metrics.inFlight()).isZero();
        assertThat(listenedTo).isEmpty();
    }

    @Test
    void shouldGiveBackWhatIsOnTheDeviceWhenClosed() {
        bench.holdDevice(device);
        List<CompletableFuture<Handled>> handled =
                Stream.of("request-1", "request-2").map(this::handle).toList();
        await().until(() -> bench.admission.reserved() == MAX_IN_FLIGHT);
        assertThat(handler.isFull()).isTrue();

        handler.close();

        assertThat(handled).allSatisfy(end -> assertThat(end.join()).isInstanceOf(Handled.GiveBack.class));
        assertThat(bench.metrics.givenBack).isEqualTo(2);
        assertThat(bench.metrics.inFlight()).isZero();
        assertThat(handler.isFull()).isFalse();
        assertThat(bench.admission.reserved()).isZero();
    }
}
