package io.driftrec.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the fastest precision that a device has in hardware and computes well in. A rule, not a measurement of speed: the same
 * machine always computes in the same precision. What the rule says is tried out ({@link PrecisionTrial}) before it is believed,
 * because a processor may have the instructions and the engine a kernel that is wrong with them.
 *
 * <p>GPU: bfloat16 from compute capability 8.0 (Ampere) on, float16 before. CPU: bfloat16 where the processor multiplies it
 * ({@code avx512_bf16} or {@code amx_bf16}), else float32: without these instructions the engine emulates, and the network
 * took six times as long in bfloat16 or float16 as in float32 on a processor with AVX2 alone.
 */
final class PrecisionChoice {
    private static final Logger LOG = LoggerFactory.getLogger(PrecisionChoice.class);
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Set<String> BF16_FLAGS = Set.of("avx512_bf16", "amx_bf16");
    private static final int AMPERE = 80;

    private PrecisionChoice() {}

    static Precision fastest(Device device) {
        if (device.isGpu()) {
            return onGpu(CudaUtils.getComputeCapability(device.getDeviceId()));
        }
        try {
            return onCpu(Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO) : "");
        } catch (IOException e) {
            return Precision.FP32; // the safe choice where the processor does not say what it can
        }
    }

    /** The precision, or float32 where a trial deviated too far from it. */
    static Precision tried(Precision fastest, double deviation) {
        if (deviation <= PrecisionTrial.LARGEST_DEVIATION) {
            return fastest;
        }
        LOG.warn(
                "computing in fp32, because this device is wrong in {}: a network's output deviates by {}, at most {} is rounding",
                fastest.label(),
                deviation,
                PrecisionTrial.LARGEST_DEVIATION);
        return Precision.FP32;
    }

    /** The choice for a compute capability such as {@code 90} for 9.0. */
    static Precision onGpu(String computeCapability) {
        return Integer.parseInt(computeCapability) >= AMPERE ? Precision.BF16 : Precision.FP16;
    }

    /** The choice for the text of Linux' {@code /proc/cpuinfo}. */
    static Precision onCpu(String cpuInfo) {
        Set<String> flags = cpuInfo.lines()
                .filter(line -> line.startsWith("flags"))
                .limit(1)
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .collect(Collectors.toSet());
        return flags.stream().anyMatch(BF16_FLAGS::contains) ? Precision.BF16 : Precision.FP32;
    }
}
