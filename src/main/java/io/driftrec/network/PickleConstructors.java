package io.driftrec.network;

import io.driftrec.network.PickleReader.Global;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a pickle of a checkpoint may call, and what becomes of it. Nothing else is called, whatever a pickle asks for. */
final class PickleConstructors {
    private static final String DICT = "dict";
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("collections.OrderedDict", DICT),
            Map.entry("collections.defaultdict", "defaultdict"),
            Map.entry("pytorch_lightning.utilities.parsing.AttributeDict", DICT),
            Map.entry("pytorch_lightning.utilities.data.AttributeDict", DICT),
            Map.entry("lightning.pytorch.utilities.parsing.AttributeDict", DICT),
            Map.entry("lightning_fabric.utilities.data.AttributeDict", DICT),
            Map.entry("lightning.fabric.utilities.data.AttributeDict", DICT),
            Map.entry("torch._utils._rebuild_tensor_v2", "tensor"),
            Map.entry("torch._utils._rebuild_parameter", "first"),
            Map.entry("torch.Size", "first"),
            Map.entry("builtins.set", "first"),
            Map.entry("__builtin__.set", "first"));

    /** Constructors of values that a checkpoint may hold and that no network needs: read over, not made. */
    private static final Set<String> INERT = Set.of(
            "argparse.Namespace",
            "pathlib.Path",
            "pathlib.PosixPath",
            "pathlib.PurePosixPath",
            "pathlib.WindowsPath",
            "torch.device",
            "_codecs.encode",
            "numpy.dtype",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray.scalar");

    /** A value that was read over. */
    record Opaque(String constructor) {}

    /** A tensor's memory: an entry of the checkpoint's archive. */
    record Storage(TensorType type, String key, long elements) {}

    /** A view of a storage. */
    record View(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

    private PickleConstructors() {}

    /**
     * @throws InvalidModelException when the call is not allowed
     */
    static Object call(Global function, List<Object> arguments) {
        String name = function.toString();
        if (INERT.contains(name)) {
            return new Opaque(name);
        }
        return switch (MEANINGS.getOrDefault(name, "")) {
            case DICT -> dict(arguments);
            case "defaultdict" -> new LinkedHashMap<>();
            case "first" -> arguments.isEmpty() ? new ArrayList<>() : arguments.get(0);
            case "tensor" -> view(arguments);
            default ->
                throw new InvalidModelException(
                        "the checkpoint wants to call \"%s\", which is not allowed: it may be malicious"
                                .formatted(name));
        };
    }

    private static Map<Object, Object> dict(List<Object> arguments) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        if (!arguments.isEmpty() && arguments.get(0) instanceof List<?> pairs) {
            for (Object pair : pairs) {
                if (pair instanceof List<?> entry && entry.size() == 2 && entry.get(0) instanceof String key) {
                    entries.put(key, entry.get(1));
                }
            }
        } else if (!arguments.isEmpty() && arguments.get(0) instanceof Map<?, ?> map) {
            entries.putAll(map);
        }
        return entries;
    }

    /** The memory that a persistent id names: {@code ("storage", class, key, device, elements)}. */
    static Storage storage(List<Object> id) {
        if (id.size() != 5
                || !"storage".equals(id.get(0))
                || !(id.get(1) instanceof Global storageClass)
                || !(id.get(2) instanceof String key)
                || !(id.get(4) instanceof Long elements)) {
            throw new InvalidModelException("damaged checkpoint: not a storage");
        }
        for (TensorType type : TensorType.values()) {
            if (storageClass.equals(new Global("torch", type.storageClass()))) {
                return new Storage(type, key, elements);
            }
        }
        throw new InvalidModelException(
                "the checkpoint has tensors of %s, which are not supported".formatted(storageClass));
    }

    private static View view(List<Object> arguments) {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw new InvalidModelException("damaged checkpoint: not a tensor");
        }
        return new View(storage, offset, longs(arguments.get(2)), longs(arguments.get(3)));
    }

    private static List<Long> longs(Object value) {
        List<Long> longs = new ArrayList<>();
        if (value instanceof List<?> elements) {
            for (Object element : elements) {
                if (!(element instanceof Long number)) {
                    throw new InvalidModelException("damaged checkpoint: a tensor's shape is not of integers");
                }
                longs.add(number);
            }
        }
        return longs;
    }
}
