package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageProbe;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationResult;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.StorageException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes back of an image that is well. */
class RestorationServiceTest {
    private final RestorationBench bench = new RestorationBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private byte[] restored(Requests request) throws WorkerStoppedException {
        RestorationCompleted completed = completed(bench.restore(request));
        return bench.store.object(completed.image().uri()).orElseThrow();
    }

    private static RestorationCompleted completed(RestorationResult result) {
        assertThat(result).isInstanceOf(RestorationCompleted.class);
        return (RestorationCompleted) result;
    }

    /** y plus so much red, green and blue. */
    private static NDArray tinted(NDArray y, float red, float green, float blue) {
        return y.add(y.getManager().create(new float[] {red, green, blue}, new Shape(1, 3, 1, 1)));
    }

    @Test
    void shouldWriteWhatTheNetworkKnowsOfTheImage() throws Exception {
        byte[] source = Images.png(45, 31);
        bench.holding(source).network.knows(y -> y.mul(0.5).add(0.25));

        byte[] result = restored(Requests.plain());

        Rgb8 damaged = Rgb8.of(Images.decoded(source));
        Rgb8 image = Rgb8.of(Images.decoded(result));
        assertThat(image.width()).isEqualTo(45);
        assertThat(image.height()).isEqualTo(31);
        for (int i = 0; i < damaged.pixels(); i++) {
            for (int channel = 0; channel < 3; channel++) {
                double expected = 0.5 * damaged.sample(i, channel) + 0.25 * 255;
                assertThat((double) image.sample(i, channel)).isCloseTo(expected, within(0.51));
            }
        }
    }

    @Test
    void shouldDescribeTheResult() throws Exception {
        bench.holding(Images.png(20, 12));

        RestorationCompleted completed = completed(bench.restore(
                Requests.plain().with(Requests.sampler("ddim", OptionalInt.of(4), OptionalLong.of(7), 2))));

        byte[] object = bench.store.object(completed.image().uri()).orElseThrow();
        assertThat(completed.requestId()).isEqualTo("request-1");
        assertThat(completed.source()).isEqualTo(Requests.SOURCE);
        assertThat(completed.image().uri().toString()).matches("s3://restored/request-1-[0-9a-f]{16}\\.png");
        assertThat(completed.image().sha256()).isEqualTo(Sha256.hex(object));
        assertThat(completed.image().bytes()).isEqualTo(object.length);
        assertThat(completed.image().width()).isEqualTo(20);
        assertThat(completed.image().height()).isEqualTo(12);
        assertThat(completed.image().format()).isEqualTo("png");
        assertThat(completed.model()).isEqualTo(RestorationBench.MODEL);
        assertThat(completed.sampler().kind()).isEqualTo("ddim");
        assertThat(completed.sampler().seed()).isEqualTo(7);
        assertThat(completed.sampler().samples()).isEqualTo(2);
        assertThat(completed.evaluations()).isEqualTo(8);
        assertThat(completed.completedAt()).isEqualTo(bench.clock.instant());
        assertThat(completed.worker()).isEqualTo(RestorationBench.WORKER);
        assertThat(completed.attributes()).isEqualTo(Requests.ATTRIBUTES);
        assertThat(bench.store.contentType(completed.image().uri())).isEqualTo("image/png");
    }

    @Test
    void shouldWriteTheFormatThatIsAskedFor() throws Exception {
        bench.holding(Images.png(16, 16));

        byte[] result = restored(Requests.plain().as("jpeg", 80).to("s3://restored/cat.jpg"));

        assertThat(ImageProbe.probe(result).format()).isEqualTo(ImageFormat.JPEG);
        assertThat(bench.store.written().values()).containsExactly("image/jpeg");
    }

    @Test
    void shouldReturnGreyForGrey() throws Exception {
        byte[] source = Images.file("grey.png");
        bench.holding(source).network.knows(y -> tinted(y, 0.03f, 0, -0.03f));

        Picture restored = Images.decoded(restored(Requests.plain()));

        assertThat(restored.isGrey()).isTrue();
        assertThat(Rgb8.of(restored).samples())
                .isEqualTo(Rgb8.of(Images.decoded(source)).samples());
    }

    @Test
    void shouldKeepAlpha() throws Exception {
        byte[] source = Images.file("rgb-alpha.png");
        bench.holding(source).network.knows(y -> y.mul(0));

        Picture restored = Images.decoded(restored(Requests.plain()));

        assertThat(restored.alpha()).isPresent();
        assertThat(restored.alpha().get())
                .isEqualTo(Images.decoded(source).alpha().orElseThrow());
        assertThat(Rgb8.of(restored).samples()).containsOnly(0);
    }

    @Test
    void shouldGiveTheSourcesMeansBackWhenColoursAreCorrected() throws Exception {
        byte[] source = Images.png(32, 32);
        bench.holding(source).network.knows(y -> tinted(y, 0.1f, -0.1f, 0));

        byte[] corrected = restored(Requests.plain().withColourCorrection());

        for (int channel = 0; channel < 3; channel++) {
            assertThat(Images.mean(corrected, channel)).isCloseTo(Images.mean(source, channel), within(0.01));
        }
    }

