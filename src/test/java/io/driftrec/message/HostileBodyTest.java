package io.driftrec.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send by mistake or by intent: every body ends in an outcome, soon, and says what is wrong. */
@Timeout(120)
class HostileBodyTest {
    private static final String REQUIRED =
            "\"requestId\":\"r-1\",\"source\":\"s3://in/a.jpg\",\"target\":\"s3://out/\"";

    private final MessageCodec codec = new MessageCodec();
    private final MessageCodec generous = new MessageCodec(64 * 1024 * 1024);

    @Test
    void shouldHaveAReasonWhenThereIsNoBody() {
        assertUnreadable(codec.decodeRequest(null), DeadLetter.Reason.NO_BODY);
        assertUnreadable(codec.decodeRequest(new byte[0]), DeadLetter.Reason.NO_BODY);
    }

    @Test
    void shouldNotReadMoreBytesThanTheLimit() {
        String padding = " ".repeat(MessageCodec.DEFAULT_MAX_BYTES - REQUIRED.length() - 2);

        assertThat(decode("{" + REQUIRED + padding + "}")).isInstanceOf(Decoded.Valid.class);
        assertUnreadable(decode("{" + REQUIRED + padding + " }"), DeadLetter.Reason.TOO_LARGE);
        assertUnreadable(decode("{\"a\":\"" + "x".repeat(10_000_000) + "\"}"), DeadLetter.Reason.TOO_LARGE);
    }

