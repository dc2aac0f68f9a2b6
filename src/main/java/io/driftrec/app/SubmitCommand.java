package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.RequestSender;
import io.driftrec.kafka.ResultWaiter;
import io.driftrec.message.Decoded;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code driftrec submit}: sends requests, and waits for their results where asked to. */
@Command(
        name = "submit",
        description =
                "Sends restoration requests to Kafka: for single sources, for a list of them, or for all images under a prefix. "
                        + "Prints each request id and its source; with --wait, each result as it comes.")
final class SubmitCommand implements Callable<Integer> {
    private static final URI EVENT_SOURCE = URI.create("urn:driftrec:submit");
    private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(20);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private SubmitSources sources = new SubmitSources();

    @Option(
            names = "--target",
            paramLabel = "URI",
            required = true,
            description = "An object, or a prefix that ends with /: then the workers choose the name.")
    private URI target = URI.create("");

    @Mixin
    private SamplerOptions sampling = new SamplerOptions();

    @Option(names = "--request-id", paramLabel = "ID", description = "For a single source (default: a new UUID).")
    private @Nullable String requestId;

    @Option(names = "--attribute", paramLabel = "NAME=VALUE", description = "Travels to the result; may be repeated.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(names = "--deadline", paramLabel = "SECONDS", description = "From now; sampling is not begun after it.")
    private @Nullable Integer deadlineSeconds;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "Wait so long for the results, and print them.")
    private @Nullable Integer waitSeconds;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connection();
        Map<String, RestorationRequest> requests = requests(sources.find());
        try (ResultWaiter waiter = waitSeconds == null ? null : waiter(connection)) {
            send(connection, requests);
            return waiter == null ? ExitCode.OK : await(waiter, requests);
        }
    }

    private Map<String, RestorationRequest> requests(List<URI> found) {
        if (requestId != null && found.size() != 1) {
            throw new CannotStart("--request-id goes with a single source, not with " + found.size());
        }
        if (found.size() > 1 && !isPrefix(target)) {
            throw new CannotStart(
                    "--target " + target + ": with " + found.size() + " sources it must be a prefix that ends with /");
        }
        Optional<Instant> deadline = Optional.ofNullable(deadlineSeconds)
                .map(seconds -> Instant.now().plusSeconds(seconds));
        Map<String, RestorationRequest> requests = new LinkedHashMap<>();
        try {
            for (URI source : found) {
                String id = requestId != null ? requestId : UUID.randomUUID().toString();
                requests.put(
                        id,
                        new RestorationRequest(
                                id,
                                source,
                                target,
                                sampling.model(),
                                sampling.modelDigest(),
                                sampling.sampler(),
                                sampling.output(),
                                sampling.colourCorrection(),
                                deadline,
                                attributes));
            }
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
        return requests;
    }

    private static boolean isPrefix(URI location) {
        return location.getPath() != null && location.getPath().endsWith("/");
    }

    private ResultWaiter waiter(KafkaConnection connection) {
        try {
            return ResultWaiter.open(connection, List.of(kafka.topics().results()), CLUSTER_TIMEOUT, Clock.systemUTC());
        } catch (RuntimeException unreachable) {
            throw CannotStart.kafka(unreachable);
        }
    }

    private void send(KafkaConnection connection, Map<String, RestorationRequest> requests) {
        OutgoingEvents events = new OutgoingEvents(new MessageCodec(), EVENT_SOURCE);
        try (RequestSender sender = sender(connection)) {
            List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
            for (RestorationRequest request : requests.values()) {
                acknowledgements.add(
                        sender.send(events.request(request, Instant.now())).toCompletableFuture());
            }
            acknowledgements.forEach(CompletableFuture::join);
        } catch (CompletionException refused) {
            throw new CannotStart("Kafka: " + refused.getCause(), refused);
        }
        requests.forEach((id, request) -> System.out.println(id + "\t" + request.source()));
    }

    private RequestSender sender(KafkaConnection connection) {
        try {
            return RequestSender.open(
                    ProducerSettings.defaults(connection), kafka.topics().requests());
        } catch (RuntimeException refused) {
            throw CannotStart.kafka(refused);
        }
    }

    private int await(ResultWaiter waiter, Map<String, RestorationRequest> requests) {
        MessageCodec codec = new MessageCodec();
        Duration patience = Duration.ofSeconds(waitSeconds == null ? 0 : waitSeconds);
        Map<String, ReceivedRecord> results =
                waiter.await(requests.keySet(), patience, result -> System.out.println(body(result)));
        long completed = results.values().stream()
                .filter(result -> codec.decodeResult(result.value().orElse(null)) instanceof Decoded.Valid<?> valid
                        && valid.value() instanceof RestorationCompleted)
                .count();
        String missing = requests.keySet().stream()
                .filter(id -> !results.containsKey(id))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            System.err.println("driftrec: no result within " + patience.toSeconds() + " s for " + missing);
        }
        return completed == requests.size() ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private static String body(ReceivedRecord result) {
        return new String(result.value().orElse(new byte[0]), StandardCharsets.UTF_8);
    }
}
