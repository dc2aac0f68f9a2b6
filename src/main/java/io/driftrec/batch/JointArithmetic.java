package io.driftrec.batch;

import io.driftrec.diffusion.DeferredArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/** The samplers' arithmetic of several trajectories in one go. Where that fails, each does its own, so that only those at fault fail. */
final class JointArithmetic {
    private JointArithmetic() {}

    /**
     * Computes what the trajectories wait for; those of closed jobs are passed over.
     *
     * @param onFailure told of each trajectory that fails alone, the last one first, with a {@link RuntimeException} or an {@link
     *     OutOfMemoryError}
     * @return the trajectories that go on
     */
    static List<TrajectoryFlight> settle(
            List<TrajectoryFlight> flights, BiConsumer<TrajectoryFlight, Throwable> onFailure) {
        List<TrajectoryFlight> open =
                flights.stream().filter(flight -> !flight.job().isClosed()).toList();
        try {
            settleTogether(open);
            return open;
        } catch (RuntimeException | OutOfMemoryError e) {
            return settleEach(open, onFailure);
        }
    }

    private static List<TrajectoryFlight> settleEach(
            List<TrajectoryFlight> flights, BiConsumer<TrajectoryFlight, Throwable> onFailure) {
        List<TrajectoryFlight> settled = new ArrayList<>();
        Deque<Runnable> failures = new ArrayDeque<>();
        for (TrajectoryFlight flight : flights) {
            try {
                settleTogether(List.of(flight));
                settled.add(flight);
            } catch (RuntimeException | OutOfMemoryError e) {
                failures.push(() -> onFailure.accept(flight, e));
            }
        }
        failures.forEach(Runnable::run);
        settled.removeIf(flight -> flight.job().isClosed()); // with another of its samples
        return settled;
    }

    private static void settleTogether(List<TrajectoryFlight> flights) {
        DeferredArray.settle(
                flights.stream().flatMap(flight -> flight.deferred().stream()).toList());
        flights.forEach(TrajectoryFlight::settled);
    }
}
