package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.network.TensorEngine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    private void assertGradientIsClosedWhenLateEnds() throws InterruptedException {
        NDArray gradient = manager.create(1f);
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        late.complete(new Replica.Slope(gradient, 1));
        waiting.join();
        assertThatThrownBy(gradient::getFloat).isInstanceOf(IllegalStateException.class);
    }
}
