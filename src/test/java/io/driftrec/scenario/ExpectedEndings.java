package io.driftrec.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.kafka.guarantees.TopicReader;
import io.driftrec.message.DeadLetter;
import io.driftrec.message.Decoded;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Each request ends as it must: completed with the image that was asked for, failed with the code of what is wrong with it, or
 * dead-lettered for the right reason with its bytes unchanged. Every event is one that the published schema allows.
 */
final class ExpectedEndings implements AutoCloseable {
    private final Map<String, RequestCase> cases = new TreeMap<>();
    private final TopicReader outcomes;
    private final MessageCodec codec = new MessageCodec();
    private final Set<String> ended = new HashSet<>();
    private final List<RestorationResult> results = new ArrayList<>();
    private final Set<String> wrong = new TreeSet<>();

    ExpectedEndings(Site site, List<RequestCase> requests) {
        requests.forEach(request -> cases.put(request.key(), request));
        outcomes = new TopicReader(site.bootstrapServers(), Set.of(Site.RESULTS, Site.DEAD_LETTERS));
    }

    /** Looks at what was published since the last call. */
    ExpectedEndings read() {
        for (ConsumerRecord<byte[], byte[]> outcome : outcomes.readToEnd()) {
            String key = outcome.key() == null ? "(no key)" : new String(outcome.key(), UTF_8);
            ended.add(key);
            RequestCase request = cases.get(key);
            problem(request, outcome)
                    .ifPresent(text -> wrong.add(key + " should have ended as "
                            + (request == null ? "nothing" : request.ending()) + ": " + text));
        }
        return this;
    }

    /** Requests that have an outcome. */
    int ended() {
        return ended.size();
    }

    /** All results so far, repetitions included. */
    List<RestorationResult> results() {
        return List.copyOf(results);
    }

    /** Throws with all that is wrong. */
    void check() {
        cases.keySet().stream().filter(key -> !ended.contains(key)).forEach(key -> wrong.add(key + " has not ended"));
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }

    @Override
    public void close() {
        outcomes.close();
    }

    private Optional<String> problem(RequestCase request, ConsumerRecord<byte[], byte[]> outcome) {
        if (request == null) {
            return Optional.of("was never sent");
        }
        if (outcome.topic().equals(Site.DEAD_LETTERS)) {
            return deadLetterProblem(request, outcome);
        }
        if (!(codec.decodeResult(outcome.value()) instanceof Decoded.Valid<RestorationResult> valid)) {
            return Optional.of("the event is not valid: " + new String(outcome.value(), UTF_8));
        }
        RestorationResult result = valid.value();
        results.add(result);
        boolean isAsItMust = result.requestId().equals(request.key())
                && result.attributes().equals(Map.of("case", request.key()))
                && header(outcome, "ce_id").equals(OutgoingEvents.resultId(request.key()))
                && isAsItMust(request.ending(), result, header(outcome, "ce_type"));
        return isAsItMust ? Optional.empty() : Optional.of("ended as " + result);
    }

    private static boolean isAsItMust(RequestCase.Ending ending, RestorationResult result, String type) {
        if (result instanceof RestorationCompleted completed) {
            return type.equals(OutgoingEvents.COMPLETED)
                    && ending instanceof RequestCase.Ending.Completed expected
                    && completed.image().width() == expected.width()
                    && completed.image().height() == expected.height()
                    && completed.image().format().equals(expected.format());
        }
        return type.equals(OutgoingEvents.FAILED)
                && ending instanceof RequestCase.Ending.Failed expected
                && ((RestorationFailed) result).code() == expected.code();
    }

    private static Optional<String> deadLetterProblem(RequestCase request, ConsumerRecord<byte[], byte[]> letter) {
        String reason = header(letter, DeadLetter.REASON_HEADER);
        Optional<String> body = Optional.ofNullable(letter.value()).map(bytes -> new String(bytes, UTF_8));
        boolean isAsItMust = request.ending() instanceof RequestCase.Ending.DeadLettered expected
                && reason.equals(expected.reason().label())
                && body.equals(request.body());
        return isAsItMust
                ? Optional.empty()
                : Optional.of("dead letter, " + reason + ", " + header(letter, DeadLetter.MESSAGE_HEADER));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header last = record.headers().lastHeader(name);
        return last == null ? "(no " + name + ")" : new String(last.value(), UTF_8);
    }
}
