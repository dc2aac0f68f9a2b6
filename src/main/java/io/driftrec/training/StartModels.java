package io.driftrec.training;

import io.driftrec.message.TrainingJob.StartModel;
import io.driftrec.network.ModelCard;
import io.driftrec.network.Safetensors;
import java.io.IOException;

/** The models that a training can begin with. */
@FunctionalInterface
public interface StartModels {
    /**
     * A model in host memory.
     *
     * @param digest SHA-256 of the weights file
     */
    record Found(ModelCard card, String digest, Safetensors weights) {}

    /**
     * Finds a model.
     *
     * @throws io.driftrec.network.InvalidModelException when there is none, it is damaged, or it has another digest
     * @throws IOException when it cannot be read
     */
    Found find(StartModel wanted) throws IOException;
}
