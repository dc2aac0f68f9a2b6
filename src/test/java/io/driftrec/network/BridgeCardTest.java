package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.I2sb;
import io.driftrec.diffusion.Indi;
import io.driftrec.diffusion.Ouve;
import io.driftrec.network.OutputParameterization.Clean;
import io.driftrec.network.OutputParameterization.Displacement;
import io.driftrec.network.OutputParameterization.Residual;
import io.driftrec.network.OutputParameterization.Score;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cards of models of other processes than the paper's. */
class BridgeCardTest {
    private static ModelCard card(ForwardProcess process, OutputParameterization output, boolean dividesBySigma) {
        return new ModelCard(
                "bridge",
                "",
                new NcsnppArchitecture(8, List.of(1, 2), 1, Set.of(), 6, 3, true, 2, dividesBySigma),
                output,
                process,
                0.01,
                false,
                Map.of(),
                List.of(),
                "none");
    }

    static Stream<Arguments> cards() {
        return Stream.of(
                Arguments.of(new I2sb(0.3, 1), new Displacement(), false),
                Arguments.of(new I2sb(1, 0), new Displacement(), false),
                Arguments.of(new I2sb(), new Score(), true),
                Arguments.of(new Indi(0.02, 0.5), new Clean(), false),
                Arguments.of(new Ouve(), new Clean(), false));
    }

    @ParameterizedTest
    @MethodSource("cards")
    void shouldComeBackFromJson(ForwardProcess process, OutputParameterization output, boolean dividesBySigma) {
        ModelCard card = card(process, output, dividesBySigma);

        assertThat(ModelCardJson.read(ModelCardJson.write(card))).isEqualTo(card);
    }

    @Test
    void shouldTakeACardWithoutStartForOneThatKnowsNone() {
        String json = ModelCardJson.write(card(new I2sb(), new Displacement(), false));

        assertThat(ModelCardJson.read(json.replace("\"noiseFreeStart\" : false,", ""))
                        .noiseFreeStart())
                .isFalse();
        assertThat(ModelCardJson.read(json.replace("\"noiseFreeStart\" : false,", "\"noiseFreeStart\" : true,"))
                        .noiseFreeStart())
                .isTrue();
        assertThatThrownBy(
                        () -> ModelCardJson.read(json.replace("\"noiseFreeStart\" : false", "\"noiseFreeStart\" : 1")))
                .hasMessage("noiseFreeStart must be true or false, not 1");
    }

    @Test
    void shouldSayWhatWouldFitWhenOutputAndProcessDoNot() {
        assertThatThrownBy(() -> card(new I2sb(), new Residual(0.06), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output residual does not fit process i2sb")
                .hasMessageContaining("must be score, displacement or x0");
        assertThatThrownBy(() -> card(new Ouve(), new Displacement(), false))
                .hasMessageContaining("output displacement does not fit process ouve")
                .hasMessageContaining("must be score, residual or x0");
        assertThatThrownBy(() -> card(new Indi(), new Clean(), true))
                .hasMessageContaining("divideBySigma must be false where the output is x0");
        assertThatThrownBy(() -> card(new Indi(), new Displacement(), true))
                .hasMessageContaining("divideBySigma must be false where the output is displacement");
    }

    @Test
    void shouldNameTheFieldWhenCardIsInvalid() {
        String json = ModelCardJson.write(card(new I2sb(), new Displacement(), false));

        assertThatThrownBy(() -> ModelCardJson.read(json.replace("betaMax", "gamma")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("unknown parameter 'gamma' of process i2sb: must be betaMax or noise");
        assertThatThrownBy(() -> ModelCardJson.read(json.replace("displacement", "velocity")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("must be \"score\", \"residual\", \"displacement\" or \"x0\", not \"velocity\"");
    }
}
