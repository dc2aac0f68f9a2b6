package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

class OptionDefaultsTest {
    @Command(name = "options")
    private static final class Options {
        @Option(names = "--config")
        private String config;

        @Mixin
        private RestorerOptions restorer = new RestorerOptions();

        @Mixin
        private StorageOptions storage = new StorageOptions();

        @Mixin
        private KafkaOptions kafka = new KafkaOptions();
    }

    @TempDir
    private Path directory;

    private String file;

    @BeforeEach
    void writeFile() throws Exception {
        file = Files.writeString(directory.resolve("driftrec.properties"), "max-tiles=7\nbootstrap-servers=file:1\n")
                .toString();
    }

    @Test
    void shouldTakeTheCommandLineBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() {
        Map<String, String> environment = Map.of("DRIFTREC_MAX_TILES", "9", "DRIFTREC_BOOTSTRAP_SERVERS", "variable:1");

        assertThat(maxTiles(environment, "--config", file, "--max-tiles=11")).isEqualTo(11);
        assertThat(maxTiles(environment, "--config=" + file)).isEqualTo(9);
        assertThat(maxTiles(Map.of(), "--config", file)).isEqualTo(7);
        assertThat(maxTiles(Map.of("DRIFTREC_CONFIG", file))).isEqualTo(7);
        assertThat(maxTiles(Map.of("DRIFTREC_BOOTSTRAP_SERVERS", "variable:1"))).isEqualTo(2);
    }

    @Test
    void shouldAcceptRequiredOptionsFromTheEnvironmentOrTheFile() {
        assertThat(parse(Map.of("DRIFTREC_CONFIG", file)).kafka.connection().bootstrapServers())
                .isEqualTo("file:1");
        assertThat(parse(Map.of("DRIFTREC_BOOTSTRAP_SERVERS", "variable:1"))
                        .kafka
                        .connection()
                        .bootstrapServers())
                .isEqualTo("variable:1");
    }

    @Test
    void shouldSplitListsAndReplaceThemAsAWhole() {
        Map<String, String> environment =
                Map.of("DRIFTREC_CONFIG", file, "DRIFTREC_ALLOW_SOURCE", "s3://one/,https://two.example/");

        assertThat(parse(environment).storage.settings().policy().sources())
                .containsExactly(LocationPrefix.parse("s3://one/"), LocationPrefix.parse("https://two.example/"));
        assertThat(parse(environment, "--allow-source=s3://three/")
                        .storage
                        .settings()
                        .policy()
                        .sources())
                .containsExactly(LocationPrefix.parse("s3://three/"));
    }

    @Test
    void shouldTryLongEnoughForAStoreToRestart() {
        assertThat(parse(Map.of("DRIFTREC_CONFIG", file)).restorer.maxAttempts())
                .isEqualTo(20);
    }

    @Test
    void shouldKnowFlagsAsTrueAndFalse() {
        assertThat(pathStyle("true").s3PathStyle()).isTrue();
        assertThat(pathStyle("false").s3PathStyle()).isFalse();
        assertThat(pathStyle("true", "--s3-path-style").s3PathStyle()).isTrue();
        assertThat(pathStyle("false", "--s3-path-style").s3PathStyle()).isTrue();
    }

    @Test
    void shouldKeepTheCommasOfAKafkaProperty() {
        Map<String, String> environment =
                Map.of("DRIFTREC_CONFIG", file, "DRIFTREC_KAFKA_PROPERTY", "ssl.enabled.protocols=TLSv1.2,TLSv1.3");

        assertThat(parse(environment).kafka.connection().properties())
                .isEqualTo(Map.of("ssl.enabled.protocols", "TLSv1.2,TLSv1.3"));
    }

    @Test
    void shouldMeanYesByAnyFlagOnAnyCommandLine() {
        List<OptionSpec> flags = Main.commandLine().getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> option.type() == boolean.class && !option.usageHelp() && !option.versionHelp())
                .toList();

        assertThat(flags).isNotEmpty().allSatisfy(flag -> assertThat(flag.fallbackValue())
                .as(flag.longestName())
                .isEqualTo("true"));
    }

    private StorageSettings pathStyle(String variable, String... arguments) {
        return parse(Map.of("DRIFTREC_CONFIG", file, "DRIFTREC_S3_PATH_STYLE", variable), arguments)
                .storage
                .settings();
    }

    private static int maxTiles(Map<String, String> environment, String... arguments) {
        return parse(environment, arguments).restorer.lane(false).maxTiles();
    }

    private static Options parse(Map<String, String> environment, String... arguments) {
        Options options = new Options();
        new CommandLine(options)
                .setDefaultValueProvider(OptionDefaults.of(List.of(arguments), environment))
                .parseArgs(arguments);
        return options;
    }
}
