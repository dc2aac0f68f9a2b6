package io.driftrec.app;

import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneListener;
import io.driftrec.batch.LaneMetrics;
import io.driftrec.message.ModelPublished;
import io.driftrec.network.DeviceNoise;
import io.driftrec.network.DeviceOutOfMemoryException;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.LoadedModel;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import io.driftrec.registry.FetchedModel;
import io.driftrec.registry.ModelRefusal;
import io.driftrec.registry.ModelRefusedException;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.restore.ModelState;
import io.driftrec.restore.RequestPlanner;
import io.driftrec.restore.RestorationService;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.restore.RestoreSettings;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.LocationPolicy;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import io.driftrec.storage.StorageSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Everything that restores images, without Kafka: engine, models, lane, stores and the service over them. What a worker, the demo
 * and {@code driftrec restore} have in common.
 */
final class Restorer implements AutoCloseable {
    private final TensorEngine engine;
    private final LocationPolicy modelStores;
    private final RoutingStore modelStore;
    private final ModelRegistry registry;
    private final LoadedModels models;
    private final DeviceNoise noise;
    private final RoutingStore store;
    private final ExecutorService replies;
    private final Lane lane;
    private final Admission admission;
    private final RestorationService service;
    private final int maxInFlight;

    /** Who hears what of a restorer. */
    record Observers(
            RestoreMetrics restore,
            LaneMetrics lane,
            LaneListener listener,
            BiConsumer<LoadedModel, ModelState> versions) {}

    /**
     * Loads the models and starts the lane; the models stay as they are.
     *
     * @param worker the name that results carry
     * @throws CannotStart naming the option or model that is wrong
     */
    static Restorer open(
            RestorerOptions options,
            StorageSettings storage,
            String worker,
            RestoreMetrics restoreMetrics,
            LaneMetrics laneMetrics,
            LaneListener listener) {
        Observers observers = new Observers(restoreMetrics, laneMetrics, listener, (model, state) -> {});
        return open(options, new FollowOptions(), storage, worker, observers);
    }

    /**
     * Loads the models and starts the lane.
     *
     * @param follow which further models may come, and from where
     * @param worker the name that results carry
     * @throws CannotStart naming the option or model that is wrong
     */
    static Restorer open(
            RestorerOptions options,
            FollowOptions follow,
            StorageSettings storage,
            String worker,
            Observers observers) {
        try {
            return new Restorer(options, follow, storage, worker, observers);
        } catch (IllegalArgumentException | InvalidModelException | DeviceOutOfMemoryException | IOException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Restorer(
            RestorerOptions options, FollowOptions follow, StorageSettings storage, String worker, Observers observers)
            throws IOException {
        engine = options.device().start();
        Precision precision = engine.precision(options.precision());
        List<LocationPrefix> allowed = Stream.concat(Stream.of(options.models().prefix()), follow.allowed().stream())
                .toList();
        modelStores = new LocationPolicy(allowed, List.of());
        modelStore = RoutingStore.open(storage.withAllowed(allowed, List.of()));
        registry = options.registry(modelStore);
        store = RoutingStore.open(storage);
        replies = Executors.newSingleThreadExecutor(task -> new Thread(task, "lane-replies"));
        lane = new Lane(
                options.lane(engine.isGpu()), observers.lane(), observers.listener(), replies, System::nanoTime);
        admission = new Admission(options.maxCost());
        maxInFlight = options.maxInFlight(engine.isGpu());
        noise = DeviceNoise.load(engine);
        List<LoadedModel> loaded = new ArrayList<>();
        try {
            load(options, precision, loaded);
            LoadedModels.Settings keeping = new LoadedModels.Settings(
                    precision, options.tiling(), follow.keptVersions(), follow.isOfAllModels(), observers.versions());
            models = new LoadedModels(engine, noise, lane, keeping, loaded, options.defaultModel());
            service = service(options, storage, worker, observers.restore());
        } catch (RuntimeException | IOException wrong) {
            loaded.forEach(LoadedModel::close);
            noise.close();
            replies.shutdown();
            throw wrong;
        }
        lane.start();
    }

    private RestorationService service(
            RestorerOptions options, StorageSettings storage, String worker, RestoreMetrics metrics) {
        return new RestorationService(
                store,
                new RequestPlanner(models.served(), storage.policy(), options.defaultSampler()),
                admission,
                lane,
                new RestoreSettings(
                        worker,
                        options.limits(),
                        Backoff.ofAttempts(options.maxAttempts()),
                        options.tiling(),
                        RestoreSettings.decodedPixelsOf(Runtime.getRuntime().maxMemory())),
                Clock.systemUTC(),
                metrics);
    }

    /** Each is tried out once: one that answers with no numbers would turn every request into a failure, for good. */
    private void load(RestorerOptions options, Precision precision, List<LoadedModel> loaded) throws IOException {
        for (String name : options.models().names(registry, options.defaultModel())) {
            LoadedModel model = options.models().repository(name, registry).load(name, engine, precision);
            loaded.add(model);
            model.check();
        }
    }

    /**
     * Lets the process end while the lane is at work, as by Ctrl-C: the lane's thread must be out of the native library before the
     * process leaves, or it crashes on the way out. Not for a worker, which drains first.
     */
    void closeLaneAtShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(lane::close, "shutdown"));
    }

    RestorationService service() {
        return service;
    }

    Lane lane() {
        return lane;
    }

    Admission admission() {
        return admission;
    }

    RoutingStore store() {
        return store;
    }

    TensorEngine engine() {
        return engine;
    }

    LoadedModels models() {
        return models;
    }

    /** Brings a version that was announced to the local disk, if it may come from where it is. */
    FetchedModel fetch(ModelPublished model) throws StorageException, IOException, ModelRefusedException {
        try {
            modelStores.checkSource(model.location());
        } catch (StorageException elsewhere) {
            throw new ModelRefusedException(
                    ModelRefusal.FORBIDDEN, model.location() + " is neither under --models nor under an --allow-model");
        }
        return registry.fetch(model);
    }

    int maxInFlight() {
        return maxInFlight;
    }

    @Override
    public void close() {
        lane.close();
        replies.shutdown();
        noise.close();
        models.close();
        store.close();
        modelStore.close();
    }
}
