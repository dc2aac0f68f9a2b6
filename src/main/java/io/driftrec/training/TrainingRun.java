package io.driftrec.training;

import io.driftrec.network.DeviceOutOfMemoryException;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.NcsnppInitialization;
import io.driftrec.network.NcsnppParameter;
import io.driftrec.network.ParameterVector;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training from its first step or its last checkpoint to the end of its budget.
 *
 * <p>Failure modes: {@link TrainingFailedException} with the reason; the last checkpoint stays as it is. A checkpoint that cannot be
 * written is logged and tried again at the next turn; the one at the end must succeed, as must all that is read: these are tried
 * again for as long as the settings' backoff says, and then fail with {@code STORE_UNAVAILABLE}.
 */
public final class TrainingRun {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
    private static final long VALIDATION_SEED = 0x5EED_0F_7A11DL;

    private final TrainingPlan plan;
    private final RunSettings settings;
    private final List<TensorEngine> engines;
    private final ObjectStore images;
    private final Checkpoints checkpoints;

    /**
     * @param engines one a device
     * @param images where the plan's data is read
     */
    public TrainingRun(
            TrainingPlan plan,
            RunSettings settings,
            List<TensorEngine> engines,
            ObjectStore images,
            Checkpoints checkpoints) {
        this.plan = plan;
        this.settings = settings;
        this.engines = List.copyOf(engines);
        this.images = images;
        this.checkpoints = checkpoints;
    }

    /**
     * Trains.
     *
     * @param start the weights to begin with where there is no checkpoint; empty for new ones
     * @param stop asked after every step
     * @throws TrainingFailedException when the training cannot go on
     * @throws InterruptedException when the thread is interrupted, without a checkpoint
     */
    public TrainingOutcome run(Optional<Safetensors> start, TrainingListener listener, Supplier<StopRequest> stop)
            throws InterruptedException {
        Optional<Checkpoint> last = patiently(checkpoints::read);
        Checkpoint checkpoint = last.orElseGet(() -> fresh(start));
        String identity = plan.identity(engines.size());
        if (!checkpoint.identity().equals(identity)) {
            throw new TrainingFailedException(
                    TrainingFailure.CHECKPOINT_UNUSABLE,
                    "%s belongs to another training: [%s], this one is [%s]"
                            .formatted(checkpoints.location(), checkpoint.identity(), identity));
        }
        DataSplit split = split(last.isPresent());
        listener.started(split, checkpoint.step());
        DecodedImages decoded = new DecodedImages(
                images, Patches.minSide(plan.patch(), plan.corruption()), settings.cacheBytes(), settings.backoff());
        int samplesPerStep = plan.optimization().batch() * engines.size();
        Patches patches = patches(split.training(), decoded, plan.seed());
        try (Trainer trainer =
                        new Trainer(plan, engines, settings.precision(), checkpoint.fixed(), checkpoint.vectors());
                BatchPipeline pipeline = BatchPipeline.start(
                        patches,
                        plan.optimization().batch(),
                        checkpoint.step() * samplesPerStep,
                        settings.dataThreads())) {
            List<TrainingBatch> validation = validationBatches(split, decoded);
            TrainingLoop loop = new TrainingLoop(
                    plan, settings, trainer, pipeline, validation, checkpoint, decoded, listener, this::save);
            StopRequest end = loop.run(stop);
            Checkpoint written = loop.checkpoint();
            patiently(() -> {
                checkpoints.write(written);
                return written;
            });
            listener.checkpointed(written.step());
            if (end == StopRequest.NONE && Double.isInfinite(written.bestLoss())) {
                throw new TrainingFailedException(
                        TrainingFailure.NON_FINITE_LOSS, "no validation of the averaged weights gave a finite loss");
            }
            Safetensors weights = ParameterVector.weights(
                    plan.architecture(), written.vectors().best().toFloats(), written.fixed());
            return new TrainingOutcome(end, loop.progress(), weights, written.bestStep(), written.curve(), split);
        } catch (RuntimeException e) { // the engine has no exception of its own for a device without memory
            boolean isOutOfMemory = e instanceof DeviceOutOfMemoryException || DeviceOutOfMemoryException.isMeantBy(e);
            if (e instanceof TrainingFailedException || !isOutOfMemory) {
                throw e;
            }
            throw new TrainingFailedException(
                    TrainingFailure.DEVICE_OUT_OF_MEMORY,
                    "batches of %d patches of %d pixels do not fit the device: %s"
                            .formatted(plan.optimization().batch(), plan.patch().size(), e.getMessage()),
                    e);
        }
    }

    /** As the training began with it; of the images that are there now where it begins. */
    private DataSplit split(boolean goesOn) throws InterruptedException {
        Optional<DataSplit> begunWith = goesOn ? patiently(checkpoints::readSplit) : Optional.empty();
        if (begunWith.isPresent()) {
            return begunWith.get();
        }
        DataSplit split = DataSplit.of(patiently(() -> ImageSet.find(plan.data(), images)), plan.splitSeed());
        patiently(() -> {
            checkpoints.write(split);
            return split;
        });
        return split;
    }

    private Checkpoint fresh(Optional<Safetensors> start) {
        Safetensors weights = start.orElseGet(() -> NcsnppInitialization.draw(plan.architecture(), plan.seed()));
        try {
            Tensor theta = Checkpoint.vector(ParameterVector.of(plan.architecture(), weights));
            Tensor zero = Checkpoint.vector(new float[theta.size()]);
            return new Checkpoint(
                    plan.identity(engines.size()),
                    0,
                    0,
                    Double.POSITIVE_INFINITY,
                    0,
                    new Checkpoint.Vectors(theta, zero, zero, theta, theta),
                    new LossCurve(),
                    fixed(weights));
        } catch (InvalidModelException e) {
            throw new TrainingFailedException(TrainingFailure.START_MODEL_UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Safetensors fixed(Safetensors weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (NcsnppParameter parameter : plan.architecture().parameters()) {
            if (!parameter.isTrained()) {
                tensors.put(parameter.name(), weights.tensor(parameter.name()));
            }
        }
        return new Safetensors(tensors);
    }

    private Patches patches(List<URI> locations, DecodedImages decoded, long seed) {
        return new Patches(locations, decoded, plan.patch(), plan.corruption(), plan.times(), seed);
    }

    private List<TrainingBatch> validationBatches(DataSplit split, DecodedImages decoded) throws InterruptedException {
        Patches patches = patches(split.validation(), decoded, plan.seed() ^ VALIDATION_SEED);
        List<TrainingBatch> batches = new ArrayList<>();
        int batch = plan.optimization().batch();
        for (long first = 0; first < settings.validationPatches(); first += batch) {
            List<Patches.Sample> samples = new ArrayList<>();
            for (long i = first; i < Math.min(first + batch, settings.validationPatches()); i++) {
                samples.add(patches.get(i));
            }
            batches.add(new TrainingBatch(samples));
        }
        return batches;
    }

    /** Writes a checkpoint on the way; whether it was written. */
    private boolean save(Checkpoint checkpoint) {
        try {
            checkpoints.write(checkpoint);
            return true;
        } catch (StorageException e) {
            LOG.warn("checkpoint not written step={} reason=\"{}\"", checkpoint.step(), e.getMessage());
            return false;
        }
    }

    private <T> T patiently(Backoff.Operation<T, RuntimeException> access) throws InterruptedException {
        try {
            return settings.backoff().run(access);
        } catch (StorageException e) {
            throw TrainingFailedException.storeUnavailable(e);
        }
    }
}
