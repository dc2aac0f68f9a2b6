package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact text of every message, round trips, defaults and versions. */
class MessageCodecTest {
    private final MessageCodec codec = new MessageCodec();

    @Test
    void shouldWriteTheDocumentedTextOfARequest() {
        assertThat(text(codec.encode(Messages.request())))
                .isEqualTo(
                        "{\"schemaVersion\":\"1.0\",\"requestId\":\"upload-8271-hero\","
                                + "\"source\":\"s3://uploads/2026/01/hero.jpg\",\"target\":\"s3://restored/2026/01/\","
                                + "\"model\":\"small-ouve\",\"sampler\":{\"kind\":\"2m\",\"variant\":\"consistent\",\"steps\":10,"
                                + "\"eta\":0.0,\"firstJump\":true,\"lastTime\":0.3,\"seed\":42,\"samples\":1},"
                                + "\"output\":{\"format\":\"jpeg\",\"quality\":95},\"colourCorrection\":true,"
                                + "\"deadline\":\"2026-01-01T00:00:00Z\",\"attributes\":{\"album\":\"7\",\"tenant\":\"gallery\"}}");
    }

    @Test
    void shouldWriteTheDocumentedTextOfACompletedRestoration() {
        assertThat(text(codec.encode(Messages.completed())))
                .isEqualTo("{\"schemaVersion\":\"1.0\",\"status\":\"completed\",\"requestId\":\"upload-8271-hero\","
                        + "\"source\":\"s3://uploads/2026/01/hero.jpg\","
                        + "\"image\":{\"uri\":\"s3://restored/2026/01/upload-8271-hero.jpg\","
                        + "\"sha256\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\","
                        + "\"bytes\":183204,\"width\":1024,\"height\":768,\"format\":\"jpeg\"},"
                        + "\"model\":{\"name\":\"small-ouve\",\"weightsSha256\":"
                        + "\"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\",\"sde\":\"ouve\"},"
                        + "\"sampler\":{\"kind\":\"2m\",\"variant\":\"consistent\",\"steps\":10,\"eta\":0.0,"
                        + "\"firstJump\":true,\"lastTime\":0.3,\"seed\":42,\"samples\":1},\"evaluations\":10,"
                        + "\"timingsMillis\":{\"queued\":12,\"fetch\":48,\"decode\":21,\"sample\":870,\"encode\":35,"
                        + "\"upload\":61,\"total\":1047},\"completedAt\":\"2025-12-31T23:59:41.250Z\","
                        + "\"worker\":\"worker-3\",\"attributes\":{\"album\":\"7\",\"tenant\":\"gallery\"}}");
    }

    @Test
    void shouldWriteTheDocumentedTextOfAFailedRestoration() {
        assertThat(text(codec.encode(Messages.failed())))
                .isEqualTo("{\"schemaVersion\":\"1.0\",\"status\":\"failed\",\"requestId\":\"upload-8272\","
                        + "\"source\":\"https://images.example.org/a%20photo.jpg\",\"code\":\"SOURCE_UNAVAILABLE\","
                        + "\"message\":\"images.example.org answered 503 five times\",\"retryable\":true,\"attempts\":5,"
                        + "\"failedAt\":\"2025-12-31T23:59:59Z\",\"worker\":\"worker-1\"}");
    }

    @Test
    void shouldWriteTheDocumentedTextOfAProgress() {
        assertThat(text(codec.encode(Messages.progress())))
                .isEqualTo("{\"schemaVersion\":\"1.0\",\"requestId\":\"upload-8271-hero\",\"step\":4,\"steps\":10,"
                        + "\"reportedAt\":\"2025-12-31T23:59:40.500Z\",\"worker\":\"worker-3\"}");
    }

    @Test
    void shouldReadWhatItWrote() {
        assertThat(codec.decodeRequest(codec.encode(Messages.request())))
                .isEqualTo(new Decoded.Valid<>(Messages.request()));
        assertThat(codec.decodeResult(codec.encode(Messages.completed())))
                .isEqualTo(new Decoded.Valid<RestorationResult>(Messages.completed()));
        assertThat(codec.decodeResult(codec.encode(Messages.failed())))
                .isEqualTo(new Decoded.Valid<RestorationResult>(Messages.failed()));
        assertThat(codec.decodeProgress(codec.encode(Messages.progress())))
                .isEqualTo(new Decoded.Valid<>(Messages.progress()));
    }

    @Test
    void shouldReadWhatItWroteWhenEverythingOptionalIsAbsent() {
        RestorationRequest request = RestorationRequest.of("r", URI.create("s3://a/b"), URI.create("s3://a/c/"));
        RestorationProgress progress =
                new RestorationProgress("r", 7, OptionalInt.empty(), Messages.MOMENT, "worker-3");
        RestorationFailed failed = new RestorationFailed(
                "r", Optional.empty(), FailureCode.INTERNAL, " ", false, 0, Messages.MOMENT, "w", Map.of());

        assertThat(codec.decodeRequest(codec.encode(request))).isEqualTo(new Decoded.Valid<>(request));
        assertThat(codec.decodeProgress(codec.encode(progress))).isEqualTo(new Decoded.Valid<>(progress));
        assertThat(codec.decodeResult(codec.encode(failed))).isEqualTo(new Decoded.Valid<RestorationResult>(failed));
        assertThat(failed.message()).isEqualTo("INTERNAL");
    }

