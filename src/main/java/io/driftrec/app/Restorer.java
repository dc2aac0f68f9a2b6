package io.driftrec.app;

import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneListener;
import io.driftrec.batch.LaneMetrics;
import io.driftrec.message.ModelIdentity;
import io.driftrec.network.DeviceNoise;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.LoadedModel;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import io.driftrec.restore.Backoff;
import io.driftrec.restore.RequestPlanner;
import io.driftrec.restore.RestorationService;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.restore.RestoreSettings;
import io.driftrec.restore.ServedModel;
import io.driftrec.restore.ServedModels;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that restores images, without Kafka: engine, models, lane, stores and the service over them. What a worker, the demo
 * and {@code driftrec restore} have in common.
 */
final class Restorer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);

    private final TensorEngine engine;
    private final List<LoadedModel> models;
    private final DeviceNoise noise;
    private final RoutingStore store;
    private final ExecutorService replies;
    private final Lane lane;
    private final Admission admission;
    private final RestorationService service;
    private final int maxInFlight;

    /**
     * Loads the models and starts the lane.
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
        try {
            return new Restorer(options, storage, worker, restoreMetrics, laneMetrics, listener);
        } catch (IllegalArgumentException | InvalidModelException | IOException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Restorer(
            RestorerOptions options,
            StorageSettings storage,
            String worker,
            RestoreMetrics restoreMetrics,
            LaneMetrics laneMetrics,
            LaneListener listener)
            throws IOException {
        engine = TensorEngine.start(options.device(), options.threads());
        models = load(new ModelRepository(options.models()), options.precision());
        noise = DeviceNoise.load(engine);
        ServedModels served = new ServedModels(models.stream().map(this::served).toList(), options.defaultModel());
        store = RoutingStore.open(storage);
        replies = Executors.newSingleThreadExecutor(task -> new Thread(task, "lane-replies"));
        lane = new Lane(options.lane(engine.isGpu()), laneMetrics, listener, replies, System::nanoTime);
        admission = new Admission(options.maxCost());
        maxInFlight = options.maxInFlight(engine.isGpu());
        service = new RestorationService(
                store,
                new RequestPlanner(served, storage.policy(), options.defaultSampler()),
                admission,
                lane,
                new RestoreSettings(
                        worker,
                        options.limits(),
                        Backoff.ofAttempts(options.maxAttempts()),
                        options.tiling(),
                        RestoreSettings.decodedPixelsOf(Runtime.getRuntime().maxMemory())),
                Clock.systemUTC(),
                restoreMetrics);
        lane.start();
    }

    private List<LoadedModel> load(ModelRepository repository, String precision) throws IOException {
        Precision chosen = engine.precision(precision);
        List<LoadedModel> loaded = new ArrayList<>();
        for (String name : repository.names()) {
            loaded.add(repository.load(name, engine, chosen));
        }
        return loaded;
    }

    private ServedModel served(LoadedModel model) {
        LOG.atInfo()
                .addKeyValue("model", model.card().name())
                .addKeyValue("digest", model.digest())
                .addKeyValue("precision", model.precision().label())
                .log("model loaded");
        ModelIdentity identity = new ModelIdentity(
                model.card().name(), model.digest(), model.network().process().name());
        return new ServedModel(identity, model.network(), noise::noise);
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

    List<LoadedModel> models() {
        return models;
    }

    int maxInFlight() {
        return maxInFlight;
    }

    @Override
    public void close() {
        lane.close();
        replies.shutdown();
        noise.close();
        models.forEach(LoadedModel::close);
        store.close();
    }
}
