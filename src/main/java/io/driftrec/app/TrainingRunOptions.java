package io.driftrec.app;

import io.driftrec.network.TensorEngine;
import io.driftrec.storage.Backoff;
import io.driftrec.training.RunSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and how a training runs. */
final class TrainingRunOptions {
    /** Two and a half minutes of waiting: a store that is restarted is back by then. */
    private static final int STORE_ATTEMPTS = 20;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            split = ",",
            description = "cpu, cuda, cuda:N or auto; several, such as cuda:0,cuda:1, train together (default: auto).")
    private List<String> devices = List.of("auto");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one operation on the CPU (default: all cores).")
    private int threads;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "fp32, bf16, fp16 or auto: the network's; the parameters stay fp32 (default: ${DEFAULT-VALUE}).")
    private String precision = "fp32";

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "N",
            description = "Time between checkpoints (default: ${DEFAULT-VALUE}).")
    private double checkpointMinutes = 5;

    @Option(
            names = "--validate-every",
            paramLabel = "STEPS",
            description = "Steps between validations (default: ${DEFAULT-VALUE}).")
    private int validateEvery = 500;

    @Option(
            names = "--validation-patches",
            paramLabel = "N",
            description = "Patches of a validation (default: ${DEFAULT-VALUE}).")
    private int validationPatches = 64;

    @Option(
            names = "--data-threads",
            paramLabel = "N",
            description = "That decode and corrupt (default: half the cores).")
    private @Nullable Integer dataThreads;

    @Option(
            names = "--cache-megabytes",
            paramLabel = "N",
            description = "Memory for decoded images (default: a quarter of the heap).")
    private @Nullable Integer cacheMegabytes;

    /**
     * @throws CannotStart when a device is not there
     */
    List<TensorEngine> engines() {
        try {
            return devices.stream()
                    .map(device -> TensorEngine.start(device, threads))
                    .toList();
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /**
     * @param progressEvery time between reports
     * @throws CannotStart naming what is wrong
     */
    RunSettings settings(TensorEngine engine, Duration progressEvery) {
        Runtime runtime = Runtime.getRuntime();
        try {
            return new RunSettings(
                    engine.precision(precision),
                    Duration.ofMillis(Math.round(checkpointMinutes * 60_000)),
                    validateEvery,
                    validationPatches,
                    progressEvery,
                    dataThreads == null ? Math.max(1, runtime.availableProcessors() / 2) : dataThreads,
                    cacheMegabytes == null ? runtime.maxMemory() / 4 : (long) cacheMegabytes << 20,
                    Backoff.ofAttempts(STORE_ATTEMPTS));
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
