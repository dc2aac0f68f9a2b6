package io.driftrec.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.message.EffectiveSampler;
import io.driftrec.message.ModelIdentity;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationResult;
import io.driftrec.message.RestoredImage;
import io.driftrec.message.StageTimings;
import io.driftrec.scenario.SourceImages.Form;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The guarantee itself: it must see what it is for. */
class ObjectsAreWholeTest {
    private static final URI HERE = URI.create("s3://restored/a.png");
    private static final URI ELSEWHERE = URI.create("s3://restored/b.png");
    private static final byte[] IMAGE = SourceImages.of(Form.PNG, 5, 4, 1);
    private static final List<RequestCase> REQUESTS = List.of(
            new RequestCase("a", Optional.of("{}"), new RequestCase.Ending.Completed(5, 4, "png", false, false)));

    @Test
    void shouldBeContentWhenTheObjectIsWhatTheResultDescribes() {
        assertThatCode(() -> ObjectsAreWhole.check(REQUESTS, List.of(result(HERE, IMAGE)), Map.of(HERE, IMAGE)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldComplainWhenAnObjectIsCutOff() {
        byte[] half = Arrays.copyOf(IMAGE, IMAGE.length / 2);
        assertComplains("is not what its results describe", List.of(result(HERE, IMAGE)), Map.of(HERE, half));
        assertComplains("cannot be decoded", List.of(result(HERE, half)), Map.of(HERE, half));
    }

    @Test
    void shouldComplainWhenAnObjectIsMissingOrOneTooMany() {
        assertComplains("is not there", List.of(result(HERE, IMAGE)), Map.of());
        assertComplains("is named by no result", List.of(), Map.of(HERE, IMAGE));
    }

    @Test
    void shouldComplainWhenARepetitionNamesAnotherObject() {
        assertComplains(
                "has several objects",
                List.of(result(HERE, IMAGE), result(ELSEWHERE, IMAGE)),
                Map.of(HERE, IMAGE, ELSEWHERE, IMAGE));
    }

    @Test
    void shouldComplainWhenTheImageIsOfAnotherKind() {
        byte[] grey = SourceImages.of(Form.GREY_PNG, 5, 4, 1);
        assertComplains("5x4 grey instead of", List.of(result(HERE, grey)), Map.of(HERE, grey));
    }

    private static void assertComplains(String complaint, List<RestorationResult> results, Map<URI, byte[]> objects) {
        assertThatThrownBy(() -> ObjectsAreWhole.check(REQUESTS, results, objects))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(complaint);
    }

    private static RestorationResult result(URI location, byte[] content) {
        Duration zero = Duration.ZERO;
        return new RestorationCompleted(
                "a",
                URI.create("s3://uploads/a.png"),
                new RestoredImage(location, ObjectsAreWhole.sha256(content), content.length, 5, 4, "png"),
                new ModelIdentity("small", "0".repeat(64), "ouve"),
                new EffectiveSampler(
                        "x0",
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        1,
                        1),
                1,
                new StageTimings(zero, zero, zero, zero, zero, zero, zero),
                Instant.EPOCH,
                "worker",
                Map.of());
    }
}
