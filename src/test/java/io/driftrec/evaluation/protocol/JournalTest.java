package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Map<String, String> SETTINGS = Map.of("seed", "1", "crop", "none");
    private static final CellKey KEY = new CellKey("q10", "sub/zwei ü", "small/2m:10");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("journal.jsonl");
    }

    private static Cell cell(double psnr) {
        return new Cell(
                KEY,
                "0123",
                Optional.empty(),
                10,
                0.25,
                new Measurement(
                        Map.of("psnr", psnr, "bef", 1.0 / 3),
                        Map.of("net", Measurement.encoded(new float[] {1.5f, -2f, 1e-20f}))));
    }

    @Test
    void shouldGiveBackWhatWasAppended() throws IOException {
        Cell failed = Cell.failed(new CellKey("q5", "a", "peer"), "f", "exit code 1: \"no\"\nmore");
        try (Journal journal = Journal.open(file, SETTINGS)) {
            journal.append(cell(Double.POSITIVE_INFINITY));
            journal.append(failed);
        }

        try (Journal journal = Journal.open(file, SETTINGS)) {
            assertThat(journal.find(KEY)).contains(cell(Double.POSITIVE_INFINITY));
            assertThat(journal.find(failed.key())).contains(failed);
            assertThat(journal.find(new CellKey("q5", "a", "other"))).isEmpty();
            assertThat(Measurement.decoded(journal.find(KEY)
                            .orElseThrow()
                            .measurement()
                            .features()
                            .get("net")))
                    .containsExactly(1.5f, -2f, 1e-20f);
        }
    }

    @Test
    void shouldLetTheLaterOutcomeOfACellCount() throws IOException {
        try (Journal journal = Journal.open(file, SETTINGS)) {
            journal.append(Cell.failed(KEY, "0123", "no"));
            journal.append(cell(30));
            assertThat(journal.find(KEY)).contains(cell(30));
        }

        try (Journal journal = Journal.open(file, SETTINGS)) {
            assertThat(journal.find(KEY)).contains(cell(30));
        }
    }

    @Test
    void shouldDropALineThatWasCutShortAndGoOnBehindTheLastWholeOne() throws IOException {
        try (Journal journal = Journal.open(file, SETTINGS)) {
            journal.append(cell(30));
        }
        Files.writeString(file, "{\"condition\":\"q10\",\"ima", StandardOpenOption.APPEND);

        Cell other = Cell.failed(new CellKey("q5", "a", "peer"), "f", "no");
        try (Journal journal = Journal.open(file, SETTINGS)) {
            assertThat(journal.find(KEY)).contains(cell(30));
            journal.append(other);
        }

        try (Journal journal = Journal.open(file, SETTINGS)) {
            assertThat(journal.find(other.key())).contains(other);
        }
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void shouldRefuseOtherSettingsAndNameThem() throws IOException {
        measureOne(SETTINGS);
        List<String> before = Files.readAllLines(file);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Journal.open(file, Map.of("seed", "2")))
                .withMessageContaining("seed = 1")
                .withMessageContaining("it is 2 now")
                .withMessageContaining("another folder");
        assertThat(Files.readAllLines(file)).isEqualTo(before);
    }

    @Test
    void shouldTakeFurtherSettingsAndThenHoldThemToo() throws IOException {
        measureOne(SETTINGS);

        Journal.open(file, Map.of("seed", "1", "model b", "abc")).close();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Journal.open(file, Map.of("model b", "abd")))
                .withMessageContaining("model b = abc");
    }

    @Test
    void shouldForgetSettingsWithWhichNothingWasMeasured() throws IOException {
        try (Journal journal = Journal.open(file, Map.of("seed", "2"))) {
            journal.append(Cell.failed(KEY, "0123", "no"));
        }
        measureOne(SETTINGS);

        try (Journal journal = Journal.open(file, SETTINGS)) {
            assertThat(journal.settings()).isEqualTo(SETTINGS);
        }
    }

    @Test
    void shouldHoldAMethodsSettingWhereThatMethodHasBeenMeasured() throws IOException {
        measureOne(Map.of("method small/2m:10", "a", "method peer", "b"));

        Journal.open(file, Map.of("method peer", "c")).close();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Journal.open(file, Map.of("method small/2m:10", "d")))
                .withMessageContaining("method small/2m:10 = a");
    }

    private void measureOne(Map<String, String> settings) throws IOException {
        try (Journal journal = Journal.open(file, settings)) {
            journal.append(cell(30));
        }
    }

    @Test
    void shouldNameTheLineThatIsNotItsOwn() throws IOException {
        Files.writeString(file, "{\"settings\":{}}\nnonsense\n");

        assertThatIOException().isThrownBy(() -> Journal.open(file, SETTINGS)).withMessageContaining("line 2");
    }

    @Test
    void shouldNotBeOpenedTwice() throws IOException {
        try (Journal journal = Journal.open(file, SETTINGS)) {
            journal.append(cell(30));
            assertThatIOException()
                    .isThrownBy(() -> Journal.open(file, SETTINGS))
                    .withMessageContaining("in use");
        }
    }
}
