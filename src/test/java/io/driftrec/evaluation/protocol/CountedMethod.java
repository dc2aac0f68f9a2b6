package io.driftrec.evaluation.protocol;

import io.driftrec.batch.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gives the reference back, or fails, and remembers what it was asked for. */
final class CountedMethod implements Method {
    final List<String> asked = new ArrayList<>();
    final List<Long> seeds = new ArrayList<>();
    String failing = "";

    private final MethodIdentity identity;

    CountedMethod(String id) {
        identity = MethodIdentity.model(id, id, 1);
    }

    @Override
    public MethodIdentity identity() {
        return identity;
    }

    @Override
    public List<Attempt> restore(List<DamagedImage> images, Function<DamagedImage, ProgressListener> progress) {
        List<Attempt> attempts = new ArrayList<>();
        for (DamagedImage image : images) {
            asked.add(image.condition().id() + " " + image.clean().name());
            seeds.add(image.seed());
            progress.apply(image).onEvaluation(1, 1);
            attempts.add(
                    image.clean().name().equals(failing)
                            ? new Attempt.Failed("told to fail")
                            : new Attempt.Restored(image.reference(), 3, 0.5));
        }
        return attempts;
    }
}
