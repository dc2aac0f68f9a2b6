package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.diffusion.Sde;
import io.driftrec.network.CheckpointImport.Options;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointImportTest {
    private static final Path CHECKPOINTS = Path.of("src/test/resources/network/checkpoints");
    private static final NcsnppArchitecture TINY =
            new NcsnppArchitecture(4, List.of(1, 2), 1, Set.of(1), 6, 3, true, 16, true);

    @TempDir
    private Path models;

    @Test
    void shouldTakeAverageAndSettingsWhenFileIsALightningCheckpoint() throws IOException {
        ModelCard card =
                CheckpointImport.run(CHECKPOINTS.resolve("lightning.ckpt"), models, Options.of("imported", "unknown"));

        assertThat(card.architecture()).isEqualTo(TINY);
        assertThat(card.output()).isEqualTo(new OutputParameterization.Score());
        assertThat(card.process())
                .isEqualTo(Sde.named("tsdve", Map.of("gamma", 2.0, "sigmaMin", 0.01, "sigmaMax", 1.0)));
        assertThat(card.tEps()).isEqualTo(0.01);
        assertThat(card.training())
                .containsEntry("weights", "exponential moving average")
                .containsEntry("lr", "1.0E-4");
        assertThat(new ModelRepository(models).card("imported")).isEqualTo(card);
        assertWeights("imported", 1000);
    }

    @Test
    void shouldTakeTheStateWhenAverageIsNotWanted() throws IOException {
        Options options = new Options(
                "raw",
                "",
                "unknown",
                new OutputParameterization.Residual(0.06),
                Optional.of("ouve"),
                Map.of("gamma", 1.0),
                Optional.of(0.02),
                Optional.empty(),
                false);

        ModelCard card = CheckpointImport.run(CHECKPOINTS.resolve("lightning.ckpt"), models, options);

        assertThat(card.process())
                .isEqualTo(Sde.named("ouve", Map.of("gamma", 1.0, "sigmaMin", 0.01, "sigmaMax", 1.0)));
        assertThat(card.tEps()).isEqualTo(0.02);
        assertThat(card.architecture().divideBySigma()).isFalse();
        assertWeights("raw", 0);
    }

    @Test
    void shouldLoadAndEvaluateWhatItImported() throws IOException {
        CheckpointImport.run(CHECKPOINTS.resolve("lightning.ckpt"), models, Options.of("imported", "unknown"));

        try (LoadedModel model =
                new ModelRepository(models).load("imported", TensorEngine.start("cpu", 1), Precision.FP32)) {
            assertThat(model.card().architecture()).isEqualTo(TINY);
            assertThat(model.digest()).hasSize(64);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void shouldNameABarePickleWhenThereIsNoArchiveAroundIt(int protocol) throws IOException {
        Path file = Files.write(models.resolve("bare.ckpt"), new byte[] {(byte) 0x80, (byte) protocol, '}', '.'});

        assertThatThrownBy(() -> CheckpointImport.run(file, models, Options.of("bare", "unknown")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("a pickle without an archive");
    }

    @Test
    void shouldAskForTheSdeWhenFileIsAPlainStateDictionary() throws IOException {
        Path file = CHECKPOINTS.resolve("state-dict.pth");
        assertThatThrownBy(() -> CheckpointImport.run(file, models, Options.of("plain", "unknown")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("does not say for which SDE");

        CheckpointImport.run(file, models, withSde("plain", "cosve"));

        assertThat(new ModelRepository(models).card("plain").process().name()).isEqualTo("cosve");
        assertWeights("plain", 0);
    }

    @Test
    void shouldImportSafetensorsWhateverStandsBeforeTheNames() throws IOException {
        Safetensors weights = RandomWeights.of(TINY, 3);
        Map<String, Tensor> prefixed = new java.util.HashMap<>(Map.of("ema.decay", Tensor.of(List.of(), 1)));
        weights.tensors().forEach((name, tensor) -> prefixed.put("score_model.dnn." + name, tensor));
        Path file = models.resolve("weights.safetensors");
        new Safetensors(prefixed).write(file);

        CheckpointImport.run(file, models, withSde("safe", "ouve"));

        assertThat(Safetensors.read(models.resolve("safe/weights.safetensors")).tensors())
                .isEqualTo(weights.tensors());
    }

    @ParameterizedTest
    @CsvSource({
        "hostile-os-system.ckpt, \"posix.system\"",
        "hostile-eval.ckpt, eval\"",
        "hostile-getattr.ckpt, getattr\"",
    })
    void shouldRefuseAndNameTheFunctionWhenPickleIsHostile(String file, String function) throws IOException {
        assertThatThrownBy(() -> CheckpointImport.run(CHECKPOINTS.resolve(file), models, withSde("bad", "ouve")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(file)
                .hasMessageContaining("wants to call")
                .hasMessageContaining(function);
        try (Stream<Path> entries = Files.list(models)) {
            assertThat(entries).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "other-network.pth, 0 tensors named \"output_layer.weight\"",
        "legacy.pth, save it again",
        "README.md, not a safetensors file",
    })
    void shouldSayWhatItIsNotWhenFileIsOfAnotherKind(String file, String expected) {
        assertThatThrownBy(() -> CheckpointImport.run(CHECKPOINTS.resolve(file), models, withSde("bad", "ouve")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void shouldRefuseWhenModelExists() throws IOException {
        Path file = CHECKPOINTS.resolve("state-dict.pth");
        CheckpointImport.run(file, models, withSde("twice", "ouve"));

        assertThatThrownBy(() -> CheckpointImport.run(file, models, withSde("twice", "ouve")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> CheckpointImport.run(file, models, withSde("../out", "ouve")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model name must match");
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(CHECKPOINTS.resolve("state-dict.pth"));
        Path file = models.resolve("truncated.pth");
        for (int length = 0; length < whole.length; length += 997) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> CheckpointImport.run(file, models, withSde("bad", "ouve")))
                    .isInstanceOf(InvalidModelException.class);
        }
    }

    @Test
    void shouldFindTheArchitectureOfAnyNetwork() {
        List<NcsnppArchitecture> architectures = List.of(
                TINY,
                new NcsnppArchitecture(8, List.of(1), 2, Set.of(), 6, 3, true, 16, true),
                new NcsnppArchitecture(8, List.of(2), 1, Set.of(0), 2, 1, false, 16, true),
                new NcsnppArchitecture(8, List.of(1, 3, 2), 3, Set.of(0, 2), 6, 3, true, 16, true),
                new NcsnppArchitecture(4, List.of(1, 1, 2, 2, 2, 2, 2), 2, Set.of(4), 6, 3, true, 16, true));

        for (NcsnppArchitecture architecture : architectures) {
            assertThat(ArchitectureInference.infer(RandomWeights.of(architecture, 1), true, 16))
                    .isEqualTo(architecture);
        }
    }

    private void assertWeights(String name, int offset) throws IOException {
        Safetensors weights = Safetensors.read(models.resolve(name).resolve("weights.safetensors"));
        assertThat(weights.tensors()).hasSize(TINY.parameters().size());
        int k = offset;
        for (NcsnppParameter parameter : TINY.parameters()) {
            float[] values = weights.tensor(parameter.name()).toFloats();
            assertThat(values).hasSize((int) parameter.size());
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).as("%s[%d]", parameter.name(), i).isEqualTo((float) (k + (i % 100) / 1000.0));
            }
            k++;
        }
    }

    private static Options withSde(String name, String sde) {
        return new Options(
                name,
                "",
                "unknown",
                new OutputParameterization.Score(),
                Optional.of(sde),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
