package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.batch.Tiling;
import io.driftrec.message.FailureCode;
import io.driftrec.message.ModelIdentity;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServedModelsTest {
    private final OracleNetwork network = new OracleNetwork(y -> y);

    @AfterEach
    void close() {
        network.close();
    }

    private ServedModel model(String name) {
        return new ServedModel(new ModelIdentity(name, "0".repeat(64), "ouve"), network, SeededNoise::new);
    }

    @Test
    void shouldFindModelsByName() throws Exception {
        ServedModel small = model("small");
        ServedModel paper = model("paper");
        ServedModels models = new ServedModels(List.of(small, paper), "paper");

        assertThat(models.standard()).isSameAs(paper);
        assertThat(models.named("small")).isSameAs(small);
        assertThat(models.named("paper")).isSameAs(paper);
    }

    @Test
    void shouldNameTheModelsThereAreWhenOneIsNot() {
        ServedModels models = new ServedModels(List.of(model("small"), model("paper")), "paper");

        assertThatThrownBy(() -> models.named("Paper"))
                .isInstanceOf(RequestFailure.class)
                .hasMessage("model: 'Paper' is not among [paper, small]")
                .extracting(failure -> ((RequestFailure) failure).code())
                .isEqualTo(FailureCode.UNKNOWN_MODEL);
    }

    @Test
    void shouldRefuseADefaultThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServedModels(List.of(model("small")), "paper"))
                .withMessage("model: 'paper' is not among [small]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServedModels(List.of(), "paper"))
                .withMessage("model: 'paper' is not among []");
    }

    @Test
    void shouldRefuseTwoModelsOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServedModels(List.of(model("small"), model("small")), "small"))
                .withMessage("model: two are called 'small'");
    }

    @Test
    void shouldRefuseTilesThatANetworkDoesNotTake() {
        ServedModels models = new ServedModels(List.of(model("small")), "small");

        models.checkTiling(new Tiling.Tiles(128, 16));
        models.checkTiling(Tiling.WHOLE_IMAGE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> models.checkTiling(new Tiling.Tiles(200, 24)))
                .withMessage(
                        "tile: 200 is not a multiple of " + OracleNetwork.SIZE_MULTIPLE + ", as model 'small' needs");
    }
}