    @Test
    void shouldKeepAnEmptyAttributeValue() {
        Decoded<RestorationRequest> decoded = decode("\"attributes\":{\"note\":\"\"}");

        assertThat(valid(decoded).attributes()).containsExactly(Map.entry("note", ""));
        assertThat(text(codec.encode(valid(decoded)))).contains("\"attributes\":{\"note\":\"\"}");
    }

    @Test
    void shouldFillInDefaultsWhenOnlyTheRequiredFieldsAreThere() {
        RestorationRequest request = valid(decode("\"unused\":1"));

        assertThat(request)
                .isEqualTo(RestorationRequest.of("r-1", URI.create("s3://in/a.jpg"), URI.create("s3://out/")));
        assertThat(request.colourCorrection()).isTrue();
        assertThat(request.output()).isEqualTo(new OutputSpec("png", 95));
        assertThat(request.sampler()).isEqualTo(SamplerSpec.DEFAULT);
    }

    @Test
    void shouldFillInDefaultsWhenNestedObjectsAreEmptyOrPartial() {
        assertThat(valid(decode("\"sampler\":{},\"output\":{},\"attributes\":{}"))
                        .output())
                .isEqualTo(OutputSpec.DEFAULT);
        assertThat(valid(decode("\"output\":{\"quality\":70}")).output()).isEqualTo(new OutputSpec("png", 70));
        assertThat(valid(decode("\"output\":{\"format\":\"webp\"}")).output()).isEqualTo(new OutputSpec("webp", 95));
        assertThat(valid(decode("\"colourCorrection\":false")).colourCorrection())
                .isFalse();
    }

    @Test
    void shouldIgnoreUnknownFieldsAtEveryLevel() {
        RestorationRequest request = valid(decode("\"status\":\"completed\",\"new\":{\"deep\":[1,null,{}]},"
                + "\"sampler\":{\"kind\":\"ode\",\"new\":null},\"output\":{\"new\":[]}"));

        assertThat(request.sampler().kind()).contains("ode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.27"})
    void shouldAcceptEveryMinorVersion(String version) {
        assertThat(decode("\"schemaVersion\":\"" + version + "\"")).isInstanceOf(Decoded.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2.0\"", "\"0.9\"", "\"10.0\"", "\"2\"", "2", "2.0", "\"2.0.1\""})
    void shouldNotReadAnotherMajorVersion(String version) {
        Decoded.Unreadable<RestorationRequest> unreadable = unreadable(decode("\"schemaVersion\":" + version));

        assertThat(unreadable.reason()).isEqualTo(DeadLetter.Reason.UNKNOWN_VERSION);
        assertThat(unreadable.message()).startsWith("schemaVersion = ").contains("must be 1.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "\"1\"", "\"1.\"", "\"1.00\"", "\"newest\"", "\"\"", "null", "true", "{}"})
    void shouldAnswerAMalformedVersion(String version) {
        assertThat(invalid(decode("\"schemaVersion\":" + version)).message()).startsWith("schemaVersion");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-01T00:00:00Z|2026-01-01T00:00:00Z",
                "2026-01-01T01:30:00+01:30|2026-01-01T00:00:00Z",
                "2026-01-01t00:00:00.123456789z|2026-01-01T00:00:00.123456789Z",
                "2024-02-29T12:00:00-05:00|2024-02-29T17:00:00Z"
            })
    void shouldReadDeadlinesOfRfc3339(String written, String meant) {
        assertThat(valid(decode("\"deadline\":\"" + written + "\"")).deadline()).contains(Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-01-01T00:00Z",
                "2026-01-01 00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-13-01T00:00:00Z",
                "+12026-01-01T00:00:00Z",
                "1767225600",
                "tomorrow",
                ""
            })
    void shouldRefuseDeadlinesOfAnotherForm(String deadline) {
        assertThat(invalid(decode("\"deadline\":\"" + deadline + "\"")).message())
                .startsWith("deadline = \"" + deadline + "\": ")
                .contains("RFC 3339");
    }

    @Test
    void shouldReadTheWholeRangeOfSeeds() {
        for (long seed : new long[] {Long.MIN_VALUE, -1, 0, (1L << 53) + 1, Long.MAX_VALUE}) {
            assertThat(valid(decode("\"sampler\":{\"seed\":" + seed + "}"))
                            .sampler()
                            .seed())
                    .hasValue(seed);
        }
        assertThat(valid(decode("\"sampler\":{\"seed\":9007199254740993.0,\"steps\":1e2}"))
                        .sampler()
                        .seed())
                .hasValue(9007199254740993L);
        assertThat(invalid(decode("\"sampler\":{\"seed\":9223372036854775808}")).message())
                .startsWith("sampler.seed = 9223372036854775808: ");
        assertThat(invalid(decode("\"sampler\":{\"seed\":-9223372036854775809}"))
                        .message())
                .startsWith("sampler.seed = -9223372036854775809: ");
    }

    @Test
    void shouldRefuseALimitThatIsNotPositive() {
        assertThatThrownBy(() -> new MessageCodec(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxBytes = \"0\"");
    }

    private Decoded<RestorationRequest> decode(String fields) {
        return codec.decodeRequest(
                ("{\"requestId\":\"r-1\",\"source\":\"s3://in/a.jpg\",\"target\":\"s3://out/\"," + fields + "}")
                        .getBytes(UTF_8));
    }

    private static <T> T valid(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Valid.class);
        return ((Decoded.Valid<T>) decoded).value();
    }

    private static <T> Decoded.Invalid<T> invalid(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
        return (Decoded.Invalid<T>) decoded;
    }

    private static <T> Decoded.Unreadable<T> unreadable(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
        return (Decoded.Unreadable<T>) decoded;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
