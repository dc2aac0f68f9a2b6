package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.network.ModelRepository;
import io.driftrec.training.Photographs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code driftrec train} with the small network, two steps long. */
class TrainCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        Photographs.write(folder.resolve("data"), 6, 48, 1);
    }

    @Test
    void shouldLeaveAModelACurveAndACheckpointToGoOnFrom() throws IOException {
        CommandRun first = train("--steps=1", "--name=fresh", "--out=" + folder.resolve("out"));
        CommandRun second = train("--steps=2", "--name=fresh", "--out=" + folder.resolve("out"));

        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.OK);
        assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCode.OK);
        assertThat(second.out()).contains("step 2,").contains("samples/s").contains("peak memory");
        assertThat(new ModelRepository(folder.resolve("out/models"))
                        .card("fresh")
                        .training())
                .containsEntry("start", "new weights")
                .hasEntrySatisfying("steps", steps -> assertThat(steps).startsWith("2 of 1 samples"));
        assertThat(folder.resolve("out/split.csv")).content().contains("validation,file:///");
        assertThat(folder.resolve("out/loss.html")).content().contains("<svg");
    }

    @Test
    void shouldKeepNothingOfABenchmark() throws IOException {
        CommandRun run = train("--steps=1", "--benchmark");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("waiting").contains("peak memory").doesNotContain("model in");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("data"));
        }
    }

    @Test
    void shouldTrainWhatAJobSays() throws IOException {
        Path job = Files.writeString(
                folder.resolve("job.json"),
                """
                {"jobId": "j-1", "model": "asked", "dataset": {"source": "%s", "patch": 32}, "optimization": {"batch": 1},
                 "budget": {"steps": 1}, "licence": "CC0", "seed": 5}
                """
                        .formatted(folder.resolve("data").toUri()));
        CommandRun run = CommandRun.of(
                "train", "--job=" + job, "--out=" + folder.resolve("out"), "--device=cpu", "--validation-patches=1");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(new ModelRepository(folder.resolve("out/models")).card("asked"))
                .satisfies(card -> assertThat(card.licence()).isEqualTo("CC0"))
                .satisfies(card -> assertThat(card.training())
                        .hasEntrySatisfying("split", split -> assertThat(split).contains("seed 5")));
        assertThat(train("--job=" + job, "--benchmark").err())
                .contains("--job says what is trained; leave out")
                .contains("DATA")
                .contains("--patch");
    }

    @Test
    void shouldLeaveTheSameImagesOutWhenAnotherSeedGoesOn() throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        train("--steps=1", "--name=m", "--seed=4", "--out=" + one);
        CommandRun run = train(
                "--steps=1",
                "--name=m",
                "--seed=5",
                "--split-seed=4",
                "--models=" + one.resolve("models"),
                "--start=m",
                "--out=" + other);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(other.resolve("split.csv")).hasSameTextualContentAs(one.resolve("split.csv"));
        assertThat(new ModelRepository(other.resolve("models")).card("m").training())
                .hasEntrySatisfying("split", split -> assertThat(split).contains("seed 4"));
    }

    @Test
    void shouldRefuseAJobThatIsNone() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"jobId\": \"j\", \"model\": \"m\"}");
        Path cancel = Files.writeString(folder.resolve("cancel.json"), "{\"jobId\": \"j\", \"action\": \"cancel\"}");

        assertThat(CommandRun.of("train", "--job=" + broken, "--benchmark").err())
                .contains("dataset");
        assertThat(CommandRun.of("train", "--job=" + cancel, "--benchmark").err())
                .contains("asks for no training");
        assertThat(CommandRun.of("train", "--benchmark").err()).contains("DATA, or --job FILE");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThat(train("--steps=1").err()).contains("--out is missing");
        assertThat(train("--out=" + folder.resolve("out")).err()).contains("must have steps, samples or minutes");
        assertThat(train("--steps=1", "--benchmark", "--start-share=1").err()).contains("process.startShare = \"1.0\"");
        assertThat(train("--steps=1", "--benchmark", "--min-time=1").err()).contains("process.minTime = \"1.0\"");
        assertThat(train("--steps=1", "--benchmark", "--residual-std=10").err())
                .contains("output.residualStd = \"10.0\"");
        assertThat(train("--steps=1", "--benchmark", "--process=ddpm").err()).contains("unknown process 'ddpm'");
        assertThat(train("--steps=1", "--benchmark", "--start=nobody").err()).contains("no model \"nobody\"");
        assertThat(train("--steps=1", "--benchmark", "--quality=90-10").err()).contains("90 to 10");
    }

    private CommandRun train(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                folder.resolve("data").toString(),
                "--device=cpu",
                "--patch=32",
                "--batch=1",
                "--validation-patches=1"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
