package io.driftrec.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.kafka.Handled;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.message.DeadLetter;
import io.driftrec.message.Decoded;
import io.driftrec.message.FailureCode;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RequestHandlerTest {
    private static final int MAX_IN_FLIGHT = 2;
    private static final OutgoingEvents EVENTS = new OutgoingEvents(new MessageCodec(), OutgoingEvents.DEFAULT_SOURCE);

    @Command
    private static final class Options {
        @Mixin
        private RestorerOptions restorer = new RestorerOptions();
    }

    @TempDir
    private Path directory;

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private Restorer restorer;
    private RequestHandler handler;

    @BeforeEach
    void open() {
        Options options = new Options();
        new CommandLine(options).parseArgs("--device=cpu", "--precision=fp32", "--default-sampler=x0");
        LocationPrefix here = LocationPrefix.parse(directory.toUri().toString());
        restorer = Restorer.open(
                options.restorer,
                StorageSettings.allowing(List.of(here), List.of(here)),
                "tester",
                RestoreMetrics.NONE,
                LaneMetrics.NONE,
                reason -> {});
        handler = new RequestHandler(
                new MessageCodec(),
                EVENTS,
                restorer.service(),
                RestoreMetrics.NONE,
                request -> {
                    gate.join();
                    return (evaluations, expected) -> {};
                },
                "tester",
                MAX_IN_FLIGHT,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        gate.complete(null);
        handler.close();
        restorer.close();
    }

    @Test
    void shouldBeFullWhenEveryThreadHasARequest() {
        List<CompletableFuture<Handled>> handled = new ArrayList<>();
        for (int i = 0; i < MAX_IN_FLIGHT; i++) {
            assertThat(handler.isFull()).isFalse();
            handled.add(handle(request("missing-" + i)));
        }
        assertThat(handler.isFull()).isTrue();

        gate.complete(null);

        assertThat(handled)
                .allSatisfy(one -> assertThat(failure(one.join()).code()).isEqualTo(FailureCode.SOURCE_NOT_FOUND));
        assertThat(handler.isFull()).isFalse();
    }

    @Test
    void shouldAnswerWhatIsInvalidAndGiveUpWhatIsUnreadableAtOnce() {
        Handled invalid =
                handle("{\"requestId\": \"a\", \"source\": 5}".getBytes(UTF_8)).join();
        Handled unreadable = handle("<a/>".getBytes(UTF_8)).join();

        assertThat(failure(invalid).code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(unreadable).isInstanceOfSatisfying(Handled.DeadLetter.class, letter -> assertThat(letter.reason())
                .isEqualTo(DeadLetter.Reason.NOT_JSON));
    }

    @Test
    void shouldGiveBackWhatArrivesAfterItWasClosed() {
        handler.close();

        assertThat(handle(request("late")).join()).isInstanceOf(Handled.GiveBack.class);
        assertThat(handler.isFull()).isFalse();
    }

    @Test
    void shouldGiveBackWhatIsInFlightWhenTheLaneCloses() throws Exception {
        Path image = Files.write(directory.resolve("a.png"), RestoreCommandTest.png(8, 8));
        restorer.lane().close();
        gate.complete(null);

        Handled handled = handle(request(image.getFileName().toString())).join();

        assertThat(handled).isInstanceOf(Handled.GiveBack.class);
    }

    private CompletableFuture<Handled> handle(byte[] body) {
        return handler.handle(ReceivedRecord.of("requests", 0, 0, null, body, Map.of()))
                .toCompletableFuture();
    }

    private byte[] request(String file) {
        URI source = directory.resolve(file).toUri();
        return new MessageCodec()
                .encode(RestorationRequest.of(
                        file, source, directory.resolve("out.png").toUri()));
    }

    private static RestorationFailed failure(Handled handled) {
        byte[] body = ((Handled.Publish) handled).event().value();
        return (RestorationFailed) ((Decoded.Valid<RestorationResult>) new MessageCodec().decodeResult(body)).value();
    }
}
