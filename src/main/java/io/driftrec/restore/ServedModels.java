package io.driftrec.restore;

import io.driftrec.batch.Tiling;
import io.driftrec.message.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The models of a worker by name, one of which serves the requests that name none, and of each its versions: the current one, and
 * those before it that are kept for requests that pin them.
 *
 * <p>A request leases the version that it begins with. A version that is neither current nor kept is retired: it is released when
 * its last lease is closed. Safe for use by several threads.
 *
 * <p>Why so: "Pinned versions are kept, not fetched" in {@code src/docs/RATIONALE.md}.
 */
public final class ServedModels {
    private final Map<String, List<Version>> byName = new TreeMap<>(); // the current version first
    private final String standardName;
    private final int previousVersions;
    private final BiConsumer<ServedModel, ModelState> listener;

    /** Guarded by the models' lock. */
    private static final class Version {
        private final ServedModel model;
        private int leases;
        private boolean isRetired;

        private Version(ServedModel model) {
            this.model = model;
        }

        private String digest() {
            return model.identity().weightsSha256();
        }
    }

    /**
     * One version of each model and none kept.
     *
     * @param standardName of the model for requests that name none
     * @throws IllegalArgumentException when there is no such model, or two have one name
     */
    public ServedModels(List<ServedModel> models, String standardName) {
        this(models, standardName, 0, (model, state) -> {});
    }

    /**
     * @param standardName of the model for requests that name none
     * @param previousVersions how many of a model are kept besides the current one
     * @param listener hears of each version's states in order, one call at a time; must be quick, and not ask for a model
     * @throws IllegalArgumentException when there is no such model, or two have one name
     */
    public ServedModels(
            List<ServedModel> models,
            String standardName,
            int previousVersions,
            BiConsumer<ServedModel, ModelState> listener) {
        if (previousVersions < 0) {
            throw new IllegalArgumentException("previous versions: " + previousVersions + " is not at least 0");
        }
        this.standardName = standardName;
        this.previousVersions = previousVersions;
        this.listener = listener;
        for (ServedModel model : models) {
            if (serves(model.identity().name())) {
                throw new IllegalArgumentException(
                        "model: two are called '" + model.identity().name() + "'");
            }
            serve(model);
        }
        if (!serves(standardName)) {
            throw new IllegalArgumentException(unknown(standardName));
        }
    }

    /** Whether there is a model of this name. */
    public synchronized boolean serves(String name) {
        return byName.containsKey(name);
    }

    /** Whether this is the version that new requests take. */
    public synchronized boolean isCurrent(String name, String digest) {
        List<Version> versions = byName.getOrDefault(name, List.of());
        return !versions.isEmpty() && versions.get(0).digest().equals(digest);
    }

    /** Makes a version current, of a model known or new; the one before it is kept, or retired. */
    public synchronized void serve(ServedModel model) {
        byName.computeIfAbsent(model.identity().name(), name -> new ArrayList<>())
                .add(0, new Version(model));
        settle(model.identity().name());
    }

    /**
     * Makes a version current again that is still served.
     *
     * @return whether there is such a version
     */
    public synchronized boolean resume(String name, String digest) {
        List<Version> versions = byName.getOrDefault(name, List.of());
        for (Version version : versions) {
            if (version.digest().equals(digest)) {
                versions.remove(version);
                versions.add(0, version);
                settle(name);
                return true;
            }
        }
        return false;
    }

    /** Tells the state of each version of a model, and retires those beyond what is kept. */
    private void settle(String name) {
        List<Version> versions = byName.getOrDefault(name, List.of());
        while (versions.size() > 1 + previousVersions) {
            Version last = versions.remove(versions.size() - 1);
            last.isRetired = true;
            listener.accept(last.model, ModelState.RETIRING);
            releaseIfUnused(last);
        }
        for (Version version : versions) {
            listener.accept(version.model, version.equals(versions.get(0)) ? ModelState.CURRENT : ModelState.PREVIOUS);
        }
    }

    private void releaseIfUnused(Version version) {
        if (version.isRetired && version.leases == 0) {
            listener.accept(version.model, ModelState.RELEASED);
        }
    }

    /**
     * The model that a request asks for, for as long as the lease is open.
     *
     * @param name the standard model where absent
     * @param digest the current version where absent
     */
    synchronized ModelLease lease(Optional<String> name, Optional<String> digest) throws RequestFailure {
        String wanted = name.orElse(standardName);
        List<Version> versions = byName.get(wanted);
        if (versions == null) {
            throw new RequestFailure(FailureCode.UNKNOWN_MODEL, unknown(wanted));
        }
        Version version = versions.get(0);
        if (digest.isPresent()) {
            version = versions.stream()
                    .filter(candidate -> candidate.digest().equals(digest.get()))
                    .findFirst()
                    .orElseThrow(() -> new RequestFailure(
                            FailureCode.UNKNOWN_MODEL, unknownVersion(wanted, digest.get(), versions)));
        }
        Version leased = version;
        leased.leases++;
        return new ModelLease(leased.model, () -> release(leased));
    }

    private synchronized void release(Version version) {
        version.leases--;
        releaseIfUnused(version);
    }

    /**
     * Checks that every network takes tiles of this size.
     *
     * @throws IllegalArgumentException naming the model that does not
     */
    synchronized void checkTiling(Tiling tiling) {
        byName.values().forEach(versions -> versions.forEach(version -> version.model.checkTiling(tiling)));
    }

    private String unknown(String name) {
        return "model: '" + name + "' is not among " + byName.keySet();
    }

    private static String unknownVersion(String name, String digest, List<Version> versions) {
        return "modelDigest: '" + digest + "' is no version of '" + name
                + "' that is loaded; loaded, the current first: "
                + versions.stream().map(Version::digest).collect(Collectors.joining(", "));
    }
}
