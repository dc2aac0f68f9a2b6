package io.driftrec.training;

import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The steps of a training, with validations, reports and checkpoints at their times. */
final class TrainingLoop {
    private static final int REPORTED_STEPS = 100;

    private final TrainingPlan plan;
    private final RunSettings settings;
    private final Trainer trainer;
    private final BatchPipeline pipeline;
    private final List<TrainingBatch> validation;
    private final DecodedImages decoded;
    private final TrainingListener listener;
    private final Predicate<Checkpoint> save;
    private final Safetensors fixed;
    private final LossCurve curve;
    private final long firstStep;
    private final long trainedBefore;
    private final long startNanos = System.nanoTime();
    private long validationNanos;
    private long step;
    private Tensor best;
    private double bestLoss;
    private long bestStep;

    TrainingLoop(
            TrainingPlan plan,
            RunSettings settings,
            Trainer trainer,
            BatchPipeline pipeline,
            List<TrainingBatch> validation,
            Checkpoint from,
            DecodedImages decoded,
            TrainingListener listener,
            Predicate<Checkpoint> save) {
        this.plan = plan;
        this.settings = settings;
        this.trainer = trainer;
        this.pipeline = pipeline;
        this.validation = validation;
        this.decoded = decoded;
        this.listener = listener;
        this.save = save;
        this.fixed = from.fixed();
        this.curve = from.curve();
        this.firstStep = from.step();
        this.trainedBefore = from.trainedMillis();
        this.step = from.step();
        this.best = from.vectors().best();
        this.bestLoss = from.bestLoss();
        this.bestStep = from.bestStep();
    }

    /** Steps, at least once, until the budget is spent or a stop is asked for; which of them it was. */
    StopRequest run(Supplier<StopRequest> stop) throws InterruptedException {
        Duration lastReport = trained();
        Duration lastCheckpoint = lastReport;
        StopRequest request = stop.get();
        if (request == StopRequest.NONE && curve.validations().isEmpty()) {
            validate(); // a model to start from may be better than what comes after it
        }
        while (request == StopRequest.NONE && !isDone()) {
            step();
            if (step % settings.validateEverySteps() == 0) {
                validate();
            }
            if (trained().minus(lastCheckpoint).compareTo(settings.checkpointEvery()) >= 0) {
                if (save.test(checkpoint())) {
                    listener.checkpointed(step);
                }
                lastCheckpoint = trained(); // a slow store leaves time for steps
            }
            if (trained().minus(lastReport).compareTo(settings.progressEvery()) >= 0) {
                lastReport = trained();
                listener.progressed(progress());
            }
            request = stop.get();
        }
        boolean isDone = isDone();
        if (isDone && lastValidated() < step) {
            validate();
        }
        listener.progressed(progress());
        return isDone ? StopRequest.NONE : request;
    }

    private boolean isDone() {
        return step > 0 && plan.budget().isSpent(step, trained());
    }

    private void step() throws InterruptedException {
        List<TrainingBatch> batches = new ArrayList<>();
        for (int i = 0; i < trainer.replicas(); i++) {
            batches.add(pipeline.next());
        }
        double loss = trainer.step(batches, step + 1, rate(step));
        if (!Double.isFinite(loss)) {
            throw new TrainingFailedException(
                    TrainingFailure.NON_FINITE_LOSS,
                    "the loss of step %d or its gradient is no finite number; the learning rate is %s"
                            .formatted(step + 1, rate(step)));
        }
        step++;
        curve.add(loss);
    }

    private void validate() {
        long begun = System.nanoTime();
        float loss = (float) trainer.averageLoss(validation); // as the curve keeps it
        validationNanos += System.nanoTime() - begun;
        curve.addValidation(step, loss);
        if (loss < bestLoss) {
            bestLoss = loss;
            bestStep = step;
            best = trainer.average();
        }
    }

    private long lastValidated() {
        List<LossCurve.Validation> validations = curve.validations();
        return validations.isEmpty()
                ? 0
                : validations.get(validations.size() - 1).step();
    }

    /** @param step from 0 */
    private double rate(long step) {
        return plan.optimization().learningRate(step, plan.budget().steps().orElse(Long.MAX_VALUE));
    }

    private Duration trained() {
        return Duration.ofMillis(trainedBefore).plusNanos(System.nanoTime() - startNanos);
    }

    Checkpoint checkpoint() {
        return new Checkpoint(
                plan.identity(trainer.replicas()),
                step,
                trained().toMillis(),
                bestLoss,
                bestStep,
                trainer.vectors(best),
                curve,
                fixed);
    }

    TrainingListener.Progress progress() {
        Duration trained = trained();
        double seconds = Math.max(1e-9, (System.nanoTime() - startNanos - validationNanos) / 1e9);
        int samplesPerStep = plan.optimization().batch() * trainer.replicas();
        double share = plan.budget().share(step, trained);
        List<LossCurve.Validation> validations = curve.validations();
        return new TrainingListener.Progress(
                step,
                step * samplesPerStep,
                share,
                curve.recent(REPORTED_STEPS),
                finite(
                        validations.isEmpty()
                                ? Double.NaN
                                : validations.get(validations.size() - 1).loss()),
                finite(bestLoss),
                rate(Math.max(0, step - 1)),
                (step - firstStep) * samplesPerStep / seconds,
                pipeline.waited().toNanos() / 1e9 / seconds,
                decoded.bad().size(),
                trained,
                share == 0 ? Duration.ZERO : Duration.ofMillis((long) (trained.toMillis() * (1 - share) / share)));
    }

    private static OptionalDouble finite(double loss) {
        return Double.isFinite(loss) ? OptionalDouble.of(loss) : OptionalDouble.empty();
    }
}
