package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.driftrec.message.SamplerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "x0, x0, x0, x0",
        "2m, 2m:10, 2m, 2m steps=10 eta=0.0 first-jump=true last-time=0.03",
        "2m:4, 2m:4, 2m, 2m steps=4 eta=0.0 first-jump=false last-time=0.03",
        "distortion, distortion, x0, x0",
        "2m:4:first-jump=false:eta=0.0, 2m:4:first-jump=false:eta=0.0, 2m, 2m steps=4 eta=0.0 first-jump=false last-time=0.03",
        "official, official, euler-maruyama, euler-maruyama steps=100 variant=official",
        "fast:6, fast:6, 2m:last-time=0.2, 2m steps=6 eta=0.0 first-jump=true last-time=0.2",
        "fast:6:last-time=0.03, fast:6:last-time=0.03, 2m, 2m steps=6 eta=0.0 first-jump=true last-time=0.03",
        "ode:1e-2, ode:0.01, ode, ode tolerance=0.01",
        "euler-maruyama:50, euler-maruyama:50, euler-maruyama, euler-maruyama steps=50 variant=consistent",
        "euler-maruyama:100:variant=consistent, euler-maruyama:100:variant=consistent, euler-maruyama:variant=consistent,"
                + " euler-maruyama steps=100 variant=consistent",
        "ddim:20:eta=0.5:last-time=0.3, ddim:20:eta=0.5:last-time=0.3, ddim:eta=0.5:last-time=0.3,"
                + " ddim steps=20 eta=0.5 first-jump=false last-time=0.3",
    })
    void shouldReadAWordAndFillInWhatItLeavesOut(String word, String id, String series, String effective) {
        SamplerChoice choice = SamplerChoice.parse(word);

        assertThat(choice.id()).isEqualTo(id);
        assertThat(choice.series()).isEqualTo(series);
        assertThat(choice.effective()).isEqualTo(effective);
    }

    @Test
    void shouldSayTheSameInRequests() {
        SamplerSpec spec = SamplerChoice.parse("ddim:20:eta=0.5").spec(7, 3);

        assertThat(spec.kind()).contains("ddim");
        assertThat(spec.steps()).hasValue(20);
        assertThat(spec.eta()).hasValue(0.5);
        assertThat(spec.firstJump()).isEmpty();
        assertThat(spec.seed()).hasValue(7);
        assertThat(spec.samples()).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3m:10",
                "2m:ten",
                "2m:",
                "2m:10:5",
                "2m:0",
                "2m:10:speed=3",
                "x0:5",
                "ode:10:eta=1",
                "ddim:5:first-jump=maybe"
            })
    void shouldRefuseWhatIsNoSampler(String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SamplerChoice.parse(word))
                .withMessageMatching("(?s).*(sampler|steps|option).*");
    }
}
