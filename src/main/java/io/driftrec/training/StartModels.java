package io.driftrec.training;

import io.driftrec.message.TrainingJob;
import io.driftrec.message.TrainingJob.StartModel;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelCard;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import io.driftrec.network.OutputParameterization.Residual;
import io.driftrec.network.RegressionConversion;
import io.driftrec.network.Safetensors;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.util.Optional;

/** The models that a training can begin with. */
@FunctionalInterface
public interface StartModels {
    /**
     * A model in host memory.
     *
     * @param digest SHA-256 of the weights file
     * @param architecture of the weights as training takes them
     */
    record Found(ModelCard card, String digest, NcsnppArchitecture architecture, Safetensors weights) {
        /** A model as it is. */
        public Found(ModelCard card, String digest, Safetensors weights) {
            this(card, digest, card.architecture(), weights);
        }

        /** What a regression can begin with: of a restoration model of residuals, the part that reads the corrupted image. */
        Found forRegression() {
            NcsnppArchitecture own = card.architecture();
            return own.isPaired() && card.output() instanceof Residual
                    ? new Found(
                            card,
                            digest,
                            RegressionConversion.architecture(own),
                            RegressionConversion.weights(own, weights))
                    : this;
        }
    }

    /**
     * Finds a model.
     *
     * @throws InvalidModelException when there is none, it is damaged, or it has another digest
     * @throws StorageException when its store is out of reach
     * @throws IOException when it cannot be read
     */
    Found find(StartModel wanted) throws IOException, StorageException;

    /**
     * What a job begins with; empty where it begins with new weights.
     *
     * @throws InvalidModelException as in {@link #find}, or when the model's output is not the job's
     * @throws StorageException as in {@link #find}
     * @throws IOException as in {@link #find}
     */
    default Optional<Found> of(TrainingJob job) throws IOException, StorageException {
        if (job.startModel().isEmpty()) {
            return Optional.empty();
        }
        Found found = find(job.startModel().get());
        OutputParameterization wanted = TrainingPlans.output(job);
        if (!found.card().output().equals(wanted)) {
            throw new InvalidModelException("the output of %s is %s and the job's %s: they must be the same"
                    .formatted(found.card().name(), found.card().output(), wanted));
        }
        return Optional.of(TrainingPlans.isRegression(job) ? found.forRegression() : found);
    }
}
