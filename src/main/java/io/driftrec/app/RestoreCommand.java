package io.driftrec.app;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.restore.WorkerStoppedException;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code driftrec restore}: files and folders through the same lane as a worker's, without Kafka. */
@Command(name = "restore", description = "Restores files and folders of images, without Kafka.")
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IN", arity = "1..*", description = "Image files, and folders of them.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where the restored images go, under the names of their sources.")
    private Path out = Path.of("");

    @Mixin
    private SamplerOptions sampling = new SamplerOptions();

    @Mixin
    private RestorerOptions restorerOptions = new RestorerOptions();

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<Path, String> files = InputFiles.find(inputs, out);
        if (files.isEmpty()) {
            throw new CannotStart(inputs + ": no images (" + ImageNames.EXTENSIONS + ") there");
        }
        Files.createDirectories(out);
        List<RestorationRequest> requests = requests(files);
        Instant start = Instant.now();
        List<RestorationResult> results;
        try (Restorer restorer = Restorer.open(
                restorerOptions, storage(files), "restore", RestoreMetrics.NONE, LaneMetrics.NONE, reason -> {})) {
            restorer.closeLaneAtShutdown();
            results = restore(restorer, requests);
        } catch (WorkerStoppedException broken) {
            System.err.println("driftrec: " + broken.getMessage());
            return ExitCode.BROKEN;
        }
        return report(results, Duration.between(start, Instant.now()));
    }

    private List<RestorationRequest> requests(Map<Path, String> files) {
        List<RestorationRequest> requests = new ArrayList<>();
        try {
            String extension = sampling.extension();
            files.forEach((file, name) -> requests.add(new RestorationRequest(
                    RequestIds.printable(name),
                    file.toAbsolutePath().normalize().toUri(),
                    out.resolve(name + extension).toAbsolutePath().normalize().toUri(),
                    sampling.model(),
                    sampling.modelDigest(),
                    sampling.sampler(),
                    sampling.output(),
                    sampling.colourCorrection(),
                    Optional.empty(),
                    Map.of())));
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
        return requests;
    }

    private StorageSettings storage(Map<Path, String> files) {
        List<LocationPrefix> sources = files.keySet().stream()
                .map(file -> LocationPrefix.parse(
                        file.toAbsolutePath().normalize().toUri().toString()))
                .toList();
        return stores.settings(
                sources,
                List.of(LocationPrefix.parse(
                        out.toAbsolutePath().normalize().toUri().toString())));
    }

    private static List<RestorationResult> restore(Restorer restorer, List<RestorationRequest> requests)
            throws InterruptedException, WorkerStoppedException {
        ExecutorService threads = Executors.newFixedThreadPool(restorer.maxInFlight());
        List<RestorationResult> results = new ArrayList<>();
        try (RestorationBar bar = new RestorationBar("restoring", requests.size())) {
            List<Future<RestorationResult>> pending = new ArrayList<>();
            for (RestorationRequest request : requests) {
                pending.add(threads.submit(() -> {
                    RestorationBar.Share share = bar.image();
                    try {
                        return restorer.service().restore(request, Instant.now(), share);
                    } finally {
                        share.finish();
                    }
                }));
            }
            for (Future<RestorationResult> result : pending) {
                results.add(result.get());
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof WorkerStoppedException stopped) {
                throw stopped;
            }
            throw new IllegalStateException(failure.getCause());
        } finally {
            threads.shutdownNow();
        }
        return results;
    }

    private int report(List<RestorationResult> results, Duration duration) {
        long evaluations = 0;
        int failed = 0;
        for (RestorationResult result : results) {
            if (result instanceof RestorationCompleted completed) {
                evaluations += completed.evaluations();
            } else if (result instanceof RestorationFailed failure) {
                failed++;
                System.err.printf("%s: %s %s%n", failure.requestId(), failure.code(), failure.message());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d restored, %d failed, %d evaluations, %.1f s with loading; results in %s%n",
                results.size() - failed,
                failed,
                evaluations,
                duration.toMillis() / 1e3,
                out);
        return failed == 0 ? ExitCode.OK : ExitCode.SOME_FAILED;
    }
}
