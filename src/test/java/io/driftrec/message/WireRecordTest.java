package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the records refuse, and what they put right. */
class WireRecordTest {
    private static final URI SOURCE = URI.create("s3://in/a.jpg");
    private static final URI TARGET = URI.create("s3://out/");

    @Test
    void shouldNameTheValueThatARequestRefuses() {
        assertRefused(() -> RestorationRequest.of("", SOURCE, TARGET), "requestId = \"\"");
        assertRefused(() -> RestorationRequest.of("x".repeat(201), SOURCE, TARGET), "requestId = \"xxx");
        assertRefused(() -> RestorationRequest.of("r", URI.create("a.jpg"), TARGET), "source = \"a.jpg\"");
        assertRefused(() -> RestorationRequest.of("r", SOURCE, SOURCE), "target = \"s3://in/a.jpg\"");
        assertRefused(
                () -> RestorationRequest.of("r", URI.create("s3://in/" + "a".repeat(8192)), TARGET), "source = \"s3:");
    }

    @Test
    void shouldRefuseADeadlineThatRfc3339CannotWrite() {
        assertRefused(
                () -> new RestorationRequest(
                        "r",
                        SOURCE,
                        TARGET,
                        Optional.empty(),
                        SamplerSpec.DEFAULT,
                        OutputSpec.DEFAULT,
                        true,
                        Optional.of(Instant.MAX),
                        Map.of()),
                "deadline = ");
    }

    @Test
    void shouldLimitTheAttributes() {
        assertThat(attributes(32, 64, 1024).attributes()).hasSize(32);
        assertRefused(() -> attributes(33, 64, 1), "attributes = \"33 entries\"");
        assertRefused(() -> attributes(1, 65, 1), "a key of attributes = ");
        assertRefused(() -> attributes(1, 3, 1025), "attributes.000 = ");
    }

    @Test
    void shouldNotChangeWithTheMapItWasGiven() {
        Map<String, String> map = new HashMap<>(Map.of("k", "v"));
        RestorationRequest request = attributes(map);

        map.put("k", "w");

        assertThat(request.attributes()).containsExactly(Map.entry("k", "v"));
    }

    @Test
    void shouldNameTheValueThatASamplerRefuses() {
        assertRefused(() -> sampler(0, 0.1, 0, 0.03), "sampler.steps = \"0\": must be 1 to 1000");
        assertRefused(() -> sampler(1001, 0.1, 0, 0.03), "sampler.steps");
        assertRefused(() -> sampler(1, 9e-7, 0, 0.03), "sampler.tolerance");
        assertRefused(() -> sampler(1, Double.NaN, 0, 0.03), "sampler.tolerance = \"NaN\"");
        assertRefused(() -> sampler(1, 1, 1.5, 0.03), "sampler.eta = \"1.5\"");
        assertRefused(() -> sampler(1, 1, 0, 0.005), "sampler.lastTime = \"0.005\": must be 0.01 to 0.7");
        assertRefused(() -> sampler(1, 1, 0, 0.71), "sampler.lastTime = \"0.71\"");
        assertThat(sampler(1000, 1e-6, 1, 0.03).steps()).hasValue(1000);
    }

    @Test
    void shouldNameTheValueThatAnOutputRefuses() {
        assertRefused(() -> new OutputSpec("gif", 95), "output.format = \"gif\": must be one of [png, jpeg, webp]");
        assertRefused(() -> new OutputSpec("png", 0), "output.quality = \"0\"");
    }

    @Test
    void shouldNameTheValueThatAResultRefuses() {
        String sha = "0".repeat(64);
        assertRefused(() -> new RestoredImage(TARGET, "0", 1, 1, 1, "png"), "image.sha256");
        assertRefused(() -> new RestoredImage(TARGET, sha, 0, 1, 1, "png"), "image.bytes");
        assertRefused(() -> new RestoredImage(TARGET, sha, 1, 0, 1, "png"), "image.width");
        assertRefused(() -> new ModelIdentity("../m", sha, "ouve"), "model.name");
        assertRefused(() -> new ModelIdentity("m", "sha256:" + sha, "ouve"), "model.weightsSha256");
        assertRefused(() -> new RestorationProgress("r", 11, OptionalInt.of(10), Instant.EPOCH, "w"), "step = \"11\"");
    }

