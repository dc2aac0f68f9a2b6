package io.driftrec.restore;

import io.driftrec.batch.Tiling;
import io.driftrec.message.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The models of a worker by name, one of which serves the requests that name none. Immutable. */
public final class ServedModels {
    private final Map<String, ServedModel> byName = new TreeMap<>();
    private final ServedModel standard;

    /**
     * @param standardName of the model for requests that name none
     * @throws IllegalArgumentException when there is no such model, or two have one name
     */
    public ServedModels(List<ServedModel> models, String standardName) {
        for (ServedModel model : models) {
            if (byName.put(model.identity().name(), model) != null) {
                throw new IllegalArgumentException(
                        "model: two are called '" + model.identity().name() + "'");
            }
        }
        ServedModel named = byName.get(standardName);
        if (named == null) {
            throw new IllegalArgumentException(unknown(standardName));
        }
        standard = named;
    }

    ServedModel standard() {
        return standard;
    }

    ServedModel named(String name) throws RequestFailure {
        ServedModel model = byName.get(name);
        if (model == null) {
            throw new RequestFailure(FailureCode.UNKNOWN_MODEL, unknown(name));
        }
        return model;
    }

    /**
     * Checks that every network takes tiles of this size.
     *
     * @throws IllegalArgumentException naming the model that does not
     */
    void checkTiling(Tiling tiling) {
        if (!(tiling instanceof Tiling.Tiles tiles)) {
            return;
        }
        for (ServedModel model : byName.values()) {
            int multiple = model.network().sizeMultiple();
            if (tiles.size() % multiple != 0) {
                throw new IllegalArgumentException("tile: " + tiles.size() + " is not a multiple of " + multiple
                        + ", as model '" + model.identity().name() + "' needs");
            }
        }
    }

    private String unknown(String name) {
        return "model: '" + name + "' is not among " + byName.keySet();
    }
}
