package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.PosteriorMean;
import io.driftrec.diffusion.Trajectory;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.JpegCorruption;
import io.driftrec.image.Picture;
import io.driftrec.message.TrainingJob;
import io.driftrec.network.LoadedModel;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.OutputParameterization;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.RoutingStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof that training learns: a tiny network restores images that it has not seen better than their JPEGs are. */
class TrainingLearnsTest {
    private static final TensorEngine CPU = TensorEngine.start("cpu", 0);
    private static final int UNSEEN = 12;

    @TempDir
    private Path folder;

    @Test
    void shouldRestoreUnseenImagesCloserToTheCleanOnesThanTheirJpegs() throws Exception {
        Photographs.write(folder.resolve("data"), 60, 96, 1);
        TrainingPlan plan = new TrainingPlan(
                "tiny",
                TinyTraining.network(16, 6),
                ForwardProcess.named("ouve", Map.of()),
                new OutputParameterization.Residual(0.06),
                folder.resolve("data").toUri(),
                3,
                new PatchSettings(32, false, 1, true),
                new CorruptionSettings(5, 20, QualityDistribution.UNIFORM, ChromaSubsampling.CHROMA_420, 0, 0),
                TimeSettings.PAPER,
                new OptimizationSettings(16, 3e-3, 10, 1e-4, 0.01, 1, 0.98, true, 0.5),
                Budget.ofSteps(300),
                3);

        double before = 0;
        double after = 0;
        try (LoadedModel model = trained(plan)) {
            for (int i = 0; i < UNSEEN; i++) {
                Picture clean = Photographs.picture(64, 1000 + i);
                byte[] file = JpegCorruption.compress(clean, 10, ChromaSubsampling.CHROMA_420);
                Picture jpeg = ImageDecoder.decode(file, ImageLimits.DEFAULT);
                before += meanSquare(jpeg.planes(), clean.planes()) / UNSEEN;
                after += meanSquare(restored(model, jpeg), clean.planes()) / UNSEEN;
            }
        }

        assertThat(10 * Math.log10(before / after))
                .as("dB gained over the JPEGs")
                .isGreaterThan(0.15);
    }

    private LoadedModel trained(TrainingPlan plan) throws Exception {
        try (RoutingStore store = Photographs.store(folder)) {
            Checkpoints checkpoints =
                    new Checkpoints(store, folder.resolve("c.safetensors").toUri());
            RunSettings settings = new RunSettings(
                    Precision.FP32,
                    Duration.ofHours(1),
                    100,
                    16,
                    Duration.ofHours(1),
                    1,
                    1 << 24,
                    TinyTraining.THREE_TRIES);
            TrainingOutcome outcome = new TrainingRun(plan, settings, List.of(CPU), store, checkpoints)
                    .run(Optional.empty(), progress -> {}, () -> StopRequest.NONE);
            TrainingJob job = TinyTraining.job("\"dataset\":{\"source\":\"file:/p/\"},\"budget\":{\"steps\":1}");
            TrainedModel model = TrainedModel.of(job, plan, outcome, Optional.empty(), "cpu");
            ModelRepository repository = new ModelRepository(folder.resolve("models"));
            repository.add(model.card(), model.weights());
            return repository.load("tiny", CPU, Precision.FP32);
        }
    }

    private static float[] restored(LoadedModel model, Picture jpeg) {
        Shape shape = new Shape(3, jpeg.height(), jpeg.width());
        try (NDManager manager = CPU.newManager()) {
            NDArray y = manager.create(jpeg.planes(), shape);
            try (Trajectory trajectory =
                    new PosteriorMean().start(model.network().process(), y, new PhiloxNoise(1, 0))) {
                NDArray score = model.network()
                        .score(trajectory.state().expandDims(0), y.expandDims(0), new double[] {trajectory.time()});
                trajectory.advance(score.squeeze(0));
                return trajectory.result().toFloatArray();
            }
        }
    }

    private static double meanSquare(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return sum / one.length;
    }
}
