package io.driftrec.app;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelCard;
import io.driftrec.network.ModelRepository;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.RoutingStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code driftrec models}: what is there; {@link ModelsImportCommand} adds to it, {@link ModelsPublishCommand} passes on. */
@Command(
        name = "models",
        description = "Lists models and their versions.",
        subcommands = {ModelsImportCommand.class, ModelsPublishCommand.class})
final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private ModelsOption models = new ModelsOption();

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private ModelCacheOptions cache = new ModelCacheOptions();

    @Override
    public Integer call() {
        ModelSource source = models.source();
        try (RoutingStore store = RoutingStore.open(stores.settings(List.of(source.prefix()), List.of()))) {
            ModelRegistry registry = cache.registry(store);
            for (String name : source.names(registry, RestorerOptions.DEFAULT_MODEL)) {
                print(source.repository(name, registry), name);
            }
            return ExitCode.OK;
        } catch (IOException | IllegalArgumentException | InvalidModelException wrong) {
            throw new CannotStart("--models " + source + ": " + wrong.getMessage(), wrong);
        }
    }

    private static void print(ModelRepository repository, String name) throws IOException {
        ModelCard card = repository.card(name);
        System.out.printf(
                "%s: %s, %,d parameters. %s%n  digest: %s%n  licence: %s%n",
                name,
                card.process().name(),
                card.architecture().parameterCount(),
                card.description(),
                repository.digest(name),
                card.licence());
        card.quality()
                .forEach(measured -> System.out.printf(
                        "  %s; sampler %s: %s%n",
                        measured.data(), measured.sampler(), String.join(", ", figures(measured.metrics()))));
    }

    private static List<String> figures(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .map(metric -> metric.getKey() + " "
                        + BigDecimal.valueOf(metric.getValue()).toPlainString())
                .toList();
    }
}
