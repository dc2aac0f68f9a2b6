package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The headers of the events, and that a repetition is recognisable. */
class OutgoingEventsTest {
    private final MessageCodec codec = new MessageCodec();
    private final OutgoingEvents events = new OutgoingEvents(codec, OutgoingEvents.DEFAULT_SOURCE);

    @Test
    void shouldCarryTheAttributesInBinaryMode() {
        OutgoingEvent event = events.result(Messages.completed(), Map.of());

        assertThat(event.key()).isEqualTo("upload-8271-hero");
        assertThat(event.value()).isEqualTo(codec.encode(Messages.completed()));
        assertThat(texts(event))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "94402b64-8cba-3de4-a847-6b7f1b8edde9",
                        "ce_source", "urn:driftrec:restoration",
                        "ce_type", "io.driftrec.restoration.completed.v1",
                        "ce_subject", "upload-8271-hero",
                        "ce_time", "2025-12-31T23:59:41.25Z",
                        "ce_dataschema", "urn:driftrec:schema:restoration-result:1",
                        "content-type", "application/json"));
    }

    @Test
    void shouldTellTheKindOfEventByItsType() {
        assertThat(events.request(Messages.request(), Messages.MOMENT).header("ce_type"))
                .contains("io.driftrec.restoration.requested.v1");
        assertThat(events.result(Messages.failed(), Map.of()).header("ce_type"))
                .contains("io.driftrec.restoration.failed.v1");
        assertThat(events.progress(Messages.progress(), Map.of()).header("ce_type"))
                .contains("io.driftrec.restoration.progress.v1");
        assertThat(events.request(Messages.request(), Messages.MOMENT).header("ce_dataschema"))
                .contains("urn:driftrec:schema:restoration-request:1");
        assertThat(events.progress(Messages.progress(), Map.of()).header("ce_dataschema"))
                .contains("urn:driftrec:schema:restoration-progress:1");
    }

    @Test
    void shouldHaveOneIdForTheOneEndOfARequest() {
        RestorationFailed failed =
                RestorationFailed.of(Messages.request(), FailureCode.INTERNAL, "no", 1, Messages.MOMENT, "worker-9");

        assertThat(events.result(Messages.completed(), Map.of()).id())
                .isEqualTo(events.result(failed, Map.of()).id())
                .isEqualTo(OutgoingEvents.resultId("upload-8271-hero"))
                .isNotEqualTo(OutgoingEvents.resultId("upload-8272"));
    }

    @Test
    void shouldHaveOneIdForEachStepOfTheProgress() {
        RestorationProgress later = new RestorationProgress(
                "upload-8271-hero", 5, OptionalInt.of(10), Messages.MOMENT.plus(Duration.ofSeconds(1)), "worker-3");

        String id = events.progress(Messages.progress(), Map.of()).id();

        assertThat(events.progress(Messages.progress(), Map.of()).id()).isEqualTo(id);
        assertThat(events.progress(later, Map.of()).id()).isNotEqualTo(id);
    }

    @Test
    void shouldCarryTheTraceOfTheRequestAndNothingElse() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Map<String, byte[]> incoming = Map.of(
                "traceparent", parent.getBytes(UTF_8),
                "tracestate", "vendor=1".getBytes(UTF_8),
                "ce_id", "theirs".getBytes(UTF_8),
                "secret", "x".getBytes(UTF_8));

        for (OutgoingEvent event : new OutgoingEvent[] {
            events.result(Messages.failed(), incoming), events.progress(Messages.progress(), incoming)
        }) {
            assertThat(event.header("traceparent")).contains(parent);
            assertThat(event.header("tracestate")).contains("vendor=1");
            assertThat(event.id()).isNotEqualTo("theirs");
            assertThat(event.headers()).doesNotContainKey("secret");
        }
    }

    @Test
    void shouldKeepRequestIdsOutsideAscii() {
        RestorationRequest request =
                RestorationRequest.of("фото 1", URI.create("s3://in/a.jpg"), URI.create("s3://out/"));

        OutgoingEvent event = events.request(request, Messages.MOMENT);

        assertThat(event.header("ce_subject")).contains("фото 1");
        assertThat(codec.decodeRequest(event.value())).isEqualTo(new Decoded.Valid<>(request));
    }

    @Test
    void shouldNotChangeWhenItsArraysAreWrittenTo() {
        OutgoingEvent event = events.result(Messages.failed(), Map.of());

        event.value()[0] = 'x';
        event.headers().get("ce_id")[0] = 'x';

        assertThat(event.value()).isEqualTo(codec.encode(Messages.failed()));
        assertThat(event.id()).isEqualTo(OutgoingEvents.resultId("upload-8272"));
    }

    private static Map<String, String> texts(OutgoingEvent event) {
        Map<String, String> texts = new LinkedHashMap<>();
        event.headers().forEach((name, bytes) -> texts.put(name, new String(bytes, UTF_8)));
        return texts;
    }
}
