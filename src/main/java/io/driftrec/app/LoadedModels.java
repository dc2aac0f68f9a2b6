package io.driftrec.app;

import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneFencedException;
import io.driftrec.batch.LaneStoppedException;
import io.driftrec.batch.Tiling;
import io.driftrec.message.ModelIdentity;
import io.driftrec.network.DeviceNoise;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.LoadedModel;
import io.driftrec.network.Precision;
import io.driftrec.network.PreparedModel;
import io.driftrec.network.ScoreNetwork;
import io.driftrec.network.TensorEngine;
import io.driftrec.registry.FetchedModel;
import io.driftrec.registry.ModelHost;
import io.driftrec.restore.ModelState;
import io.driftrec.restore.ServedModel;
import io.driftrec.restore.ServedModels;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in a device's memory: what is loaded at the start, what comes and goes while the lane runs, and what is closed at the
 * end. A version is read and its program written on the calling thread; only the lane's thread loads, tries out and closes, because
 * it alone touches the device.
 */
final class LoadedModels implements ModelHost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);

    private final TensorEngine engine;
    private final DeviceNoise noise;
    private final Lane lane;
    private final Settings settings;
    private final Map<ScoreNetwork, LoadedModel> open = new IdentityHashMap<>(); // guarded by itself
    private final ServedModels served;

    /**
     * How models are loaded and kept.
     *
     * @param previousVersions kept of each model besides the current one
     * @param isOpenToAll whether models of other names than at the start are taken up
     * @param listener hears of each version's states; must be quick
     */
    record Settings(
            Precision precision,
            Tiling tiling,
            int previousVersions,
            boolean isOpenToAll,
            BiConsumer<LoadedModel, ModelState> listener) {}

    /**
     * Serves models that were loaded before the lane started.
     *
     * @throws IllegalArgumentException when the default model is not among them, or two have one name
     */
    LoadedModels(
            TensorEngine engine,
            DeviceNoise noise,
            Lane lane,
            Settings settings,
            List<LoadedModel> models,
            String defaultModel) {
        this.engine = engine;
        this.noise = noise;
        this.lane = lane;
        this.settings = settings;
        models.forEach(this::add);
        this.served = new ServedModels(
                models.stream().map(this::served).toList(), defaultModel, settings.previousVersions(), this::became);
    }

    /** What is in the device's memory now. */
    List<LoadedModel> loaded() {
        synchronized (open) {
            return List.copyOf(open.values());
        }
    }

    ServedModels served() {
        return served;
    }

    @Override
    public boolean follows(String name) {
        return settings.isOpenToAll() || served.serves(name);
    }

    @Override
    public boolean isCurrent(String name, String digest) {
        return served.isCurrent(name, digest);
    }

    @Override
    public boolean resume(String name, String digest) {
        return served.resume(name, digest);
    }

    @Override
    public void install(FetchedModel model) throws IOException, InterruptedException {
        PreparedModel prepared = model.repository().prepare(model.name(), engine.programOptions(settings.precision()));
        if (!prepared.digest().equals(model.digest())) {
            throw new InvalidModelException(model.directory() + " changed while it was read");
        }
        served.serve(served(onDevice(prepared)));
    }

    private LoadedModel onDevice(PreparedModel prepared) throws InterruptedException {
        CompletableFuture<LoadedModel> loading = lane.onDevice(() -> load(prepared));
        try {
            return loading.get();
        } catch (InterruptedException stopping) {
            loading.cancel(false);
            throw stopping;
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof LaneStoppedException || cause instanceof LaneFencedException) {
                throw (InterruptedException) new InterruptedException("the lane stops").initCause(cause);
            }
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("loading failed with " + cause, cause);
        }
    }

    /** On the lane's thread. */
    private LoadedModel load(PreparedModel prepared) {
        LoadedModel model = prepared.load(engine);
        try {
            model.check();
            served(model).checkTiling(settings.tiling());
        } catch (IllegalArgumentException otherTiles) {
            model.close();
            throw new InvalidModelException(String.valueOf(otherTiles.getMessage()), otherTiles);
        } catch (RuntimeException useless) {
            model.close();
            throw useless;
        }
        add(model);
        return model;
    }

    private void add(LoadedModel model) {
        synchronized (open) {
            open.put(model.network(), model);
        }
        LOG.atInfo()
                .addKeyValue("model", model.card().name())
                .addKeyValue("digest", model.digest())
                .addKeyValue("precision", model.precision().label())
                .log("model loaded");
    }

    private ServedModel served(LoadedModel model) {
        ModelIdentity identity = new ModelIdentity(
                model.card().name(), model.digest(), model.network().process().name());
        return new ServedModel(identity, model.network(), noise::noise);
    }

    private void became(ServedModel version, ModelState state) {
        LoadedModel model;
        synchronized (open) {
            model = open.get(version.network());
        }
        if (model == null) {
            return;
        }
        settings.listener().accept(model, state);
        if (state == ModelState.RELEASED) {
            // a lane that stops refuses; then close() does it, after the lane
            lane.onDevice(() -> {
                closeReleased(model);
                return model;
            });
        }
    }

    /** On the lane's thread. */
    private void closeReleased(LoadedModel model) {
        synchronized (open) {
            open.remove(model.network());
        }
        model.close();
        LOG.atInfo()
                .addKeyValue("model", model.card().name())
                .addKeyValue("digest", model.digest())
                .log("model closed");
    }

    /** Closes all that is loaded; after the lane, whose thread uses it. */
    @Override
    public void close() {
        synchronized (open) {
            open.values().forEach(LoadedModel::close);
            open.clear();
        }
    }
}
