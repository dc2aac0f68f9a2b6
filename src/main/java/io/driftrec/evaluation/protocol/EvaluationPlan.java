package io.driftrec.evaluation.protocol;

import io.driftrec.image.ImageLimits;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * What to evaluate.
 *
 * @param images at least one
 * @param conditions at least one
 * @param methods rows of every table, in their order
 * @param seed decides every random number
 * @param crop side of the square to cut from the centre of every image
 * @param limits of clean images
 * @param sideBySide how many images are handed to a method at once, and held in memory
 */
public record EvaluationPlan(
        List<CleanImage> images,
        List<Condition> conditions,
        List<Method> methods,
        long seed,
        OptionalInt crop,
        ImageLimits limits,
        int sideBySide) {
    private static final int LEAST_CROP = 16;

    public EvaluationPlan {
        images = List.copyOf(images);
        conditions = List.copyOf(conditions);
        methods = List.copyOf(methods);
        requireDistinct("image", images, CleanImage::name);
        requireDistinct("condition", conditions, Condition::id);
        requireDistinct("method", methods, method -> method.identity().id());
        if (crop.isPresent() && crop.getAsInt() < LEAST_CROP) {
            throw new IllegalArgumentException(
                    "crop is " + crop.getAsInt() + ": it must be at least " + LEAST_CROP + " pixels");
        }
        if (sideBySide < 1) {
            throw new IllegalArgumentException("sideBySide must be at least 1: " + sideBySide);
        }
    }

    /** All cells together. */
    public int cells() {
        return images.size() * conditions.size() * methods.size();
    }

    private static <T> void requireDistinct(String what, List<T> all, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(name.apply(one))) {
                throw new IllegalArgumentException(what + " " + name.apply(one) + " is there twice");
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is no " + what);
        }
    }
}
