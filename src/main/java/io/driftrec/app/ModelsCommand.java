package io.driftrec.app;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelCard;
import io.driftrec.network.ModelRepository;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code driftrec models}: what is there; {@link ModelsImportCommand} adds to it. */
@Command(name = "models", description = "Lists the models of a folder.", subcommands = ModelsImportCommand.class)
final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private ModelsOption models = new ModelsOption();

    @Override
    public Integer call() {
        try {
            ModelRepository repository = new ModelRepository(models.folder());
            for (String name : repository.names()) {
                ModelCard card = repository.card(name);
                System.out.printf(
                        "%s: %s, %,d parameters. %s%n  licence: %s%n",
                        name,
                        card.process().name(),
                        card.architecture().parameterCount(),
                        card.description(),
                        card.licence());
                card.quality()
                        .forEach(measured -> System.out.printf(
                                "  %s on %s: %s%n", measured.sampler(), measured.data(), measured.metrics()));
            }
            return ExitCode.OK;
        } catch (IOException | InvalidModelException wrong) {
            throw new CannotStart("--models " + models.folder() + ": " + wrong.getMessage(), wrong);
        }
    }
}
