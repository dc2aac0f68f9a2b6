package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.diffusion.Sde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRepositoryTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final ModelRepository COMMITTED = new ModelRepository(Path.of("models"));

    /** A model whose scores the reference implementation gave. */
    private static final ModelRepository GOLDEN = new ModelRepository(Path.of("src/test/resources/network/models"));

    private static final Path GOLDEN_CARD = Path.of("src/test/resources/network/models/small-ouve/model.json");

    @Test
    void shouldEvaluateAModelWhenLoaded() throws IOException {
        Safetensors golden = NcsnppGoldenTest.golden("small-ouve-residual");

        try (LoadedModel model = GOLDEN.load("small-ouve", ENGINE, Precision.FP32);
                NDManager manager = model.network().newManager()) {
            NDArray y = NcsnppGoldenTest.array(manager, golden.tensor("y"));
            NDArray x = NcsnppGoldenTest.array(manager, golden.tensor("t0.5.x"));
            NDArray score = model.network().score(x, y, new double[] {0.5});

            assertThat(PrecisionTrial.deviation(
                            score.toFloatArray(), golden.tensor("t0.5.score").toFloats()))
                    .isLessThan(1e-4);
            assertThat(model.digest()).isEqualTo("46743b13bd21664ce5cc38aabad0f55f7c958fda13ed7347c65b7fbbbe7da91a");
            assertThat(model.device()).isEqualTo("cpu");
            assertThat(model.precision()).isEqualTo(Precision.FP32);
            assertThat(model.network().sizeMultiple()).isEqualTo(64);
        }
    }

    @Test
    void shouldReadTheCommittedCard() throws IOException {
        ModelCard card = COMMITTED.card("small-ouve");

        assertThat(COMMITTED.names()).contains("small-ouve");
        assertThat(card.process()).isEqualTo(Sde.named("ouve", Map.of()));
        assertThat(card.architecture().parameterCount()).isEqualTo(1_755_437);
        assertThat(card.output()).isEqualTo(new OutputParameterization.Residual(0.06));
        assertThat(card.quality()).isNotEmpty();
        assertThat(ModelCardJson.read(ModelCardJson.write(card))).isEqualTo(card);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../models", "a/b", "", "Small-OUVE", "small-ouve\n", ".hidden"})
    void shouldRefuseWhenNameIsNoName(String name) {
        assertThatThrownBy(() -> COMMITTED.card(name))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model name must match");
    }

    @Test
    void shouldNameWhatIsThereWhenModelIsUnknown() {
        assertThatThrownBy(() -> COMMITTED.card("large-ouve"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("there is no model \"large-ouve\"")
                .hasMessageContaining("small-ouve");
    }

    @Test
    void shouldNameTheTensorWhenWeightsDoNotFitTheCard(@TempDir Path directory) throws IOException {
        Path model = copyOfCard(directory, "small-ouve");
        Map<String, Tensor> weights =
                new LinkedHashMap<>(Safetensors.read(Path.of("models/small-ouve/weights.safetensors"))
                        .tensors());
        weights.put("all_modules.5.Conv_1.bias", Tensor.of(List.of(1L), 0));
        new Safetensors(weights).write(model.resolve("weights.safetensors"));

        assertThatThrownBy(() -> new ModelRepository(directory).load("small-ouve", ENGINE, Precision.FP32))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("weights.safetensors")
                .hasMessageContaining("\"all_modules.5.Conv_1.bias\" has shape [1], the architecture wants [32]");
    }

    @Test
    void shouldSayWhatIsMissingOrDamagedWhenWeightsAre(@TempDir Path directory) throws IOException {
        Path model = copyOfCard(directory, "small-ouve");
        ModelRepository repository = new ModelRepository(directory);
        assertThatThrownBy(() -> repository.load("small-ouve", ENGINE, Precision.FP32))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("weights.safetensors is missing");

        Files.writeString(model.resolve("weights.safetensors"), "<html>404</html>");
        assertThatThrownBy(() -> repository.load("small-ouve", ENGINE, Precision.FP32))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("not a safetensors file");
    }

    @Test
    void shouldRefuseWhenCardIsThatOfAnotherModel(@TempDir Path directory) throws IOException {
        copyOfCard(directory, "other");

        assertThatThrownBy(() -> new ModelRepository(directory).card("other"))
                .hasMessageContaining("in directory \"other\" is that of model \"small-ouve\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"nf\" : 32 | \"nf\" : 30 | nf must be a multiple of 4",
                "\"nf\" : 32, | | field \"architecture.nf\" is missing",
                "\"nf\" : 32 | \"nf\" : \"32\" | architecture.nf must be an integer",
                "\"conditional\" : true | \"conditional\" : 1 | architecture.conditional must be true or false",
                "\"ncsnpp\" | \"unet\" | architecture.kind must be \"ncsnpp\"",
                "\"residual\" | \"epsilon\" | output.kind must be",
                "0.06 | -1 | residualStd must be in",
                "\"ouve\" | \"vp\" | unknown process 'vp'",
                "\"sigmaMax\" : 1.0 | \"sigmaMax\" : \"x\" | sde.parameters.sigmaMax must be a number",
                "\"tEps\" : 0.01 | \"tEps\" : 1.5 | tEps must be in (0, 1)",
                "\"format\" : 1 | \"format\" : 2 | format must be 1",
                "[ 1, 2, 2, 2 ] | [ 1, 2.5 ] | channelMultipliers has an element that is no integer",
                "} ], | ], | no JSON",
            })
    void shouldNameTheFieldWhenCardIsInvalid(String original, String replacement, String expected) throws IOException {
        String card = Files.readString(GOLDEN_CARD);
        String broken = card.replace(original, replacement == null ? "" : replacement);
        assertThat(broken).isNotEqualTo(card);

        assertThatThrownBy(() -> ModelCardJson.read(broken))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(expected);
    }

    private static Path copyOfCard(Path directory, String name) throws IOException {
        Path model = Files.createDirectory(directory.resolve(name));
        Files.copy(GOLDEN_CARD, model.resolve("model.json"));
        return model;
    }
}
