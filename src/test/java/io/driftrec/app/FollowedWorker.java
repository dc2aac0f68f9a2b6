package io.driftrec.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.kafka.ConsumerSettings;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.LoopMetrics;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.RequestSender;
import io.driftrec.kafka.ResultWaiter;
import io.driftrec.message.Decoded;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.network.LoadedModel;
import io.driftrec.registry.ModelRefusal;
import io.driftrec.registry.UpdateMetrics;
import io.driftrec.restore.ModelState;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A worker in this process that follows the models, and what a test sees of it. */
final class FollowedWorker implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Model digest, first eight digits, and state, as they came. */
    final List<String> states = new CopyOnWriteArrayList<>();

    final List<String> updates = new CopyOnWriteArrayList<>();
    final AtomicInteger evaluations = new AtomicInteger();

    private final MessageCodec codec = new MessageCodec();
    private final Worker worker;
    private final ResultWaiter results;
    private final RequestSender sender;

    @Command
    private static final class Options {
        @Mixin
        private RestorerOptions restorer = new RestorerOptions();

        @Mixin
        private FollowOptions follow = new FollowOptions();
    }

    FollowedWorker(KafkaConnection connection, Path images, String... arguments) {
        Options options = new Options();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        List<LocationPrefix> all = List.of(LocationPrefix.parse(images.toUri().toString()));
        results = ResultWaiter.open(connection, List.of(Topics.RESULTS), LONG, Clock.systemUTC());
        sender = RequestSender.open(ProducerSettings.defaults(connection), Topics.REQUESTS);
        worker = new Worker(
                "followed",
                options.restorer,
                options.follow,
                StorageSettings.allowing(all, all),
                ConsumerSettings.defaults(connection, "followed", Topics.REQUESTS),
                Topics.standard(),
                new Worker.Observers(
                        RestoreMetrics.NONE,
                        LaneMetrics.NONE,
                        LoopMetrics.NONE,
                        request -> (done, expected) -> evaluations.incrementAndGet(),
                        new Updates(),
                        this::became));
    }

    private void became(LoadedModel model, ModelState state) {
        states.add(model.digest().substring(0, 8) + " " + state);
    }

    private final class Updates implements UpdateMetrics {
        @Override
        public void accepted() {
            updates.add("accepted");
        }

        @Override
        public void refused(ModelRefusal reason) {
            updates.add("refused " + reason);
        }

        @Override
        public void postponed() {
            updates.add("postponed");
        }
    }

    boolean serves(String name, String digest) {
        return worker.restorer().models().isCurrent(name, digest);
    }

    void send(RestorationRequest request) {
        sender.send(new OutgoingEvents(codec, OutgoingEvents.DEFAULT_SOURCE).request(request, Instant.now()))
                .toCompletableFuture()
                .join();
    }

    RestorationResult result(String requestId) {
        ReceivedRecord record =
                results.await(Set.of(requestId), LONG, result -> {}).get(requestId);
        byte[] value = record.value().orElseThrow();
        return codec.decodeResult(value) instanceof Decoded.Valid<RestorationResult> valid
                ? valid.value()
                : unreadable(value);
    }

    private static RestorationResult unreadable(byte[] value) {
        throw new AssertionError(new String(value, UTF_8));
    }

    @Override
    public void close() {
        worker.close();
        results.close();
        sender.close();
    }
}
