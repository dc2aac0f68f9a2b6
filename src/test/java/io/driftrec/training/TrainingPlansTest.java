package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftrec.diffusion.Cosve;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.message.TrainingJob;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlansTest {
    private static TrainingPlan plan(String more) {
        return TrainingPlans.of(TinyTraining.job(more), Optional.empty(), 1);
    }

    @Test
    void shouldFillInWhatIsAbsent() {
        TrainingPlan plan = plan("\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"minutes\":1.5}");

        assertThat(plan.model()).isEqualTo("m");
        assertThat(plan.architecture())
                .isEqualTo(new NcsnppArchitecture(32, List.of(1, 2, 2, 2), 1, Set.of(), 6, 3, true, 2, false));
        assertThat(plan.process().name()).isEqualTo("ouve");
        assertThat(plan.output()).isEqualTo(new OutputParameterization.Residual(0.06));
        assertThat(plan.patch()).isEqualTo(new PatchSettings(256, false, 1, false));
        assertThat(plan.corruption()).isEqualTo(CorruptionSettings.PAPER);
        assertThat(plan.optimization()).isEqualTo(OptimizationSettings.PAPER);
        assertThat(plan.times()).isEqualTo(TimeSettings.PAPER);
        assertThat(plan.budget()).isEqualTo(new Budget(Optional.empty(), Optional.of(Duration.ofSeconds(90))));
        assertThat(plan.seed()).isZero();
    }

    @Test
    void shouldTakeEverythingThatTheJobSays() {
        TrainingPlan plan = plan(
                """
                "dataset": {"source": "file:/p/", "splitSeed": 4, "patch": 64, "resizedArea": 0.3, "mirrors": true, "minQuality": 5,
                  "maxQuality": 60, "qualityDistribution": "log-uniform", "subsampling": "444", "doubleShare": 0.1, "rescaleShare": 0.2},
                "process": {"kind": "cosve", "minTime": 0.02, "timePower": 0.7, "startShare": 0.3}, "output": {"kind": "score"},
                "network": {"nf": 16, "channelMultipliers": [1, 2, 4], "blocksPerLevel": 2, "attentionLevels": [2]},
                "optimization": {"batch": 3, "learningRate": 0.001, "warmUpSteps": 5, "finalLearningRate": 0.0001,
                  "weightDecay": 0.02, "maxGradientNorm": 2, "emaDecay": 0.99, "emaWarmUp": false, "boundaryWeight": 1.5},
                "budget": {"steps": 50}, "seed": 9
                """);

        assertThat(plan.data()).isEqualTo(URI.create("file:/p/"));
        assertThat(plan.patch()).isEqualTo(new PatchSettings(64, true, 0.3, true));
        assertThat(plan.corruption())
                .isEqualTo(new CorruptionSettings(
                        5, 60, QualityDistribution.LOG_UNIFORM, ChromaSubsampling.CHROMA_444, 0.1, 0.2));
        assertThat(plan.process()).isInstanceOf(Cosve.class);
        assertThat(plan.times()).isEqualTo(new TimeSettings(0.02, 0.7, 0.3));
        assertThat(plan.output()).isEqualTo(new OutputParameterization.Score());
        assertThat(plan.architecture())
                .isEqualTo(new NcsnppArchitecture(16, List.of(1, 2, 4), 2, Set.of(2), 6, 3, true, 16, true));
        assertThat(plan.optimization())
                .isEqualTo(new OptimizationSettings(3, 0.001, 5, 0.0001, 0.02, 2, 0.99, false, 1.5));
        assertThat(plan.budget()).isEqualTo(Budget.ofSteps(50));
        assertThat(plan.seed()).isEqualTo(9);
        assertThat(plan.splitSeed()).isEqualTo(4);
    }

    @Test
    void shouldSplitByTheSeedOfTheJobWhereTheDataSetHasNone() {
        assertThat(plan("\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"steps\":1},\"seed\":9")
                        .splitSeed())
                .isEqualTo(9);
    }

    @Test
    void shouldCountSamplesOfAllDevices() {
        TrainingJob job = TinyTraining.job("\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"samples\":100}");

        assertThat(TrainingPlans.of(job, Optional.empty(), 4).budget()).isEqualTo(Budget.ofSteps(3));
    }

    @Test
    void shouldMakeTheRegressionBaseline() {
        TrainingPlan plan = plan("\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"steps\":1},"
                + "\"process\":{\"kind\":\"regression\",\"timeLayers\":false}");

        assertThat(plan.isRegression()).isTrue();
        assertThat(plan.architecture().conditional()).isFalse();
    }

    @Test
    void shouldRefuseStartsOfARegression() {
        assertThatExceptionOfType(TrainingFailedException.class)
                .isThrownBy(() -> plan("\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"steps\":1},"
                        + "\"process\":{\"kind\":\"regression\",\"startShare\":0.4}"))
                .withMessage("a regression has no times: the share of starts must be 0, not 0.4")
                .satisfies(failed -> assertThat(failed.failure()).isEqualTo(TrainingFailure.INVALID_JOB));
    }

    @Test
    void shouldRefuseLogUniformQualitiesFromZero() {
        String dataset = "\"dataset\":{\"source\":\"s3://b/p/\",\"qualityDistribution\":\"log-uniform\"},";

        assertThatExceptionOfType(TrainingFailedException.class)
                .isThrownBy(() -> plan(dataset + "\"budget\":{\"steps\":1}"))
                .withMessageContaining("begin at 1")
                .satisfies(failed -> assertThat(failed.failure()).isEqualTo(TrainingFailure.INVALID_JOB));
    }

    @Test
    void shouldRefuseAStartModelOfAnotherKind() {
        NcsnppArchitecture regression = new NcsnppArchitecture(8, List.of(1, 1), 1, Set.of(), 3, 3, true, 2, false);
        TrainingJob job = TinyTraining.job("\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"steps\":1}");

        assertThatExceptionOfType(TrainingFailedException.class)
                .isThrownBy(() -> TrainingPlans.of(job, Optional.of(regression), 1))
                .satisfies(failed -> assertThat(failed.failure()).isEqualTo(TrainingFailure.START_MODEL_UNUSABLE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"process\":{\"kind\":\"unknown\"} | unknown",
                "\"process\":{\"parameters\":{\"delta\":1}} | delta",
                "\"output\":{\"kind\":\"noise\"} | noise",
                "\"process\":{\"kind\":\"i2sb\"} | output residual does not fit process i2sb",
                "\"output\":{\"kind\":\"displacement\"} | output displacement does not fit process ouve",
                "\"process\":{\"kind\":\"regression\"},\"output\":{\"kind\":\"x0\"} | must be score or residual",
                "\"network\":{\"nf\":6,\"channelMultipliers\":[1],\"blocksPerLevel\":1} | nf",
                "\"optimization\":{\"learningRate\":0.001,\"finalLearningRate\":0.1} | finalLearningRate",
            })
    void shouldRefuseWhatNoTrainerCanDo(String more, String expected) {
        assertThatExceptionOfType(TrainingFailedException.class)
                .isThrownBy(() -> plan("\"dataset\":{\"source\":\"s3://b/p/\"},\"budget\":{\"steps\":1}," + more))
                .withMessageContaining(expected)
                .satisfies(failed -> assertThat(failed.failure()).isEqualTo(TrainingFailure.INVALID_JOB));
    }

    @Test
    void shouldListEveryFailureInTheSchemaOfProgress() throws IOException {
        List<String> codes = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of("schemas/training-progress.schema.json").toFile())
                .at("/$defs/failed/properties/code/enum")
                .forEach(code -> codes.add(code.asText()));

        assertThat(codes)
                .containsExactlyElementsOf(
                        Arrays.stream(TrainingFailure.values()).map(Enum::name).toList());
    }
}
