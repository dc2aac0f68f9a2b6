package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.ManualClock;
import io.driftrec.image.ImageLimits;
import io.driftrec.message.FailureCode;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationResult;
import io.driftrec.network.DeviceOutOfMemoryException;
import io.driftrec.storage.StorageException.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way for a request to fail, and that each is an outcome which leaves nothing behind. */
class RestorationFailureTest {
    private static final ImageLimits DEFAULT = ImageLimits.DEFAULT;

    /** A request that comes to nothing: what is there, what is asked, and words of the message. */
    private record Case(FailureCode code, String says, ImageLimits limits, Preparation bench, Requests request) {
        @Override
        public String toString() {
            return code + ": " + says;
        }
    }

    @FunctionalInterface
    private interface Preparation {
        void prepare(RestorationBench bench);
    }

    private final RestorationBench bench = new RestorationBench();

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Case> cases() {
        return Stream.of(requests(), stores(), images(), device(), defects()).flatMap(List::stream);
    }

    private static List<Case> requests() {
        Requests plain = Requests.plain();
        return List.of(
                refused(
                        FailureCode.INVALID_REQUEST,
                        "is the source itself",
                        plain.from("s3://shared/%61.png").to("s3://shared/a.png")),
                refused(FailureCode.UNKNOWN_MODEL, "model: 'nobody' is not among [oracle]", plain.by("nobody")),
                refused(
                        FailureCode.UNSUPPORTED_SAMPLER,
                        "unknown sampler 'magic'",
                        plain.with(Requests.sampler("magic"))),
                refused(FailureCode.SOURCE_FORBIDDEN, "s3://secrets/a.png", plain.from("s3://secrets/a.png")),
                refused(FailureCode.SOURCE_FORBIDDEN, "..", plain.from("s3://uploads/../secrets/a.png")),
                refused(FailureCode.TARGET_FORBIDDEN, "s3://uploads/b.png", plain.to("s3://uploads/b.png")),
                refused(
                        FailureCode.DEADLINE_EXCEEDED,
                        "passed 60000 ms ago",
                        plain.until(new ManualClock().instant().minusSeconds(60))));
    }

    private static Case refused(FailureCode code, String says, Requests request) {
        return new Case(code, says, DEFAULT, bench -> bench.holding(Images.png(8, 8)), request);
    }

    private static List<Case> stores() {
        Reason[] thrice = {Reason.UNAVAILABLE, Reason.UNAVAILABLE, Reason.UNAVAILABLE};
        return List.of(
                withSource(FailureCode.SOURCE_NOT_FOUND, "no such object", bench -> {}),
                new Case(
                        FailureCode.SOURCE_TOO_LARGE,
                        "more than 10 bytes",
                        new ImageLimits(100, 10),
                        bench -> bench.holding(new byte[11]),
                        Requests.plain()),
                withSource(FailureCode.SOURCE_FORBIDDEN, "cat.png", bench -> bench.store.failReads(Reason.FORBIDDEN)),
                withSource(FailureCode.SOURCE_UNAVAILABLE, "cat.png", bench -> bench.store.failReads(thrice)),
                withImage(FailureCode.TARGET_UNAVAILABLE, "request-1", bench -> bench.store.failWrites(thrice)),
                withImage(FailureCode.TARGET_FORBIDDEN, "request-1", bench -> bench.store.failWrites(Reason.FORBIDDEN)),
                withImage(
                        FailureCode.TARGET_FORBIDDEN, "request-1", bench -> bench.store.failWrites(Reason.NOT_FOUND)));
    }

    private static List<Case> images() {
        byte[] png = Images.png(40, 30);
        return List.of(
                withSource(FailureCode.UNSUPPORTED_FORMAT, "47 49 46", bench -> bench.holding("GIF89a".getBytes())),
                withSource(FailureCode.CORRUPT_IMAGE, "empty", bench -> bench.holding(new byte[0])),
                withSource(
                        FailureCode.CORRUPT_IMAGE, "PNG", bench -> bench.holding(Arrays.copyOf(png, png.length / 2))),
                new Case(
                        FailureCode.TOO_MANY_PIXELS,
                        "40x30",
                        new ImageLimits(1199, 1 << 20),
                        bench -> bench.holding(png),
                        Requests.plain()),
                new Case(
                        FailureCode.TOO_MANY_PIXELS,
                        "image is 1x2000, which the network pads to 32000 pixels: at most 4000 are accepted",
                        new ImageLimits(2000, 1 << 20),
                        bench -> bench.holding(Images.png(1, 2000)),
                        Requests.plain()),
                new Case(
                        FailureCode.INVALID_REQUEST,
                        "WEBP holds at most 16383 pixels a side, and the image is 16384x1",
                        DEFAULT,
                        bench -> bench.holding(Images.png(16_384, 1)),
                        Requests.plain().as("webp", 90)));
    }

