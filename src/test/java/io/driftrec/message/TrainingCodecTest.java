package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingCodecTest {
    private final TrainingCodec codec = new TrainingCodec();
    private final TrainingEvents events = new TrainingEvents(codec);

    private Decoded<TrainingCommand> decode(String body) {
        return codec.decodeCommand(body.getBytes(UTF_8));
    }

    private static String job(String more) {
        return "{\"jobId\":\"j\",\"model\":\"m\",\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"steps\":5}" + more
                + "}";
    }

    @Test
    void shouldReadWhatItWrites() {
        assertThat(codec.decodeCommand(codec.encode(TrainingMessages.job())))
                .isEqualTo(new Decoded.Valid<>(TrainingMessages.job()));
        assertThat(codec.decodeCommand(codec.encode(new TrainingCancel("small-ouve-3"))))
                .isEqualTo(new Decoded.Valid<>(new TrainingCancel("small-ouve-3")));
        assertThat(codec.decodeStatus(codec.encode(TrainingMessages.completed())))
                .isEqualTo(new Decoded.Valid<>(TrainingMessages.completed()));
    }

    @Test
    void shouldTakeAMessageWithoutActionForAJob() {
        assertThat(decode(job(""))).isInstanceOfSatisfying(Decoded.Valid.class, valid -> assertThat(valid.value())
                .isInstanceOf(TrainingJob.class));
        assertThat(decode("{\"jobId\":\"j\",\"action\":\"cancel\"}"))
                .isEqualTo(new Decoded.Valid<>(new TrainingCancel("j")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"seed\":1.5 | seed",
                ",\"model\":\"M\" | ",
                ",\"network\":{\"nf\":8} | network",
                ",\"network\":{\"size\":\"small\",\"nf\":8} | network",
                ",\"optimization\":{\"batch\":0} | optimization.batch = 0",
                ",\"optimization\":{\"learningRate\":0} | optimization.learningRate = 0",
                ",\"publish\":{\"everySteps\":0} | publish.everySteps = 0",
                ",\"weightsType\":\"F64\" | weightsType",
                ",\"process\":{\"minTime\":1} | process.minTime = 1",
                ",\"startModel\":{\"name\":\"m\",\"digest\":\"sha256:0\"} | startModel.digest",
                ",\"action\":\"pause\" | action",
            })
    void shouldAnswerAJobThatIsInvalidByNamingTheField(String more, String expected) {
        Decoded<TrainingCommand> decoded = decode(job(more));

        if (expected == null) {
            assertThat(decoded).isInstanceOf(Decoded.Unreadable.class); // a name twice
        } else {
            assertThat(decoded).isInstanceOfSatisfying(Decoded.Invalid.class, invalid -> {
                assertThat(invalid.requestId()).isEqualTo("j");
                assertThat(invalid.message()).contains(expected);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"m\"} | NO_REQUEST_ID",
                "{\"jobId\":\"../j\"} | NO_REQUEST_ID",
                "{\"jobId\":7} | NO_REQUEST_ID",
                "{\"jobId\":\"j\",\"schemaVersion\":\"2.0\"} | UNKNOWN_VERSION",
                "[] | NOT_AN_OBJECT",
                "train | NOT_JSON",
            })
    void shouldNotReadWhatNamesNoJob(String body, DeadLetter.Reason reason) {
        assertThat(decode(body))
                .isInstanceOfSatisfying(Decoded.Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .isEqualTo(reason));
        assertThat(codec.decodeCommand(null)).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void shouldRefuseAJobUnderAnotherKeyThanItsId() {
        byte[] body = job("").getBytes(UTF_8);

        assertThat(codec.decodeCommand("j".getBytes(UTF_8), body)).isInstanceOf(Decoded.Valid.class);
        assertThat(codec.decodeCommand(null, body)).isInstanceOf(Decoded.Valid.class);
        assertThat(codec.decodeCommand("k".getBytes(UTF_8), codec.encode(new TrainingCancel("j"))))
                .as("a cancellation is found in every partition")
                .isInstanceOf(Decoded.Valid.class);
        assertThat(codec.decodeCommand("k".getBytes(UTF_8), body))
                .isInstanceOfSatisfying(Decoded.Invalid.class, invalid -> {
                    assertThat(invalid.requestId()).isEqualTo("j");
                    assertThat(invalid.message()).contains("\"k\"", "\"j\"");
                });
    }

    @Test
    void shouldGiveTheEndsOfAJobOneIdAndTheStepsTheirOwn() {
        TrainingStatus.Cancelled cancelled = new TrainingStatus.Cancelled(
                "small-ouve-3", java.util.OptionalLong.empty(), Messages.MOMENT, "trainer-2");
        OutgoingEvent completed = events.status(TrainingMessages.completed(), Map.of());

        assertThat(events.status(cancelled, Map.of()).id()).isEqualTo(completed.id());
        assertThat(completed.key()).isEqualTo("small-ouve-3");
        assertThat(completed.header("ce_type")).contains(TrainingEvents.COMPLETED);
        assertThat(events.command(TrainingMessages.job(), Messages.MOMENT).id())
                .isNotEqualTo(events.command(new TrainingCancel("small-ouve-3"), Messages.MOMENT)
                        .id());
    }

    @Test
    void shouldListTheSameClosedSetsAsTheCode() throws IOException {
        var properties = new ObjectMapper()
                .readTree(Path.of("schemas/training-job.schema.json").toFile())
                .at("/$defs/job/properties");

        assertThat(texts(properties.at("/network/properties/size/enum"))).isEqualTo(TrainingJob.SIZES);
        assertThat(texts(properties.at("/dataset/properties/subsampling/enum"))).isEqualTo(TrainingJob.SUBSAMPLINGS);
        assertThat(texts(properties.at("/weightsType/enum"))).isEqualTo(TrainingJob.WEIGHTS_TYPES);
    }

    private static List<String> texts(Iterable<com.fasterxml.jackson.databind.JsonNode> array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
