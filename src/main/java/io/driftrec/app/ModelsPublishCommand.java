package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.kafka.RequestSender;
import io.driftrec.message.ModelPublished;
import io.driftrec.network.InvalidModelException;
import io.driftrec.registry.ModelPublication;
import io.driftrec.registry.ModelRefusedException;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import io.driftrec.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code driftrec models publish}: a version of a model goes to an object store, and the workers hear of it. */
@Command(
        name = "publish",
        description =
                "Uploads a model under the digest of its weights, and announces it to the workers that follow. Publishing an older "
                        + "version again goes back to it; with --digest, from what was published before.")
final class ModelsPublishCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The model.")
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "DIR|PREFIX",
            required = true,
            description = "Where published models are, such as s3://models/; the workers read it there.")
    private String target = "";

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Option(
            names = "--digest",
            paramLabel = "SHA256",
            description = "Announce this version again, which is at --to already, instead of the one in --models.")
    private @Nullable String digest;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--models-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.MODELS,
            description = "Default: ${DEFAULT-VALUE}.")
    private String topic = Topics.MODELS;

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private ModelCacheOptions cache = new ModelCacheOptions();

    @Override
    public Integer call() {
        ModelSource to = new ModelSource(target);
        ModelSource from = digest != null ? to : models.source();
        List<LocationPrefix> read = List.of(to.prefix(), from.prefix());
        StorageSettings settings = stores.settings(read, List.of(to.prefix()));
        try (RoutingStore store = RoutingStore.open(settings);
                RequestSender sender = sender(cluster.connection())) {
            Path directory = directory(from, cache.registry(store));
            ModelPublished model =
                    new ModelPublication(store, to.location(), sender::send, Clock.systemUTC()).publish(directory);
            System.out.printf("%s\t%s\t%s%n", model.name(), model.weightsSha256(), model.location());
            return ExitCode.OK;
        } catch (IllegalArgumentException
                | InvalidModelException
                | ModelRefusedException
                | StorageException
                | IOException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Path directory(ModelSource from, ModelRegistry registry)
            throws IOException, StorageException, ModelRefusedException {
        return digest != null
                ? registry.fetch(from.location(), name, digest).directory()
                : from.repository(name, registry).directory(name);
    }

    private RequestSender sender(KafkaConnection connection) {
        try {
            return RequestSender.open(ProducerSettings.defaults(connection), topic);
        } catch (RuntimeException refused) {
            throw CannotStart.kafka(refused);
        }
    }
}
