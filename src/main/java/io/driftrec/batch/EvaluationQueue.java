package io.driftrec.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The tile evaluations that wait, by age, grouped by what can share a call. Whatever is oldest decides which group is called
 * next, so no tile shape starves another; and a trajectory that has advanced queues again at the end, so no long trajectory
 * starves a short one.
 */
final class EvaluationQueue {
    private final Map<CallKey, Deque<TileEvaluation>> groups = new HashMap<>();
    private long nextOrder;

    /** Adds all tiles of the evaluation that a trajectory asks for. */
    void add(TrajectoryFlight flight) {
        Deque<TileEvaluation> group = groups.computeIfAbsent(flight.job().key(), key -> new ArrayDeque<>());
        for (int tile = 0; tile < flight.tiles(); tile++) {
            group.addLast(new TileEvaluation(flight, tile, nextOrder++));
        }
    }

    /**
     * Removes the oldest evaluation and the next oldest that can share its call.
     *
     * @param slots the size of a call of a group
     * @return oldest first; empty when nothing waits
     */
    List<TileEvaluation> take(ToIntFunction<CallKey> slots) {
        Map.Entry<CallKey, Deque<TileEvaluation>> oldest = null;
        for (Map.Entry<CallKey, Deque<TileEvaluation>> group : groups.entrySet()) {
            if (oldest == null
                    || group.getValue().getFirst().order()
                            < oldest.getValue().getFirst().order()) {
                oldest = group;
            }
        }
        if (oldest == null) {
            return List.of();
        }
        Deque<TileEvaluation> group = oldest.getValue();
        int count = Math.min(group.size(), slots.applyAsInt(oldest.getKey()));
        List<TileEvaluation> batch = new ArrayList<>(count);
        while (batch.size() < count) {
            batch.add(group.removeFirst());
        }
        if (group.isEmpty()) {
            groups.remove(oldest.getKey());
        }
        return batch;
    }

    /** Puts evaluations back that {@link #take} gave last; they keep their age. */
    void putBack(List<TileEvaluation> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            TileEvaluation evaluation = batch.get(i);
            groups.computeIfAbsent(evaluation.key(), key -> new ArrayDeque<>()).addFirst(evaluation);
        }
    }

    /** Forgets the evaluations of a job. */
    void remove(JobFlight job) {
        Deque<TileEvaluation> group = groups.get(job.key());
        if (group != null) {
            group.removeIf(evaluation -> evaluation.flight().job() == job);
            if (group.isEmpty()) {
                groups.remove(job.key());
            }
        }
    }
}
