package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.image.ImageFormat;
import io.driftrec.message.EffectiveSampler;
import io.driftrec.message.ModelIdentity;
import io.driftrec.message.RestorationRequest;
import io.driftrec.storage.Location;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultLocationTest {
    private static final EffectiveSampler SAMPLER = new EffectiveSampler(
            "2m",
            Optional.empty(),
            OptionalInt.of(10),
            OptionalDouble.empty(),
            OptionalDouble.of(0),
            Optional.of(true),
            OptionalDouble.of(0.03),
            42,
            1);

    private static URI location(RestorationRequest request) {
        return location(request, RestorationBench.MODEL, SAMPLER);
    }

    private static URI location(RestorationRequest request, ModelIdentity model, EffectiveSampler sampler) {
        return ResultLocation.of(request, model, sampler, ImageFormat.PNG);
    }

    private static URI ofId(String id) {
        return location(Requests.plain().withId(id).request());
    }

    @Test
    void shouldBeTheTargetWhenThatIsAnObject() {
        assertThat(location(Requests.plain().to("s3://restored/cat").request()))
                .isEqualTo(URI.create("s3://restored/cat"));
    }

    /** Objects that are there keep their names: a change of this one changes all. */
    @Test
    void shouldKeepTheNamesOfEarlierReleases() {
        assertThat(location(Requests.plain().request()))
                .isEqualTo(URI.create("s3://restored/request-1-6239a3a47130af38.png"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://restored/, s3://restored/request-1-",
        "s3://restored, s3://restored/request-1-",
        "s3://restored/a/b/, s3://restored/a/b/request-1-",
        "file:/tmp/out/, file:/tmp/out/request-1-",
        "file:///tmp/a%20b/, file:///tmp/a%20b/request-1-"
    })
    void shouldBeBelowThePrefix(String target, String expected) {
        assertThat(location(Requests.plain().to(target).request()).toString())
                .startsWith(expected)
                .endsWith(".png");
    }

    @Test
    void shouldDifferWhenAnythingDiffersThatDecidesTheResult() {
        Requests plain = Requests.plain();
        List<URI> locations = new ArrayList<>(List.of(
                location(plain.request()),
                location(plain.withId("request-2").request()),
                location(plain.from("s3://uploads/dog.png").request()),
                location(plain.as("jpeg", 95).request()),
                location(plain.as("png", 90).request()),
                location(plain.withColourCorrection().request()),
                location(plain.request(), new ModelIdentity("other", "0".repeat(64), "ouve"), SAMPLER),
                location(plain.request(), new ModelIdentity("oracle", "1".repeat(64), "ouve"), SAMPLER)));
        samplers().forEach(sampler -> locations.add(location(plain.request(), RestorationBench.MODEL, sampler)));

        assertThat(locations).doesNotHaveDuplicates();
    }

    /** {@link #SAMPLER} with one part changed. */
    private static List<EffectiveSampler> samplers() {
        Optional<String> none = Optional.empty();
        OptionalInt ten = OptionalInt.of(10);
        OptionalDouble no = OptionalDouble.empty();
        OptionalDouble zero = OptionalDouble.of(0);
        Optional<Boolean> jump = Optional.of(true);
        OptionalDouble last = OptionalDouble.of(0.03);
        return List.of(
                new EffectiveSampler("ddim", none, ten, no, zero, jump, last, 42, 1),
                new EffectiveSampler("2m", Optional.of("official"), ten, no, zero, jump, last, 42, 1),
                new EffectiveSampler("2m", none, OptionalInt.of(11), no, zero, jump, last, 42, 1),
                new EffectiveSampler("2m", none, ten, OptionalDouble.of(0.1), zero, jump, last, 42, 1),
                new EffectiveSampler("2m", none, ten, no, OptionalDouble.of(0.5), jump, last, 42, 1),
                new EffectiveSampler("2m", none, ten, no, zero, Optional.of(false), last, 42, 1),
                new EffectiveSampler("2m", none, ten, no, zero, jump, last, 43, 1),
                new EffectiveSampler("2m", none, ten, no, zero, jump, last, 42, 2),
                new EffectiveSampler("2m", none, ten, no, zero, jump, OptionalDouble.of(0.3), 42, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "..",
                ".hidden",
                "a/b\\c",
                "%2e%2e%2fx",
                "x?y=z#w",
                "späte Grüße 日本 🎉",
                "con:aux|nul",
                "a\u00A0b",
                "-rf"
            })
    void shouldStayAPlainNameBelowThePrefixWhateverTheId(String id) throws Exception {
        URI location = ofId(id);

        assertThat(location.toString()).matches("s3://restored/[A-Za-z0-9_-][A-Za-z0-9._-]*-[0-9a-f]{16}\\.png");
        assertThat(Location.parse(location).toUri()).isEqualTo(location);
    }

    @Test
    void shouldCutLongIdsAndStillTellThemApart() {
        String start = "x".repeat(199);

        assertThat(ofId(start + "1").toString())
                .hasSizeLessThan(130)
                .isNotEqualTo(ofId(start + "2").toString());
    }

    @Test
    void shouldTellIdsApartThatLookAlikeWhenMadeSafe() {
        assertThat(List.of(ofId("a/b"), ofId("a_b"), ofId("a?b"), ofId("a b"))).doesNotHaveDuplicates();
    }
}
