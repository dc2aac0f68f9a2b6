package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"demo", "worker", "submit", "restore", "models"})
    void shouldExplainEveryCommand(String command) {
        CommandRun run = CommandRun.of(command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: driftrec " + command).contains("--config", "Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldListTheCommandsInItsHelp() {
        CommandRun run = CommandRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("demo", "worker", "submit", "restore", "models");
    }

    @Test
    void shouldSayWhichVersionItIs() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("driftrec \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @ParameterizedTest
    @CsvSource({
        "restore a.png --out out --colour, --colour",
        "worker, --bootstrap-servers",
        "worker --bootstrap-servers=localhost:9092 --http-port=many, --http-port",
        "dance, dance",
        "'', name a command"
    })
    void shouldSayWhatIsWrongWithTheCommandLine(String line, String complaint) {
        CommandRun run = CommandRun.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(complaint).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "--models=nowhere, nowhere",
        "--default-model=huge, huge",
        "--default-sampler=guess, guess",
        "--device=abacus, abacus",
        "--precision=fp7, fp7",
        "--tile=round, round",
        "--max-tiles=0, maxTiles",
        "--max-in-flight=0, --max-in-flight",
        "--max-pixels=0, maxPixels",
        "--config=nowhere.properties, nowhere.properties",
        "--steps=0, steps",
        "--format=gif, gif",
    })
    void shouldSayInOneLineWhatIsMissing(String option, String complaint) throws Exception {
        Path image = Files.createFile(directory.resolve("a.png"));

        CommandRun run = CommandRun.of("restore", image.toString(), "--out", directory.resolve("out") + "", option);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(run.err())
                .startsWith("driftrec: ")
                .contains(complaint)
                .hasLineCount(1)
                .matches("\\S+ .{30,}\\R");
    }

    @ParameterizedTest
    @CsvSource({
        "worker --bootstrap-servers=nowhere, nowhere",
        "worker --bootstrap-servers=nowhere.invalid:9092, bootstrap.servers",
        "worker --bootstrap-servers=localhost:1 --kafka-property=acks=0, acks",
        "worker --bootstrap-servers=localhost:1 --kafka-property=enable.auto.commit=true, enable.auto.commit",
        "worker --bootstrap-servers=localhost:1 --kafka-property=security.protocol=KNOCKING, KNOCKING",
        "worker --bootstrap-servers=localhost:1 --kafka-config=nowhere.properties, nowhere.properties",
        "worker --bootstrap-servers=localhost:1 --drain-timeout=-1, drainTimeout",
        "worker --bootstrap-servers=localhost:1 --worker-name=-, --worker-name",
        "trainer --bootstrap-servers=localhost:1 --checkpoints=c --publish-to=m --trainer-name=-, --trainer-name",
        "worker --bootstrap-servers=localhost:1 --http-port=70000, 70000",
        "worker --bootstrap-servers=localhost:1 --allow-source=ftp://here/, ftp://here/",
        "worker --bootstrap-servers=localhost:1 --models=nowhere, nowhere",
        "submit --bootstrap-servers=localhost:1 --target=s3://out/ --from-file nowhere.txt, nowhere.txt",
        "submit --bootstrap-servers=nowhere.invalid:9092 --target=s3://out/ s3://in/a.jpg, bootstrap.servers",
        "submit --bootstrap-servers=localhost:1 --target=s3://out/, --prefix",
        "submit --bootstrap-servers=localhost:1 --target=s3://out/ holiday.jpg, holiday.jpg",
    })
    void shouldSayInOneLineWhyAWorkerOrSenderCannotStart(String line, String complaint) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(run.err()).startsWith("driftrec: ").contains(complaint).hasLineCount(1);
    }
}
