package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests survive the way through the codec, and random damage to a body ends in an outcome. */
class MessageFuzzTest {
    private final MessageCodec codec = new MessageCodec();
    private final WireSchema requestSchema = WireSchema.load("restoration-request");
    private final WireSchema resultSchema = WireSchema.load("restoration-result");
    private final ObjectMapper mapper = new ObjectMapper();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldReadEveryRandomRequestThatItWrote(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            RestorationRequest request = request(random);
            byte[] body = codec.encode(request);

            assertThat(requestSchema.problem(mapper.readTree(body)))
                    .as(new String(body, UTF_8))
                    .isEmpty();
            assertThat(codec.decodeRequest(body)).isEqualTo(new Decoded.Valid<>(request));
            assertThat(body).hasSizeLessThan(MessageCodec.DEFAULT_MAX_BYTES);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void shouldHaveAnOutcomeForEveryDamagedBody(long seed) throws IOException {
        Random random = new Random(seed);
        int[] outcomes = new int[3];
        for (int i = 0; i < 500; i++) {
            byte[] body = codec.encode(request(random));
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                body[random.nextInt(body.length)] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:0-e\\n".charAt(random.nextInt(12)));
            }
            outcomes[assertAnswered(codec.decodeRequest(body))]++;
        }
        assertThat(outcomes).as("valid, invalid, unreadable").doesNotContain(0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8, 9})
    void shouldHaveAnOutcomeForEveryWrongField(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> values = List.of(
                "null",
                "true",
                "[]",
                "{}",
                "\"\"",
                "\"x\"",
                "0",
                "-1",
                "1.5",
                "1e400",
                "-1e400",
                "1e-400",
                "1e999999999",
                "12345678901234567890",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "[[[[]]]]",
                "{\"k\":{}}",
                "\"s3://a/b\"",
                "\"%\"");
        int[] outcomes = new int[3];
        for (int i = 0; i < 500; i++) {
            JsonNode tree = mapper.readTree(codec.encode(request(random)));
            List<ObjectNode> objects = new ArrayList<>(List.of((ObjectNode) tree));
            tree.forEach(child -> {
                if (child instanceof ObjectNode object && !object.isEmpty()) {
                    objects.add(object);
                }
            });
            ObjectNode victim = objects.get(random.nextInt(objects.size()));
            List<String> names = new ArrayList<>();
            victim.fieldNames().forEachRemaining(names::add);
            victim.put(names.get(random.nextInt(names.size())), "@@");
            String value = values.get(random.nextInt(values.size()));
            byte[] body =
                    mapper.writeValueAsString(tree).replace("\"@@\"", value).getBytes(UTF_8);

            outcomes[assertAnswered(codec.decodeRequest(body))]++;
        }
        assertThat(outcomes).as("valid, invalid, unreadable").doesNotContain(0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {10, 11})
    void shouldHaveAnOutcomeForNoise(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] body = new byte[1 + random.nextInt(64)];
            random.nextBytes(body);

            assertThat(assertAnswered(codec.decodeRequest(body))).isEqualTo(2);
            assertThat(codec.decodeResult(body)).isInstanceOf(Decoded.Unreadable.class);
            assertThat(codec.decodeProgress(body)).isInstanceOf(Decoded.Unreadable.class);
        }
    }

    /** 0 valid, 1 invalid, 2 unreadable; a valid one can be written, an invalid one can be answered. */
    private int assertAnswered(Decoded<RestorationRequest> decoded) throws IOException {
        if (decoded instanceof Decoded.Valid<RestorationRequest> valid) {
            assertThat(codec.decodeRequest(codec.encode(valid.value()))).isEqualTo(valid);
            return 0;
        }
        if (decoded instanceof Decoded.Invalid<RestorationRequest> invalid) {
            RestorationFailed answer = RestorationFailed.of(invalid, Messages.MOMENT, "worker-1");
            assertThat(invalid.message()).isNotBlank();
            assertThat(resultSchema.problem(mapper.readTree(codec.encode(answer))))
                    .isEmpty();
            return 1;
        }
        Decoded.Unreadable<RestorationRequest> unreadable = (Decoded.Unreadable<RestorationRequest>) decoded;
        assertThat(unreadable.message()).isNotBlank().hasSizeLessThan(1000);
        return 2;
    }

    private static RestorationRequest request(RandomGenerator random) {
        return new RestorationRequest(
                "r" + text(random, 60, false) + "d",
                URI.create("s3://bucket-" + random.nextInt(100) + "/a%20b/" + random.nextLong() + ".jpg?v=1"),
                URI.create("https://host.example/" + random.nextInt() + "/"),
                random.nextBoolean() ? Optional.of("model-" + random.nextInt(1000)) : Optional.empty(),
                new SamplerSpec(
                        random.nextBoolean() ? Optional.of("ode") : Optional.empty(),
                        random.nextBoolean() ? Optional.of("official") : Optional.empty(),
                        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(1000)) : OptionalInt.empty(),
                        random.nextBoolean()
                                ? OptionalDouble.of(1e-6 + random.nextDouble() / 2)
                                : OptionalDouble.empty(),
                        random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty(),
                        random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty(),
                        random.nextBoolean()
                                ? OptionalDouble.of(0.01 + random.nextDouble() / 2)
                                : OptionalDouble.empty(),
                        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(64)) : OptionalInt.empty()),
                new OutputSpec(OutputSpec.FORMATS.get(random.nextInt(3)), 1 + random.nextInt(100)),
                random.nextBoolean(),
                random.nextBoolean()
                        ? Optional.of(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)))
                        : Optional.empty(),
                attributes(random));
    }

    private static Map<String, String> attributes(RandomGenerator random) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            attributes.put("k" + text(random, 20, false) + "k", text(random, 200, true));
        }
        return attributes;
    }

    /** Random code points of all planes; assigned or not, but no surrogates, and control characters only where wanted. */
    private static String text(RandomGenerator random, int maxLength, boolean isAnything) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
            int type = Character.getType(point);
            boolean isHidden = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (type != Character.SURROGATE && (isAnything || !isHidden)) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }
}
