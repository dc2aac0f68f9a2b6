package io.driftrec.evaluation.protocol;

import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Rgb8;
import io.driftrec.network.InvalidModelException;
import io.driftrec.restore.WorkerStoppedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the journal: every image under every condition, restored by every method and measured.
 *
 * <p>Images go to a method in groups, which it may restore side by side; what is restored is measured when the group is, so that the
 * metrics take no time from the methods. What the journal has, with all metrics that are asked for now, is not done again; where
 * only metrics are missing and the image was kept, it is measured again and not restored.
 *
 * <p><b>Failure modes.</b> An image that can't be read, restored or measured is a failed cell, and the evaluation goes on; a
 * further run tries failed cells again. What was measured before stays where a later attempt at the same image fails.
 */
public final class Evaluation {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);

    private final EvaluationPlan plan;
    private final MetricSuite metrics;
    private final Journal journal;
    private final KeptImages kept;
    private final EvaluationObserver observer;

    public Evaluation(
            EvaluationPlan plan, MetricSuite metrics, Journal journal, KeptImages kept, EvaluationObserver observer) {
        this.plan = plan;
        this.metrics = metrics;
        this.journal = journal;
        this.kept = kept;
        this.observer = observer;
    }

    /**
     * Does what is not done yet.
     *
     * @throws IOException when the journal or a kept image can't be written
     * @throws WorkerStoppedException when the device is lost
     * @throws InvalidModelException when the network of a metric does not return what it should
     */
    public void run() throws IOException, InterruptedException, WorkerStoppedException {
        for (Condition condition : plan.conditions()) {
            for (int start = 0; start < plan.images().size(); start += plan.sideBySide()) {
                int end = Math.min(start + plan.sideBySide(), plan.images().size());
                run(condition, plan.images().subList(start, end));
            }
        }
    }

    private void run(Condition condition, List<CleanImage> images)
            throws IOException, InterruptedException, WorkerStoppedException {
        List<DamagedImage> damaged = new ArrayList<>();
        for (CleanImage image : images) {
            List<Method> open = plan.methods().stream()
                    .filter(method -> !isDone(condition, image, method))
                    .toList();
            plan.methods().stream()
                    .filter(method -> !open.contains(method))
                    .forEach(method -> observer.ended(key(condition, image, method)));
            if (!open.isEmpty()) {
                damage(condition, image, open).ifPresent(damaged::add);
            }
        }
        for (Method method : plan.methods()) {
            run(
                    method,
                    damaged.stream()
                            .filter(image -> !isDone(condition, image.clean(), method))
                            .toList());
        }
    }

    private Optional<DamagedImage> damage(Condition condition, CleanImage image, List<Method> open) throws IOException {
        try {
            DamagedImage damaged = DamagedImage.of(image, condition, plan.seed(), plan.crop(), plan.limits());
            metrics.checkSize(damaged.reference());
            return Optional.of(damaged);
        } catch (IOException | ImageRejectedException | RuntimeException | OutOfMemoryError unusable) {
            for (Method method : open) {
                fail(key(condition, image, method), image.digest(), "clean image: " + reason(unusable));
            }
            return Optional.empty();
        }
    }

    private void run(Method method, List<DamagedImage> images)
            throws IOException, InterruptedException, WorkerStoppedException {
        List<DamagedImage> toRestore = new ArrayList<>();
        for (DamagedImage image : images) {
            Optional<Attempt.Restored> before = restoredBefore(method, image);
            if (before.isPresent()) {
                end(method, image, before.get());
            } else {
                toRestore.add(image);
            }
        }
        if (toRestore.isEmpty()) {
            return;
        }
        List<Attempt> attempts = method.restore(toRestore, image -> observer.begun(key(image, method)));
        for (int i = 0; i < attempts.size(); i++) {
            end(method, toRestore.get(i), attempts.get(i));
        }
    }

    private void end(Method method, DamagedImage image, Attempt attempt) throws IOException {
        CellKey key = key(image, method);
        String digest = image.clean().digest();
        if (attempt instanceof Attempt.Failed failed) {
            fail(key, digest, failed.reason());
        } else if (attempt instanceof Attempt.Restored restored) {
            Measurement measurement;
            try {
                measurement = metrics.measure(
                        restored.image(), image, method.identity().role());
            } catch (InvalidModelException unusable) { // a metric's network that suits no image
                throw unusable;
            } catch (RuntimeException | OutOfMemoryError unmeasurable) {
                fail(key, digest, "not measured: " + reason(unmeasurable));
                return;
            }
            kept.write(key, restored.image());
            end(new Cell(key, digest, Optional.empty(), restored.evaluations(), restored.seconds(), measurement));
        }
    }

    private static String reason(Throwable problem) {
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }

    private void fail(CellKey key, String digest, String reason) throws IOException {
        if (measuredBefore(key, digest).isEmpty()) {
            end(Cell.failed(key, digest, reason));
            return;
        }
        observer.ended(key);
        LOG.atWarn()
                .addKeyValue("condition", key.condition())
                .addKeyValue("image", key.image())
                .addKeyValue("method", key.method())
                .log("failed, and what was measured before stays: {}", reason);
    }

    private Optional<Cell> measuredBefore(CellKey key, String digest) {
        return journal.find(key)
                .filter(cell -> cell.isMeasured() && cell.digest().equals(digest));
    }

    private void end(Cell cell) throws IOException {
        journal.append(cell);
        observer.ended(cell.key());
        LOG.atInfo()
                .addKeyValue("condition", cell.key().condition())
                .addKeyValue("image", cell.key().image())
                .addKeyValue("method", cell.key().method())
                .addKeyValue("psnr", cell.measurement().values().get(MetricSuite.PSNR))
                .log(cell.failure().map(reason -> "failed: " + reason).orElse("measured"));
    }

    private boolean isDone(Condition condition, CleanImage image, Method method) {
        CellKey key = key(condition, image, method);
        return measuredBefore(key, image.digest())
                .filter(cell ->
                        metrics.isComplete(cell.measurement(), method.identity().role(), image.label()))
                .filter(cell -> kept.isComplete(key))
                .isPresent();
    }

    private Optional<Attempt.Restored> restoredBefore(Method method, DamagedImage image) throws IOException {
        CellKey key = key(image, method);
        Optional<Cell> cell = measuredBefore(key, image.clean().digest());
        Optional<Rgb8> pixels = cell.isPresent() ? kept.read(key) : Optional.empty();
        return pixels.map(it ->
                new Attempt.Restored(it, cell.get().evaluations(), cell.get().seconds()));
    }

    private static CellKey key(DamagedImage image, Method method) {
        return key(image.condition(), image.clean(), method);
    }

    private static CellKey key(Condition condition, CleanImage image, Method method) {
        return new CellKey(condition.id(), image.name(), method.identity().id());
    }
}
