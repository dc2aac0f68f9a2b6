package io.driftrec.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.sun.jna.NativeLibrary;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tensor engine (PyTorch's native library) and the device that it computes on.
 *
 * <p>The library reads its settings when it starts, once per process, so {@link #start} sets them first: no report of usage to
 * its makers, no download of native libraries, and no specialisation of programs at run time, which costs seconds whenever
 * the number of images in a batch changes. A system property that the operator has set is left as it is.
 *
 * <p>Native libraries come from the class path. For a GPU, set {@code PYTORCH_LIBRARY_PATH}, {@code PYTORCH_VERSION} and
 * {@code PYTORCH_FLAVOR} in the environment to an unpacked libtorch of the version that the class path's JNI was built for, and have
 * {@code libcudart.so}, by which the engine counts GPUs, in {@code LD_LIBRARY_PATH}.
 *
 * <p>Immutable and safe for use by several threads; arrays are not.
 */
public final class TensorEngine {
    private static final Logger LOG = LoggerFactory.getLogger(TensorEngine.class);
    private static final String NAME = "PyTorch";
    private static final String NO_GPU =
            "the engine sees 0 GPUs: it counts them with libcudart.so, which must be in a directory of LD_LIBRARY_PATH";

    /** The least severity that the native library logs. */
    private static final int ERROR = 2;

    private final Device device;
    private final String description;

    private TensorEngine(Device device, String description) {
        this.device = device;
        this.description = description;
    }

    /**
     * Starts the engine, or joins the one that runs in this process, whose settings stay.
     *
     * @param device {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}: the first GPU if there is one, else the CPU
     * @param threads threads of one operation on the CPU; 0 leaves the choice to the engine (the number of cores)
     * @throws IllegalArgumentException when the device is misspelt or not there, or {@code threads} is negative
     */
    public static TensorEngine start(String device, int threads) {
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be 0 or more, not " + threads);
        }
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("ai.djl.default_engine", NAME);
        setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
        if (threads > 0) {
            setUnlessSet("ai.djl.pytorch.num_threads", Integer.toString(threads));
        }
        Engine engine = Engine.getEngine(NAME);
        logErrorsOnly();
        Device chosen = choose(device, engine);
        return new TensorEngine(chosen, "%s, PyTorch %s".formatted(label(chosen), engine.getVersion()));
    }

    /**
     * On processors that one of its several kernels does not know, the native library warns at every evaluation of a small image. What
     * fails, it throws. It reads no setting for this when it is started from Java, but has a variable.
     */
    private static void logErrorsOnly() {
        try {
            NativeLibrary.getInstance("c10")
                    .getGlobalVariableAddress("FLAGS_caffe2_log_level")
                    .setInt(0, ERROR);
        } catch (LinkageError anotherBuild) {
            LOG.debug("the engine's warnings stay on: {}", anotherBuild.getMessage());
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static Device choose(String name, Engine engine) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return Device.cpu(); // without asking for GPUs, which logs warnings on machines with half an installation
        }
        if (!wanted.matches("auto|cuda(:\\d{1,3})?")) {
            throw new IllegalArgumentException("device must be cpu, cuda, cuda:N or auto, not \"%s\"".formatted(name));
        }
        int gpus = engine.getGpuCount();
        if (wanted.equals("auto") && gpus == 0) {
            if (System.getenv().getOrDefault("PYTORCH_FLAVOR", "").startsWith("cu")) {
                LOG.warn("computing on the CPU: PYTORCH_FLAVOR asks for CUDA, but {}", NO_GPU);
            }
            return Device.cpu();
        }
        int index = wanted.contains(":") ? Integer.parseInt(wanted.substring(wanted.indexOf(':') + 1)) : 0;
        if (index >= gpus) {
            throw new IllegalArgumentException("device \"%s\" is not there: %s"
                    .formatted(name, gpus == 0 ? NO_GPU : "the engine sees %d GPUs".formatted(gpus)));
        }
        return Device.gpu(index);
    }

    private static String label(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /** The device's name in options and metrics: {@code cpu} or {@code cuda:N}. */
    public String device() {
        return label(device);
    }

    /** Device and engine in words, for logs. */
    public String description() {
        return description;
    }

    /** Engines that work together in words. */
    public static String describe(List<TensorEngine> engines) {
        return engines.get(0).description() + (engines.size() > 1 ? ", %d devices".formatted(engines.size()) : "");
    }

    /** Whether the device is a GPU. */
    public boolean isGpu() {
        return device.isGpu();
    }

    /**
     * The precision of an option.
     *
     * @param label {@code fp32}, {@code bf16}, {@code fp16}, or {@code auto}: the fastest that the device has in hardware, which
     *     is bf16 on a GPU of compute capability 8 or more, fp16 on an older one, bf16 on a CPU with {@code avx512_bf16} or
     *     {@code amx_bf16}, and else fp32; also fp32 where a trial shows that the device computes wrongly in the other one
     * @throws IllegalArgumentException for any other label
     */
    public Precision precision(String label) {
        if (!label.equals("auto")) {
            return Precision.labelled(label);
        }
        Precision fastest = PrecisionChoice.fastest(device);
        return fastest == Precision.FP32
                ? fastest
                : PrecisionChoice.tried(fastest, PrecisionTrial.deviation(this, fastest));
    }

    /** How programs restore fastest here: the kernels of CPUs prefer channels-last memory, those of GPUs contiguous memory. */
    public NcsnppProgram.Options programOptions(Precision precision) {
        return new NcsnppProgram.Options(precision, !isGpu());
    }

    /** Whether the device can still compute, as a small sum shows. */
    public boolean isWorking() {
        try (NDManager manager = newManager()) {
            return manager.ones(new Shape(2)).sum().getFloat() == 2;
        } catch (RuntimeException broken) {
            return false;
        }
    }

    /** A new manager of arrays on this device, for the caller to close. */
    public NDManager newManager() {
        return Engine.getEngine(NAME).newBaseManager(device);
    }

    /** A recorder of gradients, for the caller to close; one at a time in a process. */
    public GradientCollector newGradientCollector() {
        return Engine.getEngine(NAME).newGradientCollector();
    }

    /**
     * Loads a program into the device's memory.
     *
     * @throws InvalidModelException when the engine cannot read the program
     */
    LoadedProgram load(TorchScriptProgram program) {
        return LoadedProgram.load(program, device);
    }

    /**
     * Loads somebody else's TorchScript archive into the device's memory.
     *
     * @param archive for the caller to close
     * @throws InvalidModelException when the engine cannot read the archive
     */
    LoadedProgram load(InputStream archive) {
        return LoadedProgram.load(archive, device);
    }
}