    @Test
    void shouldCountTimesBeforeTheStartAsNothing() {
        Duration second = Duration.ofSeconds(1);
        StageTimings timings =
                new StageTimings(Duration.ofMillis(-5), second, second, second, second, second, second.negated());

        assertThat(timings.queued()).isZero();
        assertThat(timings.total()).isZero();
        assertThat(timings.fetch()).isEqualTo(second);
    }

    @Test
    void shouldReportAFailureWhateverItsMessageIs() {
        MessageCodec codec = new MessageCodec();
        for (String message :
                new String[] {"", "\n", "\ud800", "\u001b[31mred", "x".repeat(100_000), "\uD83D\uDE00".repeat(2000)}) {
            RestorationFailed failed = RestorationFailed.of(
                    Messages.request(), FailureCode.TARGET_UNAVAILABLE, message, 3, Messages.MOMENT, "worker-1");

            assertThat(failed.message()).isNotBlank().doesNotContain("\u001b");
            assertThat(failed.message().codePointCount(0, failed.message().length()))
                    .isLessThanOrEqualTo(1000);
            assertThat(failed.retryable()).isTrue();
            assertThat(codec.decodeResult(codec.encode(failed)))
                    .isEqualTo(new Decoded.Valid<RestorationResult>(failed));
        }
    }

    @Test
    void shouldSayInHeadersWhyALetterIsDead() {
        DeadLetter letter = new DeadLetter(
                DeadLetter.Reason.UNKNOWN_VERSION,
                "schemaVersion = \"2.0\"\n: must be 1.x",
                "driftrec.requests",
                3,
                18_273,
                Messages.MOMENT,
                "worker-1");

        assertThat(letter.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> new String(entry.getValue(), UTF_8))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "driftrec.dead-letter.reason", "unknown-version",
                        "driftrec.dead-letter.message", "schemaVersion = \"2.0\"\uFFFD: must be 1.x",
                        "driftrec.dead-letter.topic", "driftrec.requests",
                        "driftrec.dead-letter.partition", "3",
                        "driftrec.dead-letter.offset", "18273",
                        "driftrec.dead-letter.time", "2025-12-31T23:59:41.250Z",
                        "driftrec.dead-letter.worker", "worker-1"));
    }

    @Test
    void shouldShortenWhatItQuotes() {
        assertThat(Quotation.of("short")).isEqualTo("\"short\"");
        assertThat(Quotation.of("x".repeat(80))).isEqualTo("\"" + "x".repeat(80) + "\"");
        assertThat(Quotation.of("x".repeat(81))).isEqualTo("\"" + "x".repeat(79) + "\u2026\" (81 chars)");
        assertThat(Quotation.clean("a\r\n\u202e\u2028\udc00b", 80)).isEqualTo("a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb");
        assertThat(Quotation.clean("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 2)).isEqualTo("\uD83D\uDE00\u2026");
    }

    private static RestorationRequest attributes(int count, int keyLength, int valueLength) {
        return attributes(IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> ("%0" + keyLength + "d").formatted(i), i -> "v".repeat(valueLength))));
    }

    private static RestorationRequest attributes(Map<String, String> attributes) {
        return new RestorationRequest(
                "r",
                SOURCE,
                TARGET,
                Optional.empty(),
                SamplerSpec.DEFAULT,
                OutputSpec.DEFAULT,
                true,
                Optional.empty(),
                attributes);
    }

    private static SamplerSpec sampler(int steps, double tolerance, double eta, double lastTime) {
        return new SamplerSpec(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(steps),
                OptionalDouble.of(tolerance),
                OptionalDouble.of(eta),
                Optional.empty(),
                OptionalDouble.of(lastTime),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static void assertRefused(ThrowingCallable creation, String message) {
        assertThatIllegalArgumentException().isThrownBy(creation).withMessageStartingWith(message);
    }
}
