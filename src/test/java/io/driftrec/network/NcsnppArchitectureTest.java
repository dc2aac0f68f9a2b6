package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NcsnppArchitectureTest {
    private static final NcsnppArchitecture TINY =
            new NcsnppArchitecture(4, List.of(1, 2), 1, Set.of(), 6, 3, true, 16, true);

    @Test
    void shouldHaveTheReferencesParametersWhenArchitectureIsThePapers() throws IOException {
        JsonNode expected;
        try (InputStream in = getClass().getResourceAsStream("/network/ncsnpp-paper-parameters.json")) {
            expected = new ObjectMapper().readTree(in);
        }
        List<String> names = new ArrayList<>();
        List<List<Long>> shapes = new ArrayList<>();
        expected.get("tensors").fields().forEachRemaining(tensor -> {
            names.add(tensor.getKey());
            List<Long> shape = new ArrayList<>();
            tensor.getValue().forEach(dimension -> shape.add(dimension.asLong()));
            shapes.add(shape);
        });

        List<NcsnppParameter> parameters = NcsnppArchitecture.paper().parameters();

        assertThat(parameters).extracting(NcsnppParameter::name).containsExactlyElementsOf(names);
        assertThat(parameters).extracting(NcsnppParameter::shape).containsExactlyElementsOf(shapes);
        assertThat(NcsnppArchitecture.paper().parameterCount()).isEqualTo(65_623_359);
        assertThat(parameters.stream().filter(parameter -> !parameter.isTrained()))
                .singleElement()
                .extracting(NcsnppParameter::size)
                .isEqualTo(128L);
    }

    @Test
    void shouldHaveThePapersCountsWhenNetworkIsTheRegressionBaseline() {
        List<Integer> multipliers = List.of(1, 1, 2, 2, 2, 2, 2);

        assertThat(new NcsnppArchitecture(128, multipliers, 2, Set.of(4), 3, 3, true, 16, true).parameterCount())
                .isEqualTo(65_574_561);
        assertThat(new NcsnppArchitecture(128, multipliers, 2, Set.of(4), 3, 3, false, 16, false).parameterCount())
                .isEqualTo(59_598_753);
    }

    @Test
    void shouldDescribeItself() {
        assertThat(NcsnppArchitecture.paper().downsamplingFactor()).isEqualTo(64);
        assertThat(NcsnppArchitecture.paper().isPaired()).isTrue();
        assertThat(TINY.downsamplingFactor()).isEqualTo(2);
    }

    @Test
    void shouldNameTheValueWhenItIsInvalid() {
        assertThatThrownBy(() -> new NcsnppArchitecture(6, List.of(1), 1, Set.of(), 6, 3, true, 16, true))
                .hasMessage("nf must be a multiple of 4 in 4..4096, not 6");
        assertThatThrownBy(() -> new NcsnppArchitecture(8, List.of(), 1, Set.of(), 6, 3, true, 16, true))
                .hasMessageContaining("channelMultipliers");
        assertThatThrownBy(() -> new NcsnppArchitecture(8, List.of(1, 0), 1, Set.of(), 6, 3, true, 16, true))
                .hasMessageContaining("channelMultipliers");
        assertThatThrownBy(() -> new NcsnppArchitecture(8, List.of(1), 0, Set.of(), 6, 3, true, 16, true))
                .hasMessageContaining("blocksPerLevel");
        assertThatThrownBy(() -> new NcsnppArchitecture(8, List.of(1), 1, Set.of(1), 6, 3, true, 16, true))
                .hasMessageContaining("attentionLevels must be indexes of the 1 levels, not [1]");
        assertThatThrownBy(() -> new NcsnppArchitecture(8, List.of(1), 1, Set.of(), 0, 3, true, 16, true))
                .hasMessageContaining("inputChannels");
        assertThatThrownBy(() -> new NcsnppArchitecture(8, List.of(1), 1, Set.of(), 6, 3, true, Double.NaN, true))
                .hasMessageContaining("fourierScale");
    }

    @Test
    void shouldNameTheTensorWhenWeightsAreOfAnotherNetwork() {
        Map<String, Tensor> weights =
                new LinkedHashMap<>(RandomWeights.of(TINY, 1).tensors());
        String name = "all_modules.4.Conv_0.weight";
        TINY.check(new Safetensors(weights));

        Tensor original = weights.remove(name);
        assertThatThrownBy(() -> TINY.check(new Safetensors(weights)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("tensor \"" + name + "\" is missing");

        weights.put(name, Tensor.of(List.of(4L), 1, 2, 3, 4));
        assertThatThrownBy(() -> TINY.check(new Safetensors(weights)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("tensor \"" + name + "\" has shape [4], the architecture wants [4, 4, 3, 3]");

        weights.put(name, original);
        weights.put("surplus", original);
        assertThatThrownBy(() -> TINY.check(new Safetensors(weights)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("tensor \"surplus\" is no part");
    }
}
