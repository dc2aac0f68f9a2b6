package io.driftrec.training;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a training needs to go on as if it had not stopped: the optimiser's vectors, the position in the data and the random
 * sequence (both are the step), the best average so far and the loss curve. One safetensors file.
 *
 * @param identity {@link TrainingPlan#identity} of the training that wrote it
 * @param step steps taken
 * @param trainedMillis time of training in all
 * @param bestLoss smallest validation loss so far, infinite before the first
 * @param bestStep its step
 * @param vectors theta, both moments, the average, the best average
 * @param fixed the network's tensors that are not trained
 */
record Checkpoint(
        String identity,
        long step,
        long trainedMillis,
        double bestLoss,
        long bestStep,
        Vectors vectors,
        LossCurve curve,
        Safetensors fixed) {
    private static final String FIXED = "fixed.";

    /** Parameter-sized vectors; not to be written to. */
    record Vectors(Tensor theta, Tensor first, Tensor second, Tensor average, Tensor best) {}

    Safetensors toSafetensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("theta", vectors.theta());
        tensors.put("first", vectors.first());
        tensors.put("second", vectors.second());
        tensors.put("average", vectors.average());
        tensors.put("best", vectors.best());
        tensors.put("losses", vector(curve.losses()));
        tensors.put("validations", vector(curve.validationPairs()));
        fixed.tensors().forEach((name, tensor) -> tensors.put(FIXED + name, tensor));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "driftrec-checkpoint-1");
        metadata.put("identity", identity);
        metadata.put("step", Long.toString(step));
        metadata.put("trainedMillis", Long.toString(trainedMillis));
        metadata.put("bestLoss", Double.toString(bestLoss));
        metadata.put("bestStep", Long.toString(bestStep));
        return new Safetensors(tensors, metadata);
    }

    /**
     * @throws InvalidModelException when a part is missing or no number
     */
    static Checkpoint of(Safetensors file) {
        Vectors vectors = new Vectors(
                file.tensor("theta"),
                file.tensor("first"),
                file.tensor("second"),
                file.tensor("average"),
                file.tensor("best"));
        LossCurve curve = new LossCurve(
                file.tensor("losses").toFloats(), file.tensor("validations").toFloats());
        try {
            return new Checkpoint(
                    entry(file, "identity"),
                    Long.parseLong(entry(file, "step")),
                    Long.parseLong(entry(file, "trainedMillis")),
                    Double.parseDouble(entry(file, "bestLoss")),
                    Long.parseLong(entry(file, "bestStep")),
                    vectors,
                    curve,
                    new Safetensors(file.under(FIXED).tensors()));
        } catch (NumberFormatException e) {
            throw new InvalidModelException("a number of the checkpoint cannot be read: " + e.getMessage(), e);
        }
    }

    static Tensor vector(float[] values) {
        return Tensor.of(List.of((long) values.length), values);
    }

    private static String entry(Safetensors file, String key) {
        String value = file.metadata().get(key);
        if (value == null) {
            throw new InvalidModelException("no checkpoint: \"%s\" is missing".formatted(key));
        }
        return value;
    }
}
