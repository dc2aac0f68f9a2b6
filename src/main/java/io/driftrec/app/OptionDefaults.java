package io.driftrec.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option that is not on the command line comes from: the environment ({@code --max-tiles} from {@code
 * DRIFTREC_MAX_TILES}), then the file named by {@code --config} ({@code max-tiles=16}), then the option's own default. An
 * option that may be repeated takes a comma-separated list there, where its help shows the commas; {@code --kafka-property} and
 * {@code --attribute}, whose values may have commas themselves, take one pair. A flag takes {@code true} or {@code false}; such
 * options declare the fallback {@code true}, since picocli would else take a flag on the command line for the opposite of its
 * default. An empty variable counts as none, because deployments cannot leave one out.
 */
final class OptionDefaults implements IDefaultValueProvider {
    private static final String CONFIG = "--config";

    private final Map<String, String> environment;
    private final Properties file;

    OptionDefaults(Map<String, String> environment, Properties file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Reads the file that the arguments or the environment name.
     *
     * @throws CannotStart when the file can't be read
     */
    static OptionDefaults of(List<String> arguments, Map<String, String> environment) {
        String path = configPath(arguments, environment);
        Properties properties = path == null ? new Properties() : PropertiesFile.read(CONFIG, Path.of(path));
        return new OptionDefaults(environment, properties);
    }

    /**
     * Checks the names in the file, of which a mistyped one would be ignored for ever.
     *
     * @throws CannotStart naming those that are an option of no command
     */
    void checkNames(CommandLine commands) {
        Set<String> unknown = new TreeSet<>(file.stringPropertyNames());
        removeOptions(commands, unknown);
        if (!unknown.isEmpty()) {
            throw new CannotStart(CONFIG + ": no command has an option called " + String.join(", ", unknown));
        }
    }

    private static void removeOptions(CommandLine command, Set<String> names) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.remove(name(option));
        }
        command.getSubcommands().values().forEach(subcommand -> removeOptions(subcommand, names));
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    private static @Nullable String configPath(List<String> arguments, Map<String, String> environment) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(CONFIG + "=")) {
                return argument.substring(CONFIG.length() + 1);
            }
            if (argument.equals(CONFIG) && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        return environment.get("DRIFTREC_CONFIG");
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String name = name(option);
        String fromEnvironment =
                environment.get("DRIFTREC_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        return fromEnvironment != null && !fromEnvironment.isEmpty() ? fromEnvironment : file.getProperty(name);
    }
}
