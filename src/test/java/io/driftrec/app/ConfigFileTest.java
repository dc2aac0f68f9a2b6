package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ConfigFileTest {
    @Command(name = "outer", subcommands = Inner.class)
    private static final class Outer {
        @Option(names = "--config")
        private String config;
    }

    @Command(name = "inner")
    private static final class Inner {
        @Option(
                names = {"-m", "--max-tiles"},
                defaultValue = "4")
        private int maxTiles;
    }

    @TempDir
    private Path directory;

    private OptionDefaults defaults(String content, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("driftrec.properties"), content);
        return OptionDefaults.of(List.of("--config=" + file), environment);
    }

    private static int maxTiles(OptionDefaults defaults) {
        Outer outer = new Outer();
        CommandLine commands = new CommandLine(outer).setDefaultValueProvider(defaults);
        return ((Inner) commands.parseArgs("inner").subcommand().commandSpec().userObject()).maxTiles;
    }

    @Test
    void shouldTakeTheOptionsOfEveryCommand() throws IOException {
        OptionDefaults defaults = defaults("max-tiles=16\nconfig=x\n", Map.of());

        assertThatCode(() -> defaults.checkNames(new CommandLine(new Outer()))).doesNotThrowAnyException();
        assertThat(maxTiles(defaults)).isEqualTo(16);
    }

    @Test
    void shouldNameWhatIsAnOptionOfNoCommand() throws IOException {
        OptionDefaults defaults = defaults("max-tile=16\n--max-tiles=3\nmax-tiles=4\n", Map.of());

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> defaults.checkNames(new CommandLine(new Outer())))
                .withMessage("--config: no command has an option called --max-tiles, max-tile");
    }

    @Test
    void shouldTakeAnEmptyVariableForNone() throws IOException {
        assertThat(maxTiles(defaults("max-tiles=16", Map.of("DRIFTREC_MAX_TILES", ""))))
                .isEqualTo(16);
        assertThat(maxTiles(defaults("", Map.of("DRIFTREC_MAX_TILES", "")))).isEqualTo(4);
    }

    @Test
    void shouldRefuseAFileThatIsNoPropertiesFile() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> defaults("max-tiles=\\u00zz", Map.of()))
                .withMessageContaining("driftrec.properties: not a readable properties file");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> OptionDefaults.of(List.of("demo", "--config", "nowhere.properties"), Map.of()))
                .withMessageStartingWith("--config nowhere.properties: ");
    }

    @Test
    void shouldNotMissTheValueOfAConfigOptionThatHasNone() {
        assertThatCode(() -> OptionDefaults.of(List.of("demo", "--config"), Map.of()))
                .doesNotThrowAnyException(); // the parser says what is missing
    }
}
