package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.driftrec.diffusion.I2sb;
import io.driftrec.diffusion.PosteriorMean;
import io.driftrec.diffusion.TransportOde;
import io.driftrec.image.ImageFormat;
import io.driftrec.message.EffectiveSampler;
import io.driftrec.message.FailureCode;
import io.driftrec.message.ModelIdentity;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.SamplerSpec;
import io.driftrec.storage.LocationPolicy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPlannerTest {
    private final OracleNetwork network = new OracleNetwork(y -> y);
    private final ServedModel oracle = new ServedModel(RestorationBench.MODEL, network, SeededNoise::new);
    private final ServedModel other =
            new ServedModel(new ModelIdentity("other", "1".repeat(64), "ouve"), network, SeededNoise::new);
    private final ServedModels models = new ServedModels(List.of(oracle, other), "oracle");
    private final RequestPlanner planner = RestorationBench.planner(models);

    @AfterEach
    void close() {
        network.close();
    }

    private static RestorationRequest bare(String id) {
        return RestorationRequest.of(id, Requests.SOURCE, Requests.TARGET);
    }

    private RequestFailure failure(Requests request) {
        return catchFailure(planner, request);
    }

    private static RequestFailure catchFailure(RequestPlanner of, Requests request) {
        try {
            of.plan(request.request());
        } catch (RequestFailure failure) {
            return failure;
        }
        throw new AssertionError("planned: " + request);
    }

    @Test
    void shouldFillInTheDefaults() throws Exception {
        RequestPlan plan = planner.plan(bare("request-1"));

        assertThat(plan.model()).isSameAs(oracle);
        assertThat(plan.sampler()).isEqualTo(new PosteriorMean());
        assertThat(plan.effective().kind()).isEqualTo("x0");
        assertThat(plan.effective().samples()).isEqualTo(1);
        assertThat(plan.format()).isEqualTo(ImageFormat.PNG);
        assertThat(plan.result().toString()).startsWith("s3://restored/request-1-");
    }

    @Test
    void shouldTakeWhatTheRequestSays() throws Exception {
        SamplerSpec sampler = new SamplerSpec(
                Optional.of("ddim"),
                Optional.empty(),
                OptionalInt.of(7),
                OptionalDouble.empty(),
                OptionalDouble.of(0.5),
                Optional.of(true),
                OptionalDouble.of(0.3),
                OptionalLong.of(-3),
                OptionalInt.of(4));

        RequestPlan plan = planner.plan(Requests.plain()
                .by("other")
                .with(sampler)
                .as("jpeg", 80)
                .to("s3://restored/cat.jpg")
                .request());

        assertThat(plan.model()).isSameAs(other);
        assertThat(plan.sampler().expectedEvaluations()).isEqualTo(7);
        assertThat(plan.effective())
                .isEqualTo(new EffectiveSampler(
                        "ddim",
                        Optional.empty(),
                        OptionalInt.of(7),
                        OptionalDouble.empty(),
                        OptionalDouble.of(0.5),
                        Optional.of(true),
                        OptionalDouble.of(0.3),
                        -3,
                        4));
        assertThat(plan.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(plan.result()).isEqualTo(URI.create("s3://restored/cat.jpg"));
    }

    /** A repetition after an upgrade must repeat the result. */
    @ParameterizedTest
    @CsvSource({"request-1, 4791995434093011", "späte Grüße, 3859741641184451"})
    void shouldDeriveTheSameSeedForEver(String id, long seed) throws Exception {
        assertThat(planner.plan(bare(id)).effective().seed()).isEqualTo(seed);
    }

    @Test
    void shouldDeriveSeedsThatDoublesHold() throws Exception {
        for (int i = 0; i < 1000; i++) {
            long seed = planner.plan(bare("request-" + i)).effective().seed();
            assertThat(seed).isBetween(0L, (1L << 53) - 1);
            assertThat((long) (double) seed).isEqualTo(seed);
        }
    }

    @Test
    void shouldRefuseAnOptionThatTheSamplerLacks() {
        RequestFailure failure =
                failure(Requests.plain().with(Requests.sampler("ode", OptionalInt.of(10), OptionalLong.empty(), 1)));

        assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED_SAMPLER);
        assertThat(failure).hasMessage("sampler: option steps does not apply to sampler ode: it takes tolerance");
    }

    @Test
    void shouldRefuseASamplerThatDoesNotFitTheModel() throws Exception {
        try (OracleNetwork bridge = new OracleNetwork(new I2sb(), y -> y)) {
            ServedModel model = new ServedModel(RestorationBench.MODEL, bridge, SeededNoise::new);
            RequestPlanner bridges =
                    new RequestPlanner(new ServedModels(List.of(model), "oracle"), RestorationBench.policy(), "2m");

            RequestFailure failure = catchFailure(bridges, Requests.plain().with(Requests.sampler("euler-maruyama")));

            assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED_SAMPLER);
            assertThat(failure)
                    .hasMessage("sampler: sampler euler-maruyama does not fit process i2sb: must be one of posterior, "
                            + "ot-ode, x0");
            assertThat(bridges.plan(bare("request-1")).effective().kind()).isEqualTo("posterior");
            assertThat(bridges.plan(Requests.plain()
                                    .with(Requests.sampler("ot-ode"))
                                    .request())
                            .sampler())
                    .isEqualTo(new TransportOde(20));
        }
        assertThat(failure(Requests.plain().with(Requests.sampler("ot-ode"))).code())
                .isEqualTo(FailureCode.UNSUPPORTED_SAMPLER);
    }

    @ParameterizedTest
    @CsvSource({"s3://shared/a.png, s3://shared/%61.png", "s3://shared/gr%C3%BCn.png, s3://shared/grün.png"})
    void shouldRefuseTheSourceAsTargetHoweverItIsSpelled(String source, String target) {
        RequestFailure failure = failure(Requests.plain().from(source).to(target));

        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("is the source itself");
    }

    @Test
    void shouldTakeATargetBesideTheSource() throws Exception {
        RestorationRequest beside = Requests.plain()
                .from("s3://shared/a.jpg")
                .to("s3://shared/a.png")
                .request();

        assertThat(planner.plan(beside).result()).isEqualTo(beside.target());
    }

    @Test
    void shouldRefuseWhatThePolicyDoesNotAllow() {
        RequestPlanner nowhere = new RequestPlanner(models, LocationPolicy.nothing(), "x0");
        RequestPlanner readOnly = new RequestPlanner(
                models, new LocationPolicy(RestorationBench.prefixes("s3://uploads/"), List.of()), "x0");

        assertThat(catchFailure(nowhere, Requests.plain()).code()).isEqualTo(FailureCode.SOURCE_FORBIDDEN);
        assertThat(catchFailure(readOnly, Requests.plain()).code()).isEqualTo(FailureCode.TARGET_FORBIDDEN);
    }

    @Test
    void shouldRefuseAFormatThatCannotBeWrittenHere() {
        RequestPlanner withoutWebp = new RequestPlanner(
                models,
                new LocationPolicy(
                        RestorationBench.prefixes("s3://uploads/"), RestorationBench.prefixes("s3://restored/")),
                "x0",
                format -> format != ImageFormat.WEBP);

        RequestFailure failure = catchFailure(withoutWebp, Requests.plain().as("webp", 90));

        assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED_FORMAT);
        assertThat(failure).hasMessageContaining("output.format: 'webp'");
    }

    @Test
    void shouldRefuseADefaultSamplerThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestPlanner(models, LocationPolicy.nothing(), "magic"))
                .withMessageContaining("unknown sampler 'magic': must be one of euler-maruyama");
        assertThatExceptionOfType(RequestFailure.class)
                .isThrownBy(() -> planner.plan(
                        Requests.plain().with(Requests.sampler("magic")).request()));
    }
}
