package io.driftrec.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The entry point of {@code ./driftrec}: finds the command, runs it, and turns what it meets into an exit code. */
@Command(
        name = "driftrec",
        description =
                "Restores JPEG-damaged images with DriftRec diffusion models: images are named in Kafka messages, results go to "
                        + "object storage.",
        subcommands = {
            DemoCommand.class,
            WorkerCommand.class,
            SubmitCommand.class,
            RestoreCommand.class,
            TrainCommand.class,
            TrainerCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            ModelsCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "An option can also come from the environment (--max-tiles from DRIFTREC_MAX_TILES) or from the file named by "
                    + "--config (a line max-tiles=16).",
            "Exit codes: 0 done, 1 some images failed, 2 wrong usage, 3 cannot start, 4 a running worker broke."
        })
public final class Main implements Runnable {
    /** Read by logback.xml when the first logger is made. */
    private static final String LOG_LEVEL = "DRIFTREC_LOG_LEVEL";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A properties file with options, such as max-tiles=16.")
    @SuppressWarnings("UnusedVariable") // read from the raw arguments before they are parsed, see OptionDefaults
    private Optional<Path> config = Optional.empty();

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv()));
    }

    static int run(List<String> arguments, Map<String, String> environment) {
        if (!arguments.contains("worker") && !arguments.contains("trainer") && !environment.containsKey(LOG_LEVEL)) {
            System.setProperty(LOG_LEVEL, "ERROR"); // these commands print progress and failures themselves
        }
        CommandLine commandLine = commandLine();
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
        try {
            OptionDefaults defaults = OptionDefaults.of(arguments, environment);
            defaults.checkNames(commandLine);
            commandLine.setDefaultValueProvider(defaults);
        } catch (CannotStart unusable) {
            return explain(unusable, commandLine);
        }
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    /** All commands with their options, which take what the command line says and no other defaults than their own. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int explain(Exception failure, CommandLine command) {
        if (failure instanceof CannotStart) {
            command.getErr().println("driftrec: " + failure.getMessage());
            return ExitCode.CANNOT_START;
        }
        failure.printStackTrace(command.getErr());
        return ExitCode.BROKEN;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command, such as 'demo'");
    }
}
