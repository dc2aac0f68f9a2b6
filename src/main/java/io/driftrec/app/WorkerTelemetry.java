package io.driftrec.app;

import io.driftrec.batch.ProgressListener;
import io.driftrec.kafka.LoopHealth;
import io.driftrec.message.RestorationRequest;
import io.driftrec.network.LoadedModel;
import io.driftrec.restore.ModelState;
import io.driftrec.telemetry.Health;
import io.driftrec.telemetry.InfoGauges;
import io.driftrec.telemetry.OperatorEndpoint;
import io.driftrec.telemetry.WorkerMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The metrics of one worker, and what operators can ask of it. */
final class WorkerTelemetry {
    private final WorkerMetrics metrics = new WorkerMetrics();

    Worker.Observers observers(Function<RestorationRequest, ProgressListener> progress) {
        return new Worker.Observers(
                metrics.restore(), metrics.lane(), metrics.loop(), progress, metrics.updates(), this::version);
    }

    /**
     * Answers on the port from now on.
     *
     * @param longestStep after which a device that has not answered counts as hanging
     */
    OperatorEndpoint serve(int port, Worker worker, Duration longestStep) {
        Restorer restorer = worker.restorer();
        InfoGauges info = metrics.info();
        info.build(BuildVersion.text(), restorer.engine().device());
        info.admission(restorer.admission());
        info.lane(restorer.lane());
        Supplier<Optional<String>> device = () -> hanging(restorer.lane().stepUnderWay(), longestStep);
        Health liveness = new Health(Map.of("worker", worker::problem, "device", device));
        Health readiness = new Health(
                Map.of("worker", worker::problem, "device", device, "consumer", () -> notReady(worker.loopHealth())));
        try {
            return OperatorEndpoint.start(port, metrics, liveness, readiness);
        } catch (IOException | IllegalArgumentException refused) {
            throw new CannotStart("--http-port " + port + ": " + refused.getMessage(), refused);
        }
    }

    private void version(LoadedModel model, ModelState state) {
        metrics.info()
                .model(model.card().name(), model.digest(), model.precision().label(), state);
    }

    static Optional<String> hanging(Duration step, Duration longest) {
        return step.compareTo(longest) <= 0
                ? Optional.empty()
                : Optional.of("no answer for " + step.toSeconds() + " s, more than --device-timeout");
    }

    private static Optional<String> notReady(LoopHealth health) {
        return health.isReady() ? Optional.empty() : Optional.of(health.phase() + " " + health.detail());
    }
}
