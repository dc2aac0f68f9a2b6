package io.driftrec.app;

import io.driftrec.network.TensorEngine;
import picocli.CommandLine.Option;

/** The device that networks run on. */
final class DeviceOptions {
    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "cpu, cuda, cuda:N or auto (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of one operation on the CPU; 0 for all cores.")
    private int threads;

    /**
     * @throws IllegalArgumentException when the device is not there
     */
    TensorEngine start() {
        return TensorEngine.start(device, threads);
    }
}
