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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The metrics of one worker, and what operators can ask of it. */
final class WorkerTelemetry {
    private final WorkerMetrics metrics = new WorkerMetrics();

    Worker.Observers observers(Function<RestorationRequest, ProgressListener> progress) {
        return new Worker.Observers(
                metrics.restore(), metrics.lane(), metrics.loop(), progress, metrics.updates(), this::version);
    }

    /** Answers on the port from now on. */
    OperatorEndpoint serve(int port, Worker worker) {
        Restorer restorer = worker.restorer();
        InfoGauges info = metrics.info();
        info.build(BuildVersion.text(), restorer.engine().device());
        info.admission(restorer.admission());
        Health liveness = new Health(Map.of("worker", worker::problem));
        Health readiness =
                new Health(Map.of("worker", worker::problem, "consumer", () -> notReady(worker.loopHealth())));
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

    private static Optional<String> notReady(LoopHealth health) {
        return health.isReady() ? Optional.empty() : Optional.of(health.phase() + " " + health.detail());
    }
}
