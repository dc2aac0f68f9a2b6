package io.driftrec.app;

import io.driftrec.batch.ProgressListener;
import io.driftrec.evaluation.protocol.Attempt;
import io.driftrec.evaluation.protocol.DamagedImage;
import io.driftrec.evaluation.protocol.Method;
import io.driftrec.evaluation.protocol.MethodIdentity;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Rgb8;
import io.driftrec.message.OutputSpec;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.restore.RestorationService;
import io.driftrec.restore.WorkerStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A model with a sampler, as a worker has it: every image is a request to the service, from a JPEG file to a PNG file, through the
 * lane. The time of a group of images, over their number, is the time of each.
 */
final class LaneMethod implements Method {
    private static final double NANOS = 1e9;

    private final MethodIdentity identity;
    private final String model;
    private final SamplerChoice sampler;
    private final boolean colourCorrection;
    private final Lanes lanes;

    /**
     * What all methods share.
     *
     * @param threads one per image that is restored side by side
     * @param work a folder that the service may read and write
     */
    record Lanes(RestorationService service, ExecutorService threads, Path work) {}

    LaneMethod(String model, SamplerChoice sampler, int samples, boolean colourCorrection, Lanes lanes) {
        this.identity = MethodIdentity.model(model + "/" + sampler.id(), model + "/" + sampler.series(), samples);
        this.model = model;
        this.sampler = sampler;
        this.colourCorrection = colourCorrection;
        this.lanes = lanes;
    }

    @Override
    public MethodIdentity identity() {
        return identity;
    }

    @Override
    public List<Attempt> restore(List<DamagedImage> images, Function<DamagedImage, ProgressListener> progress)
            throws InterruptedException, WorkerStoppedException {
        Path folder = lanes.work().resolve("lane");
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < images.size(); i++) {
                Files.write(folder.resolve(i + ".jpg"), images.get(i).jpeg());
            }
            return restore(folder, images, progress);
        } catch (IOException e) {
            return images.stream()
                    .<Attempt>map(image -> new Attempt.Failed(folder + ": " + e))
                    .toList();
        }
    }

    private List<Attempt> restore(
            Path folder, List<DamagedImage> images, Function<DamagedImage, ProgressListener> progress)
            throws IOException, InterruptedException, WorkerStoppedException {
        long start = System.nanoTime();
        List<Future<RestorationResult>> pending = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            RestorationRequest request = request(folder, i, images.get(i));
            ProgressListener listener = progress.apply(images.get(i));
            pending.add(lanes.threads().submit(() -> lanes.service().restore(request, Instant.now(), listener)));
        }
        List<RestorationResult> results = new ArrayList<>();
        for (Future<RestorationResult> one : pending) {
            results.add(await(one));
        }
        double seconds = (System.nanoTime() - start) / NANOS / images.size();
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            attempts.add(attempt(results.get(i), folder.resolve(i + ".png"), seconds));
        }
        return attempts;
    }

    private RestorationRequest request(Path folder, int index, DamagedImage image) {
        return new RestorationRequest(
                RequestIds.printable(
                        image.condition().id() + " " + image.clean().name() + " " + identity.id()),
                folder.resolve(index + ".jpg").toUri(),
                folder.resolve(index + ".png").toUri(),
                Optional.of(model),
                sampler.spec(image.seed(), identity.samples()),
                OutputSpec.DEFAULT,
                colourCorrection,
                Optional.empty(),
                Map.of());
    }

    private static RestorationResult await(Future<RestorationResult> pending)
            throws InterruptedException, WorkerStoppedException {
        try {
            return pending.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof WorkerStoppedException stopped) {
                throw stopped;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    private static Attempt attempt(RestorationResult result, Path file, double seconds) throws IOException {
        if (result instanceof RestorationFailed failed) {
            return new Attempt.Failed(failed.code() + " " + failed.message());
        }
        try {
            Rgb8 image = Rgb8.of(ImageDecoder.decode(Files.readAllBytes(file), ImageLimits.LARGEST));
            return new Attempt.Restored(image, ((RestorationCompleted) result).evaluations(), seconds);
        } catch (ImageRejectedException e) {
            return new Attempt.Failed("what we wrote is not read: " + e.getMessage());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