    @Test
    void shouldStopAtTheLimitsInsideTheBodyWhenItsSizeIsAllowed() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        for (String value : new String[] {
            deep,
            "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
            "[".repeat(100_000),
            "\"" + "x".repeat(10_000_000) + "\"",
            "1".repeat(1_000_000),
            "0." + "1".repeat(1_000_000),
            "1e" + "1".repeat(1_000_000),
            "1e999999999",
            "[{\"y\":-1e-999999999}]",
            "1e1001",
            "1e99999999999999999999"
        }) {
            assertUnreadable(
                    generous.decodeRequest(bytes("{" + REQUIRED + ",\"x\":" + value + "}")),
                    DeadLetter.Reason.TOO_LARGE);
        }
        assertUnreadable(generous.decodeRequest(bytes(deep)), DeadLetter.Reason.TOO_LARGE);
        assertUnreadable(
                generous.decodeRequest(bytes("{\"" + "k".repeat(1_000_000) + "\":1}")), DeadLetter.Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "}",
                "nil",
                "{\"requestId\":\"r-1\"",
                "{\"requestId\":\"r-1\",}",
                "{'requestId':'r-1'}",
                "{requestId:\"r-1\"}",
                "{\"requestId\":\"r-1\"} {}",
                "{\"requestId\":\"r-1\"} x",
                "{\"requestId\":\"r-1\",\"x\":NaN}",
                "{\"requestId\":\"r-1\",\"x\":Infinity}",
                "{\"requestId\":\"r-1\",\"x\":01}",
                "{\"requestId\":\"r-1\",\"x\":+1}",
                "{\"requestId\":\"r-1\",\"x\":0x1}",
                "{\"requestId\":\"r-1\",\"x\":\"\\q\"}",
                "{\"requestId\":\"r-1\",\"x\":\"\\u12\"}",
                "{\"requestId\":\"r-1\",\"x\":\"tab\there\"}",
                "{\"requestId\":\"r-1\"/* comment */}",
                "{\"requestId\":\"r-1\",\"requestId\":\"r-2\"}",
                "{\"requestId\":\"r-1\",\"x\":{\"y\":1,\"y\":1}}",
                "<request/>"
            })
    void shouldNotReadWhatIsNotJson(String body) {
        assertUnreadable(decode(body), DeadLetter.Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "null", "true", "1", "\"{}\""})
    void shouldNotReadWhatIsNotAnObject(String body) {
        assertUnreadable(decode(body), DeadLetter.Reason.NOT_AN_OBJECT);
    }

    @Test
    void shouldNotReadWhatIsNotUtf8() {
        String body = "{" + REQUIRED + ",\"attributes\":{\"k\":\"\u00e9\"}}";
        ByteArrayOutputStream overlong = new ByteArrayOutputStream();
        overlong.writeBytes(bytes("{" + REQUIRED + ",\"x\":\""));
        overlong.write(0xC0);
        overlong.write(0xAF);
        overlong.writeBytes(bytes("\"}"));

        assertUnreadable(codec.decodeRequest(body.getBytes(ISO_8859_1)), DeadLetter.Reason.NOT_JSON);
        assertUnreadable(codec.decodeRequest(body.getBytes(UTF_16)), DeadLetter.Reason.NOT_JSON);
        assertUnreadable(codec.decodeRequest(overlong.toByteArray()), DeadLetter.Reason.NOT_JSON);
        assertUnreadable(
                codec.decodeRequest(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}), DeadLetter.Reason.NOT_JSON);
        assertThat(codec.decodeRequest(bytes(body))).isInstanceOf(Decoded.Valid.class);
    }

    @Test
    void shouldSkipOneByteOrderMark() {
        assertThat(decode("\uFEFF{" + REQUIRED + "}")).isInstanceOf(Decoded.Valid.class);
        assertUnreadable(decode("\uFEFF\uFEFF{" + REQUIRED + "}"), DeadLetter.Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"requestId\":null}",
                "{\"requestId\":7}",
                "{\"requestId\":[\"r-1\"]}",
                "{\"requestId\":\"\"}",
                "{\"requestId\":\" r-1\"}",
                "{\"requestId\":\"r-1\\n\"}",
                "{\"requestId\":\"r\\u0000\"}",
                "{\"requestId\":\"r\\ud800\"}",
                "{\"requestId\":\"\\udc00\\ud800\"}",
                "{\"requestId\":\"r\\u202e1\"}"
            })
    void shouldNotAnswerWithoutAUsableRequestId(String body) {
        assertUnreadable(decode(body), DeadLetter.Reason.NO_REQUEST_ID);
    }

    @Test
    void shouldCountCharactersAndNotCharsInTheRequestId() {
        String longest = "\uD83D\uDE00".repeat(200);

        assertThat(withRequestId(longest)).isInstanceOf(Decoded.Valid.class);
        assertUnreadable(withRequestId(longest + "x"), DeadLetter.Reason.NO_REQUEST_ID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"sampler\":{\"steps\":0}|sampler.steps = 0: must have a minimum value of 1 (points of the time grid, 1 to 1000)",
                "\"sampler\":{\"steps\":1.5}|sampler.steps = 1.5: number found, integer expected",
                "\"sampler\":{\"steps\":\"10\"}|sampler.steps = \"10\": string found, integer expected",
                "\"sampler\":{\"steps\":1e400}|sampler.steps = ",
                "\"sampler\":{\"seed\":1e999}|sampler.seed: Numeric value (1E+999) out of range of long",
                "\"sampler\":{\"seed\":1e-999}|sampler.seed = 1E-999: number found, integer expected",
                "\"sampler\":{\"samples\":18446744073709551617.0}|sampler.samples",
                "\"sampler\":{\"samples\":4294967297.0}|sampler.samples",
                "\"sampler\":{\"tolerance\":1e400}|sampler.tolerance = ",
                "\"sampler\":{\"tolerance\":0}|sampler.tolerance = 0: ",
                "\"sampler\":{\"eta\":-0.5}|sampler.eta = -0.5: ",
                "\"sampler\":{\"samples\":65}|sampler.samples = 65: ",
                "\"sampler\":{\"kind\":\"../2m\"}|sampler.kind = \"../2m\": ",
                "\"sampler\":{\"variant\":\"best\"}|sampler.variant = \"best\": ",
                "\"sampler\":{\"firstJump\":\"true\"}|sampler.firstJump = \"true\": string found, boolean expected",
                "\"sampler\":[]|sampler: array found, object expected",
                "\"sampler\":null|sampler = null: null found, object expected",
                "\"model\":null|model = null: null found, string expected",
                "\"model\":\"../../etc\"|model = \"../../etc\": ",
                "\"output\":{\"format\":\"gif\"}|output.format = \"gif\": ",
                "\"output\":{\"quality\":101}|output.quality = 101: ",
                "\"colourCorrection\":0|colourCorrection = 0: ",
                "\"attributes\":{\"k\":1}|attributes.k = 1: integer found, string expected",
                "\"attributes\":{\"k\":null}|attributes.k = null: ",
                "\"attributes\":{\"\":\"v\"}|attributes",
                "\"attributes\":{\"k\\u0007\":\"v\"}|attributes",
                "\"attributes\":{\"k\":\"\\ud800\"}|attributes.k = \"\uFFFD\": must be",
                "\"attributes\":{\"\\ud800\":\"v\"}|",
                "\"attributes\":[\"k\"]|attributes: array found, object expected"
            })
    void shouldNameFieldAndValueWhenAFieldIsWrong(String fields, String message) {
        assertThat(invalid("{" + REQUIRED + "," + fields + "}").message()).startsWith(message == null ? "" : message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in/a.jpg|s3://out/|source = ",
                "s3://in/a b.jpg|s3://out/|source = ",
                "''|s3://out/|source = ",
                "s3:in|s3://out/|source = ",
                "s3://in/a.jpg#1|s3://out/|source = ",
                "https://me:secret@host/a.jpg|s3://out/|source = ",
                "https://me:secret@my_host/a.jpg|s3://out/|source = ",
                "s3://in/a.jpg|mailto:me@example.org|target = ",
                "s3://in/a.jpg|s3://in/%zz|target = ",
                "s3://in/a.jpg|s3://in/x/../a.jpg|target = "
            })
    void shouldNameTheLocationThatIsWrong(String source, String target, String message) {
        String body = "{\"requestId\":\"r-1\",\"source\":\"" + source + "\",\"target\":\"" + target + "\"}";

        assertThat(invalid(body).message()).startsWith(message);
    }

    @Test
    void shouldShortenHostileValuesAndHideCredentials() {
        String value = "\\u001b[31m".repeat(5_000);
        Decoded.Invalid<RestorationRequest> invalid =
                invalid("{" + REQUIRED + ",\"model\":\"" + value + "\",\"deadline\":\"" + value + "\"}");

        assertThat(invalid.message())
                .hasSizeLessThan(800)
                .doesNotContain("\u001b")
                .contains("(25000 chars)");
        assertThat(invalid("{\"requestId\":\"r-1\",\"source\":\"https://me:secret@host/a\",\"target\":\"s3://out/\"}")
                        .message())
                .doesNotContain("secret");
    }

    @Test
    void shouldAnswerWithWhatCouldBeRead() {
        Decoded.Invalid<RestorationRequest> invalid = invalid("{\"requestId\":\"r-1\",\"source\":\"s3://in/a.jpg\","
                + "\"attributes\":{\"tenant\":\"gallery\",\"album\":7,\"\":\"\"}}");
        RestorationFailed failed = RestorationFailed.of(invalid, Messages.MOMENT, "worker-1");

        assertThat(invalid.message()).contains("required property 'target' not found");
        assertThat(failed.code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(failed.retryable()).isFalse();
        assertThat(failed.source()).contains(URI.create("s3://in/a.jpg"));
        assertThat(failed.attributes()).isEqualTo(Map.of("tenant", "gallery"));
        assertThat(codec.decodeResult(codec.encode(failed))).isEqualTo(new Decoded.Valid<RestorationResult>(failed));
    }

    @Test
    void shouldTellOnlyTheFirstProblemsWhenThereAreMany() {
        String attributes = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"key" + i + "\":" + i)
                .collect(Collectors.joining(","));
        Decoded.Invalid<RestorationRequest> invalid = invalid("{" + REQUIRED + ",\"attributes\":{" + attributes + "}}");

        assertThat(invalid.message()).hasSizeLessThanOrEqualTo(1000).contains("more");
        assertThat(invalid.attributes()).isEmpty();
    }

    @Test
    void shouldNotTakeTimeThatGrowsWithTheSquareOfTheFields() {
        // The square of this many would run into the time limit of the class by far.
        String unknown =
                IntStream.range(0, 200_000).mapToObj(i -> ",\"f" + i + "\":0").collect(Collectors.joining());

        assertThat(generous.decodeRequest(bytes("{" + REQUIRED + unknown + "}")))
                .isInstanceOf(Decoded.Valid.class);
    }

    private Decoded<RestorationRequest> withRequestId(String id) {
        return decode("{\"requestId\":\"" + id + "\",\"source\":\"s3://in/a.jpg\",\"target\":\"s3://out/\"}");
    }

    private Decoded<RestorationRequest> decode(String body) {
        return codec.decodeRequest(bytes(body));
    }

    private Decoded.Invalid<RestorationRequest> invalid(String body) {
        Decoded<RestorationRequest> decoded = decode(body);
        assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
        return (Decoded.Invalid<RestorationRequest>) decoded;
    }

    private static void assertUnreadable(Decoded<RestorationRequest> decoded, DeadLetter.Reason reason) {
        assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
        Decoded.Unreadable<RestorationRequest> unreadable = (Decoded.Unreadable<RestorationRequest>) decoded;
        assertThat(unreadable.reason()).as(unreadable.message()).isEqualTo(reason);
        assertThat(unreadable.message()).isNotBlank().hasSizeLessThan(600);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
