package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorEngineTest {
    @Test
    void shouldTellThatItsDeviceWorks() {
        assertThat(TensorEngine.start("cpu", 1).isWorking()).isTrue();
    }

    @Test
    void shouldDescribeTheCpuWhenAskedForIt() {
        TensorEngine engine = TensorEngine.start("cpu", 1);

        assertThat(engine.device()).isEqualTo("cpu");
        assertThat(engine.isGpu()).isFalse();
        assertThat(engine.description()).startsWith("cpu, PyTorch 2.");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("ai.djl.pytorch.graph_optimizer")).isEqualTo("false");
    }

    @Test
    void shouldTakeTheFirstGpuOrTheCpuWhenChoiceIsAutomatic() {
        TensorEngine engine = TensorEngine.start("auto", 1);

        boolean hasGpu = Engine.getEngine("PyTorch").getGpuCount() > 0;
        assertThat(engine.device()).isEqualTo(hasGpu ? "cuda:0" : "cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda:", "cuda:x", "cuda:-1", "", "cpu:0", "tpu"})
    void shouldNameTheDeviceWhenItIsMisspelt(String device) {
        assertThatThrownBy(() -> TensorEngine.start(device, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device must be cpu, cuda, cuda:N or auto, not \"" + device + "\"");
    }

    @Test
    void shouldNameTheDeviceWhenItIsNotThere() {
        assertThatThrownBy(() -> TensorEngine.start("cuda:999", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"cuda:999\" is not there");
        assertThatThrownBy(() -> TensorEngine.start("cpu", -1)).hasMessageContaining("threads must be 0 or more");
    }

    @ParameterizedTest
    @CsvSource({
        "flags : fpu sse2 avx2 avx512f avx512_bf16, BF16",
        "flags : fpu amx_bf16 amx_tile, BF16",
        "flags : fpu avx2 fma, FP32",
        "model name : avx512_bf16, FP32",
        "'', FP32",
    })
    void shouldChooseBfloat16WhenProcessorMultipliesIt(String cpuInfo, Precision expected) {
        assertThat(PrecisionChoice.onCpu("processor : 0\n" + cpuInfo)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"70, FP16", "75, FP16", "80, BF16", "89, BF16", "90, BF16", "120, BF16"})
    void shouldChooseBfloat16WhenGpuIsAmpereOrLater(String computeCapability, Precision expected) {
        assertThat(PrecisionChoice.onGpu(computeCapability)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.012, BF16", "0.05, BF16", "0.051, FP32", "0.2, FP32", "NaN, FP32", "Infinity, FP32"})
    void shouldComputeInFloat32WhereTheFastPrecisionIsWrong(double deviation, Precision expected) {
        assertThat(PrecisionChoice.tried(Precision.BF16, deviation)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"FP32, 0, 0", "BF16, 1e-3, 0.02", "FP16, 1e-4, 0.003"})
    void shouldTellRoundingFromWrongKernelsByATrial(Precision precision, double least, double most) {
        assertThat(PrecisionTrial.deviation(TensorEngine.start("cpu", 1), precision))
                .isBetween(least, most);
    }

    @Test
    void shouldTakePrecisionsByLabel() {
        TensorEngine engine = TensorEngine.start("cpu", 1);

        assertThat(engine.precision("fp16")).isEqualTo(Precision.FP16);
        assertThat(engine.precision("auto")).isIn(Precision.FP32, Precision.BF16);
        assertThatThrownBy(() -> engine.precision("int8")).hasMessageContaining("not \"int8\"");
    }
}
