package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.batch.Tiling;
import io.driftrec.message.FailureCode;
import io.driftrec.message.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServedModelsTest {
    private final OracleNetwork network = new OracleNetwork(y -> y);
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        network.close();
    }

    private ServedModel model(String name) {
        return version(name, '0');
    }

    private ServedModel version(String name, char digit) {
        ModelIdentity identity = new ModelIdentity(name, String.valueOf(digit).repeat(64), "ouve");
        return new ServedModel(identity, network, SeededNoise::new);
    }

    private ServedModels versions(int previous, ServedModel first) {
        return new ServedModels(
                List.of(first),
                first.identity().name(),
                previous,
                (model, state) -> told.add(model.identity().weightsSha256().charAt(0) + " " + state));
    }

    private static String digest(char digit) {
        return String.valueOf(digit).repeat(64);
    }

    @Test
    void shouldFindModelsByName() throws Exception {
        ServedModel small = model("small");
        ServedModel paper = model("paper");
        ServedModels models = new ServedModels(List.of(small, paper), "paper");

        assertThat(models.lease(Optional.empty(), Optional.empty()).model()).isSameAs(paper);
        assertThat(models.lease(Optional.of("small"), Optional.empty()).model()).isSameAs(small);
        assertThat(models.lease(Optional.of("paper"), Optional.empty()).model()).isSameAs(paper);
    }

    @Test
    void shouldNameTheModelsThereAreWhenOneIsNot() {
        ServedModels models = new ServedModels(List.of(model("small"), model("paper")), "paper");

        assertThatThrownBy(() -> models.lease(Optional.of("Paper"), Optional.empty()))
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

    @Test
    void shouldGiveNewRequestsTheNewVersionAndReleaseTheOldOneAfterItsLastRequest() throws Exception {
        ServedModel old = version("small", '1');
        ServedModel next = version("small", '2');
        ServedModels models = versions(0, old);
        ModelLease first = models.lease(Optional.empty(), Optional.empty());
        ModelLease second = models.lease(Optional.of("small"), Optional.empty());

        models.serve(next);

        assertThat(models.lease(Optional.empty(), Optional.empty()).model()).isSameAs(next);
        assertThat(told).containsExactly("1 CURRENT", "1 RETIRING", "2 CURRENT");
        first.close();
        first.close();
        assertThat(told).doesNotContain("1 RELEASED");
        second.close();
        assertThat(told).endsWith("1 RELEASED");
    }

    @Test
    void shouldKeepPreviousVersionsForRequestsThatPinThem() throws Exception {
        ServedModels models = versions(1, version("small", '1'));
        models.serve(version("small", '2'));
        models.serve(version("small", '3'));

        assertThat(told)
                .containsExactly(
                        "1 CURRENT", "2 CURRENT", "1 PREVIOUS", "1 RETIRING", "1 RELEASED", "3 CURRENT", "2 PREVIOUS");
        try (ModelLease pinned = models.lease(Optional.empty(), Optional.of(digest('2')))) {
            assertThat(pinned.model().identity().weightsSha256()).isEqualTo(digest('2'));
        }
        assertThatThrownBy(() -> models.lease(Optional.of("small"), Optional.of(digest('1'))))
                .isInstanceOf(RequestFailure.class)
                .hasMessage("modelDigest: '" + digest('1')
                        + "' is no version of 'small' that is loaded; loaded, the current " + "first: " + digest('3')
                        + ", " + digest('2'))
                .extracting(failure -> ((RequestFailure) failure).code())
                .isEqualTo(FailureCode.UNKNOWN_MODEL);
    }

    @Test
    void shouldGoBackToAVersionThatIsKept() throws Exception {
        ServedModels models = versions(1, version("small", '1'));
        models.serve(version("small", '2'));

        assertThat(models.resume("small", digest('1'))).isTrue();

        assertThat(models.isCurrent("small", digest('1'))).isTrue();
        assertThat(models.lease(Optional.empty(), Optional.empty())
                        .model()
                        .identity()
                        .weightsSha256())
                .isEqualTo(digest('1'));
        assertThat(told).endsWith("1 CURRENT", "2 PREVIOUS").doesNotContain("2 RELEASED");
        assertThat(models.resume("small", digest('9'))).isFalse();
        assertThat(models.resume("other", digest('1'))).isFalse();
    }

    @Test
    void shouldTakeUpModelsOfNewNames() throws Exception {
        ServedModels models = versions(0, version("small", '1'));
        assertThat(models.serves("large")).isFalse();

        models.serve(version("large", '2'));

        assertThat(models.serves("large")).isTrue();
        assertThat(models.lease(Optional.of("large"), Optional.empty())
                        .model()
                        .identity()
                        .name())
                .isEqualTo("large");
        assertThat(models.lease(Optional.empty(), Optional.empty())
                        .model()
                        .identity()
                        .name())
                .isEqualTo("small");
    }
}
