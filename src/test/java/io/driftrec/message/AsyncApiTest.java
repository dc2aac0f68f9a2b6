package io.driftrec.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of topics and headers: its references lead somewhere, and it says what the code does. */
class AsyncApiTest {
    private static final Path SCHEMAS = Path.of("schemas");

    private final JsonNode document;

    AsyncApiTest() throws IOException {
        document = new YAMLMapper().readTree(SCHEMAS.resolve("asyncapi.yaml").toFile());
    }

    @Test
    void shouldDescribeTheTopics() {
        Set<String> addresses = new TreeSet<>();
        document.path("channels")
                .forEach(channel -> addresses.add(channel.path("address").asText()));

        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(addresses)
                .containsExactly(
                        "driftrec.dead-letters",
                        "driftrec.models",
                        "driftrec.progress",
                        "driftrec.requests",
                        "driftrec.results",
                        "driftrec.training.jobs",
                        "driftrec.training.progress");
    }

    @Test
    void shouldHaveReferencesThatLeadSomewhere() throws IOException {
        Set<String> references = new TreeSet<>(document.findValuesAsText("$ref"));

        assertThat(references).hasSizeGreaterThan(10);
        for (String reference : references) {
            String[] parts = reference.split("#", -1);
            JsonNode target = parts[0].isEmpty()
                    ? document
                    : new YAMLMapper().readTree(Files.readString(SCHEMAS.resolve(parts[0])));
            assertThat(target.at(parts.length > 1 ? parts[1] : "").isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void shouldDescribeTheHeadersOfTheEvents() {
        OutgoingEvents events = new OutgoingEvents(new MessageCodec(), OutgoingEvents.DEFAULT_SOURCE);
        JsonNode message = document.at("/components/messages/restorationCompleted");
        Set<String> described = new TreeSet<>();
        document.at("/components/schemas/eventHeaders/required").forEach(name -> described.add(name.asText()));

        OutgoingEvent event = events.result(Messages.completed(), Map.of());

        assertThat(described).isEqualTo(new TreeSet<>(event.headers().keySet()));
        JsonNode example = message.at("/examples/0/headers");
        event.headers().keySet().forEach(name -> assertThat(event.header(name))
                .as(name)
                .contains(example.path(name).asText()));
        assertThat(message.at("/headers/allOf/1/properties/ce_type/const").asText())
                .isEqualTo(OutgoingEvents.COMPLETED);
        assertThat(document.at("/components/messages/restorationFailed/headers/allOf/1/properties/ce_type/const")
                        .asText())
                .isEqualTo(OutgoingEvents.FAILED);
        assertThat(document.at("/components/messages/restorationProgress/headers/allOf/1/properties/ce_type/const")
                        .asText())
                .isEqualTo(OutgoingEvents.PROGRESS);
        assertThat(document.at("/components/messages/modelPublished/headers/allOf/1/properties/ce_type/const")
                        .asText())
                .isEqualTo(OutgoingEvents.MODEL_PUBLISHED);
    }

    @Test
    void shouldDescribeTheTypesOfTheEventsOfTraining() {
        Map.of(
                        "trainingStarted", TrainingEvents.STARTED,
                        "trainingRunning", TrainingEvents.RUNNING,
                        "trainingCompleted", TrainingEvents.COMPLETED,
                        "trainingCancelled", TrainingEvents.CANCELLED,
                        "trainingFailed", TrainingEvents.FAILED)
                .forEach((message, type) -> assertThat(document.at(
                                        "/components/messages/" + message + "/headers/allOf/1/properties/ce_type/const")
                                .asText())
                        .as(message)
                        .isEqualTo(type));
    }

    @Test
    void shouldShowTheHeadersOfAPublishedModel() {
        OutgoingEvent event = new OutgoingEvents(new MessageCodec(), OutgoingEvents.DEFAULT_SOURCE)
                .modelPublished(Messages.modelPublished());
        JsonNode example = document.at("/components/messages/modelPublished/examples/0/headers");

        assertThat(event.key()).isEqualTo("small-ouve");
        event.headers().keySet().forEach(name -> assertThat(event.header(name))
                .as(name)
                .contains(example.path(name).asText()));
    }

    @Test
    void shouldShowTheIdsThatTheCodeGives() {
        OutgoingEvents events = new OutgoingEvents(new MessageCodec(), OutgoingEvents.DEFAULT_SOURCE);

        assertThat(document.at("/components/messages/restorationRequest/examples/0/headers/ce_id")
                        .asText())
                .isEqualTo(events.request(Messages.request(), Instant.EPOCH).id());
        assertThat(document.at("/components/messages/restorationFailed/examples/0/headers/ce_id")
                        .asText())
                .isEqualTo(OutgoingEvents.resultId("upload-8272"));
    }

    @Test
    void shouldDescribeTheHeadersOfTheDeadLetters() {
        DeadLetter letter = new DeadLetter(
                DeadLetter.Reason.NOT_JSON, "why", "driftrec.requests", 3, 18_273, Messages.MOMENT, "worker-1");
        JsonNode headers = document.at("/components/schemas/deadLetterHeaders");
        Set<String> required = new TreeSet<>();
        headers.path("required").forEach(name -> required.add(name.asText()));
        Set<String> reasons = new TreeSet<>();
        headers.path("properties")
                .path(DeadLetter.REASON_HEADER)
                .path("enum")
                .forEach(reason -> reasons.add(reason.asText()));

        assertThat(required).isEqualTo(new TreeSet<>(letter.headers().keySet()));
        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DeadLetter.Reason.values())
                        .map(DeadLetter.Reason::label)
                        .toList());
    }
}