    private static List<Case> device() {
        return List.of(
                withImage(
                        FailureCode.DEVICE_OUT_OF_MEMORY,
                        "one tile is too much",
                        bench -> bench.network.knows(y -> {
                            throw new DeviceOutOfMemoryException(new IllegalStateException("one tile is too much"));
                        })),
                withImage(FailureCode.NON_FINITE_RESULT, "NaN", bench -> bench.network.knows(y -> y.mul(Float.NaN))));
    }

    private static List<Case> defects() {
        return List.of(
                withImage(
                        FailureCode.INTERNAL,
                        "IllegalStateException: a bug of the network",
                        bench -> bench.network.knows(y -> {
                            throw new IllegalStateException("a bug of the network");
                        })),
                withImage(
                        FailureCode.INTERNAL,
                        "OutOfMemoryError: Java heap space",
                        bench -> bench.store.beforeRead(() -> {
                            throw new OutOfMemoryError("Java heap space");
                        })),
                withImage(
                        FailureCode.INTERNAL,
                        "NoClassDefFoundError: codec",
                        bench -> bench.store.beforeRead(() -> {
                            throw new NoClassDefFoundError("codec");
                        })));
    }

    private static Case withImage(FailureCode code, String says, Preparation bench) {
        return new Case(
                code,
                says,
                DEFAULT,
                it -> {
                    it.holding(Images.png(8, 8));
                    bench.prepare(it);
                },
                Requests.plain());
    }

    private static Case withSource(FailureCode code, String says, Preparation bench) {
        return new Case(code, says, DEFAULT, bench, Requests.plain());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerWithTheCodeAndLeaveNothingBehind(Case it) throws Exception {
        it.bench().prepare(bench);

        RestorationResult result = bench.service(it.limits())
                .restore(it.request().request(), bench.clock.instant(), (evaluations, expected) -> {});

        assertThat(result).isInstanceOf(RestorationFailed.class);
        RestorationFailed failed = (RestorationFailed) result;
        assertThat(failed.code()).isEqualTo(it.code());
        assertThat(failed.message()).contains(it.says());
        assertThat(failed.retryable()).isEqualTo(it.code().isRetryable());
        assertThat(failed.attempts()).isEqualTo(it.code().isRetryable() ? 3 : 1);
        assertThat(failed.source()).contains(it.request().source());
        assertThat(failed.worker()).isEqualTo(RestorationBench.WORKER);
        assertThat(failed.attributes()).isEqualTo(Requests.ATTRIBUTES);
        assertThat(bench.store.written()).isEmpty();
        assertThat(bench.admission.reserved()).isZero();
        assertThat(bench.metrics.failed).containsOnly(Map.entry(it.code(), 1));
        assertThat(bench.metrics.inFlight()).isZero();
        assertThat(bench.metrics.stages).doesNotHaveDuplicates();
    }

    @Test
    void shouldReachEveryCode() {
        Set<FailureCode> reached = EnumSet.noneOf(FailureCode.class);
        cases().map(Case::code).forEach(reached::add);

        assertThat(reached).containsExactlyInAnyOrder(FailureCode.values());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void shouldGiveEveryReasonOfAStoreACode(Reason reason) throws Exception {
        bench.holding(Images.png(8, 8));
        bench.store.failReads(reason, reason, reason);

        RestorationResult result = bench.restore(Requests.plain());

        assertThat(((RestorationFailed) result).code().name()).isEqualTo("SOURCE_" + reason);
    }

    @Test
    void shouldTimeTheStageThatFails() throws Exception {
        bench.restore(Requests.plain());

        assertThat(bench.metrics.stages).containsExactly(Stage.QUEUED, Stage.FETCH);
    }

    @Test
    void shouldRestoreTheNextImageAfterADefect() throws Exception {
        bench.holding(Images.png(8, 8));
        bench.network.knows(y -> {
            throw new IllegalStateException("once");
        });
        bench.restore(Requests.plain());
        bench.network.knows(y -> y);

        bench.restore(Requests.plain());

        assertThat(bench.metrics.completed).isEqualTo(1);
    }
}
