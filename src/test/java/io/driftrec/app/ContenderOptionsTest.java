package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.I2sb;
import io.driftrec.diffusion.Ouve;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ContenderOptionsTest {
    private final Map<String, ForwardProcess> processes = new LinkedHashMap<>();

    ContenderOptionsTest() {
        processes.put("net", new Ouve());
        processes.put("bridge", new I2sb());
    }

    @Test
    void shouldGiveEachModelAStandardSamplerOfItsProcess() {
        assertThat(methods()).containsExactly("clean", "jpeg", "net/balanced", "bridge/posterior:20");
    }

    @Test
    void shouldPairModelsWithTheSamplersThatFit() {
        assertThat(methods("--sampler=2m:10,x0,ot-ode:20"))
                .containsExactly("clean", "jpeg", "net/2m:10", "net/x0", "bridge/x0", "bridge/ot-ode:20");
    }

    @Test
    void shouldRefuseAModelWithoutASamplerAndASamplerWithoutAModel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> methods("--sampler=2m:10"))
                .withMessageContaining("2m:10")
                .withMessageContaining("bridge")
                .withMessageContaining("posterior");
        processes.remove("bridge");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> methods("--sampler=2m:10,ot-ode:20"))
                .withMessageContaining("ot-ode:20 fits none of the models");
    }

    private List<String> methods(String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return options.contenders.methods(options.restorer, processes, new LaneMethod.Lanes(null, null, null)).stream()
                .map(method -> method.identity().id())
                .toList();
    }

    @Command
    private static final class Options {
        @Mixin
        private final ContenderOptions contenders = new ContenderOptions();

        @Mixin
        private final RestorerOptions restorer = new RestorerOptions();
    }
}
