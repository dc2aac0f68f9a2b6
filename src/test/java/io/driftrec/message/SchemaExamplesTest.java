package io.driftrec.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas and examples: they agree with each other, with the codec and with the records. */
class SchemaExamplesTest {
    private static final Path SCHEMAS = Path.of("schemas");

    private final ObjectMapper mapper = new ObjectMapper();
    private final MessageCodec codec = new MessageCodec();
    private final TrainingCodec training = new TrainingCodec();

    static List<Path> examples() throws IOException {
        return files(SCHEMAS.resolve("examples"));
    }

    static List<Path> invalidExamples() throws IOException {
        return files(SCHEMAS.resolve("examples/invalid"));
    }

    static List<Path> schemas() throws IOException {
        return files(SCHEMAS);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldDecodeEveryExample(Path example) throws IOException {
        byte[] body = Files.readAllBytes(example);
        assertThat(WireSchema.load(schemaOf(example)).problem(mapper.readTree(body)))
                .isEmpty();

        Decoded<?> decoded = decode(example, body);

        assertThat(decoded).isInstanceOf(Decoded.Valid.class);
        if (((Decoded.Valid<?>) decoded).value() instanceof TrainingStatus status) {
            assertThat(mapper.readTree(training.encode(status))).isEqualTo(mapper.readTree(body));
        }
        if (((Decoded.Valid<?>) decoded).value() instanceof RestorationResult result) {
            assertThat(mapper.readTree(codec.encode(result))).isEqualTo(mapper.readTree(body));
        }
    }

    @ParameterizedTest
    @MethodSource("invalidExamples")
    void shouldRefuseEveryInvalidExample(Path example) throws IOException {
        byte[] body = Files.readAllBytes(example);

        assertThat(WireSchema.load(schemaOf(example)).problem(mapper.readTree(body)))
                .isPresent();
        assertThat(decode(example, body)).isNotInstanceOf(Decoded.Valid.class);
    }

    @Test
    void shouldHaveTheMessagesOfTheOtherTestsAsExamples() throws IOException {
        assertThat(decode("restoration-request.json")).isEqualTo(new Decoded.Valid<>(Messages.request()));
        assertThat(decode("restoration-completed.json")).isEqualTo(new Decoded.Valid<>(Messages.completed()));
        assertThat(decode("restoration-failed.json")).isEqualTo(new Decoded.Valid<>(Messages.failed()));
        assertThat(decode("restoration-progress.json")).isEqualTo(new Decoded.Valid<>(Messages.progress()));
        assertThat(decode("training-job.json")).isEqualTo(new Decoded.Valid<>(TrainingMessages.job()));
        assertThat(decode("training-progress-completed.json"))
                .isEqualTo(new Decoded.Valid<>(TrainingMessages.completed()));
        assertThat(decode("model-published.json")).isEqualTo(new Decoded.Valid<>(Messages.modelPublished()));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldBeASchemaOfDraft202012(Path file) throws IOException {
        JsonNode schema = mapper.readTree(file.toFile());
        var metaSchema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(schema)).isEmpty();
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asText())
                .isEqualTo(
                        "urn:driftrec:schema:" + file.getFileName().toString().replace(".schema.json", "") + ":1");
        assertThat(schema.findValuesAsText("$ref")).allMatch(reference -> reference.startsWith("#/$defs/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestId", "location", "name", "attributes", "instant", "sha256"})
    void shouldDefineWhatTheSchemasShareAlike(String definition) throws IOException {
        List<JsonNode> definitions = new ArrayList<>();
        for (Path file : schemas()) {
            JsonNode node = mapper.readTree(file.toFile()).path("$defs").path(definition);
            if (!node.isMissingNode()) {
                definitions.add(node);
            }
        }

        assertThat(definitions).isNotEmpty();
        assertThat(definitions.stream().distinct()).hasSize(1);
    }

    @Test
    void shouldListTheSameClosedSetsAsTheCode() throws IOException {
        JsonNode request = schema("restoration-request");
        JsonNode result = schema("restoration-result").path("$defs");

        assertThat(texts(result.at("/failed/properties/code/enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(FailureCode.values()).map(Enum::name).toList());
        assertThat(texts(request.at("/properties/output/properties/format/enum")))
                .isEqualTo(OutputSpec.FORMATS);
        assertThat(texts(result.at("/completed/properties/image/properties/format/enum")))
                .isEqualTo(OutputSpec.FORMATS);
        assertThat(texts(request.at("/properties/sampler/properties/variant/enum")))
                .isEqualTo(SamplerSpec.VARIANTS);
        ObjectNode asked = request.at("/properties/sampler/properties").deepCopy();
        ObjectNode used = result.at("/completed/properties/sampler/properties").deepCopy();
        assertThat(texts(asked.remove("kind").path("examples")))
                .as("presets besides the kinds")
                .containsAll(texts(used.remove("kind").path("examples")));
        assertThat(asked).isEqualTo(used);
    }

    @Test
    void shouldNameARealDefaultInEveryDefaultOfTheRequest() throws IOException {
        JsonNode properties = schema("restoration-request").path("properties");

        assertThat(properties.at("/output/properties/format/default").asText()).isEqualTo(OutputSpec.DEFAULT.format());
        assertThat(properties.at("/output/properties/quality/default").asInt()).isEqualTo(OutputSpec.DEFAULT.quality());
        assertThat(properties.at("/colourCorrection/default").asBoolean()).isTrue();
        assertThat(properties.at("/schemaVersion/default").asText()).isEqualTo(WireMapping.VERSION);
    }

    private JsonNode schema(String name) throws IOException {
        return mapper.readTree(SCHEMAS.resolve(name + ".schema.json").toFile());
    }

    private Decoded<?> decode(String example) throws IOException {
        Path file = SCHEMAS.resolve("examples").resolve(example);
        return decode(file, Files.readAllBytes(file));
    }

    private Decoded<?> decode(Path example, byte[] body) {
        return switch (schemaOf(example)) {
            case "model-published" -> decodeModel(body);
            case "training-job" -> training.decodeCommand(body);
            case "training-progress" -> training.decodeStatus(body);
            case "restoration-request" -> codec.decodeRequest(body);
            case "restoration-progress" -> codec.decodeProgress(body);
            default -> codec.decodeResult(body);
        };
    }

    private static Decoded<?> decodeModel(byte[] body) {
        ModelNews news = new ModelCodec().decode(body);
        return news instanceof ModelNews.Published published
                ? new Decoded.Valid<>(published.model())
                : new Decoded.Unreadable<>(DeadLetter.Reason.NOT_JSON, ((ModelNews.Unreadable) news).message());
    }

    private static String schemaOf(Path example) {
        for (String schema : List.of("model-published", "training-job", "training-progress")) {
            if (example.getFileName().toString().startsWith(schema)) {
                return schema;
            }
        }
        String kind = example.getFileName().toString().toLowerCase(Locale.ROOT).split("[-.]")[1];
        return kind.equals("request") || kind.equals("progress") ? "restoration-" + kind : "restoration-result";
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