    @Test
    void shouldKeepTheSampledMeansWhenColoursAreNotCorrected() throws Exception {
        byte[] source = Images.png(32, 32);
        bench.holding(source).network.knows(y -> tinted(y, 0.1f, -0.1f, 0));

        byte[] sampled = restored(Requests.plain());

        assertThat(Images.mean(sampled, 0)).isCloseTo(Images.mean(source, 0) + 25.5, within(0.6));
        assertThat(Images.mean(sampled, 1)).isCloseTo(Images.mean(source, 1) - 25.5, within(0.6));
        assertThat(Images.mean(sampled, 2)).isCloseTo(Images.mean(source, 2), within(0.1));
    }

    @Test
    void shouldWriteTheSameObjectWhenARequestComesAgain() throws Exception {
        bench.holding(Images.png(24, 24));
        Requests request =
                Requests.plain().with(Requests.sampler("euler-maruyama", OptionalInt.of(3), OptionalLong.empty(), 1));

        RestorationCompleted first = completed(bench.restore(request));
        RestorationCompleted again = completed(bench.restore(request));

        assertThat(again.image()).isEqualTo(first.image());
        assertThat(bench.store.written()).hasSize(1);
    }

    @Test
    void shouldReportProgressAndReleaseItsRoom() throws Exception {
        bench.holding(Images.png(16, 16));
        List<String> heard = new ArrayList<>();

        bench.service()
                .restore(
                        Requests.plain()
                                .with(Requests.sampler("ddim", OptionalInt.of(3), OptionalLong.empty(), 1))
                                .request(),
                        bench.clock.instant(),
                        (evaluations, expected) -> heard.add(evaluations + "/" + expected));

        assertThat(heard).containsExactly("1/3", "2/3", "3/3");
        assertThat(bench.admission.reserved()).isZero();
    }

    @Test
    void shouldTryAgainWhenAStoreIsOnlyOutOfReach() throws Exception {
        bench.holding(Images.png(16, 16));
        bench.store.failReads(Reason.UNAVAILABLE);
        bench.store.failWrites(Reason.UNAVAILABLE);

        assertThat(bench.restore(Requests.plain())).isInstanceOf(RestorationCompleted.class);

        assertThat(bench.metrics.retried).isEqualTo(2);
    }

    @Test
    void shouldDecodeNoMoreThanItsMemoryWhileResultsWaitForTheirUpload() {
        AtomicInteger calls = new AtomicInteger();
        List<Integer> callsAtUpload = new CopyOnWriteArrayList<>();
        bench.holding(Images.png(8, 8)).network.knows(y -> {
            calls.incrementAndGet();
            return y;
        });
        bench.store.beforeWrite(() -> {
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            callsAtUpload.add(calls.get());
        });
        RestorationService oneByOne = bench.service(new RestoreSettings(
                "w",
                ImageLimits.DEFAULT,
                new Backoff(1, Duration.ofMillis(1), Duration.ofMillis(1)),
                Tiling.DEFAULT,
                1));

        Stream.of(1, 2)
                .map(i -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return oneByOne.restore(
                                        Requests.plain().request(), Instant.EPOCH, RestorationBench.NOBODY);
                            } catch (WorkerStoppedException stopped) {
                                throw new IllegalStateException(stopped);
                            }
                        },
                        work -> new Thread(work).start()))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(callsAtUpload).containsExactly(1, 2);
    }

    @Test
    void shouldCountAndTimeEveryStageOnce() throws Exception {
        byte[] source = Images.png(16, 16);
        bench.holding(source);
        Instant sent = bench.clock.instant().minus(Duration.ofMillis(250));

        RestorationResult result =
                bench.service().restore(Requests.plain().request(), sent, (evaluations, expected) -> {});

        assertThat(bench.metrics.stages).containsExactly(Stage.values());
        assertThat(bench.metrics.started).isEqualTo(1);
        assertThat(bench.metrics.completed).isEqualTo(1);
        assertThat(bench.metrics.inFlight()).isZero();
        assertThat(bench.metrics.bytesRead).isEqualTo(source.length);
        assertThat(bench.metrics.bytesWritten)
                .isEqualTo(completed(result).image().bytes());
        assertThat(completed(result).timings().queued()).isEqualTo(Duration.ofMillis(250));
        assertThat(completed(result).timings().total()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void shouldCountNoTimeInTheQueueWhenTheSendersClockIsAhead() throws Exception {
        bench.holding(Images.png(16, 16));

        RestorationResult result = bench.service()
                .restore(
                        Requests.plain().request(),
                        Instant.ofEpochMilli(Long.MAX_VALUE),
                        (evaluations, expected) -> {});

        assertThat(result).isInstanceOf(RestorationCompleted.class);
        assertThat(bench.metrics.durations)
                .first(InstanceOfAssertFactories.DURATION)
                .isZero();
    }
}
