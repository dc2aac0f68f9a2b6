package io.driftrec.restore;

import io.driftrec.ManualClock;
import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.LaneSettings;
import io.driftrec.batch.ProgressListener;
import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageLimits;
import io.driftrec.message.ModelIdentity;
import io.driftrec.message.RestorationResult;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.LocationPolicy;
import io.driftrec.storage.LocationPrefix;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A service over a real lane, with an oracle for the network and objects in memory. */
public final class RestorationBench implements AutoCloseable {
    static final String WORKER = "worker-1";
    static final ModelIdentity MODEL = new ModelIdentity("oracle", "0".repeat(64), "ouve");
    static final long ADMISSION_LIMIT = 100;
    static final int MAX_DEVICE_FAILURES = 3;
    static final ProgressListener NOBODY = (evaluations, expected) -> {};

    public final MemoryStore store = new MemoryStore();
    public final Admission admission = new Admission(ADMISSION_LIMIT);
    final OracleNetwork network = new OracleNetwork(y -> y);
    public final CountedMetrics metrics = new CountedMetrics();
    final ManualClock clock = new ManualClock();
    final Lane lane = new Lane(
            new LaneSettings(4, 16, MAX_DEVICE_FAILURES),
            LaneMetrics.NONE,
            reason -> {},
            Runnable::run,
            System::nanoTime);

    public RestorationBench() {
        lane.start();
    }

    public static List<LocationPrefix> prefixes(String... texts) {
        return List.of(texts).stream().map(LocationPrefix::parse).toList();
    }

    /** Reads {@code s3://uploads/} and {@code s3://shared/}, writes {@code s3://restored/} and {@code s3://shared/}. */
    static LocationPolicy policy() {
        return new LocationPolicy(
                prefixes("s3://uploads/", "s3://shared/"), prefixes("s3://restored/", "s3://shared/"));
    }

    static RequestPlanner planner(ServedModels models) {
        return new RequestPlanner(models, policy(), "x0", format -> true);
    }

    public RestorationService service() {
        return service(ImageLimits.DEFAULT);
    }

    /** No image of a test waits for the memory of another. */
    static final long MANY_PIXELS = 1_000_000;

    RestorationService service(ImageLimits limits) {
        Backoff backoff = new Backoff(3, Duration.ofMillis(1), Duration.ofMillis(2));
        return service(new RestoreSettings(WORKER, limits, backoff, Tiling.DEFAULT, MANY_PIXELS));
    }

    RestorationService service(RestoreSettings settings) {
        ServedModels models = new ServedModels(List.of(new ServedModel(MODEL, network, SeededNoise::new)), "oracle");
        return new RestorationService(store, planner(models), admission, lane, settings, clock, metrics);
    }

    RestorationResult restore(Requests request) throws WorkerStoppedException {
        return service().restore(request.request(), clock.instant(), NOBODY);
    }

    /** Puts a source there under the name that {@link Requests#plain} asks for. */
    public RestorationBench holding(byte[] source) {
        store.put(Requests.SOURCE, source);
        return this;
    }

    /** From now on, the network's calls wait until the latch is open. */
    public void holdDevice(CountDownLatch open) {
        network.knows(y -> {
            await(open);
            return y;
        });
    }

    private static void await(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        lane.close();
        network.close();
    }
}
