package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.network.NcsnppInitialization;
import io.driftrec.network.Precision;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorEngine;
import io.driftrec.network.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private final CompletableFuture<Replica.Slope> early = new CompletableFuture<>();
    private final CompletableFuture<Replica.Slope> late = new CompletableFuture<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread waiting = new Thread(() -> {
        try {
            Trainer.all(List.of(early, late));
        } catch (Throwable e) {
            failure.set(e);
        }
    });
    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = TensorEngine.start("cpu", 1).newManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void shouldWaitForTheOtherReplicasWhenOneFails() throws Exception {
        early.completeExceptionally(new IllegalArgumentException("the first"));
        waiting.start();

        assertGradientIsClosedWhenLateEnds();

        assertThat(failure.get()).isInstanceOf(IllegalArgumentException.class).hasMessage("the first");
    }

    @Test
    void shouldWaitForTheReplicasWhenInterrupted() throws Exception {
        early.complete(new Replica.Slope(manager.create(1f), 1));
        waiting.start();
        waiting.interrupt();

        assertGradientIsClosedWhenLateEnds();

        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldLeaveNothingOnTheDeviceWhenItCannotBegin(@TempDir Path folder) {
        TrainingPlan plan = TinyTraining.plan(folder, 1, 1);
        Tensor theta = Checkpoint.vector(new float[9]);
        Tensor noFloats = new Tensor(TensorType.I64, List.of(1L), ByteBuffer.allocate(8));
        int before = manager.getParentManager().getManagedArrays().size();

        assertThatThrownBy(() -> new Trainer(
                        plan,
                        List.of(TensorEngine.start("cpu", 1)),
                        Precision.FP32,
                        NcsnppInitialization.draw(plan.architecture(), 1),
                        new Checkpoint.Vectors(theta, theta, theta, noFloats, theta)))
                .isInstanceOf(RuntimeException.class);

        assertThat(manager.getParentManager().getManagedArrays()).hasSize(before);
    }

    private void assertGradientIsClosedWhenLateEnds() throws InterruptedException {
        NDArray gradient = manager.create(1f);
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        late.complete(new Replica.Slope(gradient, 1));
        waiting.join();
        assertThatThrownBy(gradient::getFloat).isInstanceOf(IllegalStateException.class);
    }
}
