package io.driftrec.restore;

import io.driftrec.message.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The models of a worker by name, one of which serves the requests that name none. */
public final class ServedModels {
    private final Map<String, ServedModel> byName;
    private final ServedModel standard;

    /**
     * @param standardName of the model for requests that name none
     * @throws IllegalArgumentException when there is no such model
     */
    public ServedModels(List<ServedModel> models, String standardName) {
        byName = new TreeMap<>(models.stream()
                .collect(Collectors.toMap(model -> model.identity().name(), Function.identity())));
        ServedModel named = byName.get(standardName);
        if (named == null) {
            throw new IllegalArgumentException("model: '" + standardName + "' is not among " + byName.keySet());
        }
        standard = named;
    }

    ServedModel standard() {
        return standard;
    }

    ServedModel named(String name) throws RequestFailure {
        ServedModel model = byName.get(name);
        if (model == null) {
            throw new RequestFailure(
                    FailureCode.UNKNOWN_MODEL, "model: '" + name + "' is not among " + byName.keySet());
        }
        return model;
    }
}
