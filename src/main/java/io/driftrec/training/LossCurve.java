package io.driftrec.training;

import java.util.Arrays;
import java.util.List;

/** The loss of every step so far, and the validation loss of some. */
public final class LossCurve {
    private float[] losses;
    private int steps;
    private float[] validations;
    private int validated;

    LossCurve() {
        this(new float[0], new float[0]);
    }

    /**
     * @param losses of step 1, 2, ...
     * @param validations pairs of step and loss
     */
    LossCurve(float[] losses, float[] validations) {
        this.losses = losses.clone();
        this.steps = losses.length;
        this.validations = validations.clone();
        this.validated = validations.length;
    }

    /** A validation: with the averaged parameters after that step. */
    public record Validation(long step, double loss) {}

    void add(double loss) {
        if (steps == losses.length) {
            losses = Arrays.copyOf(losses, Math.max(1024, 2 * steps));
        }
        losses[steps++] = (float) loss;
    }

    void addValidation(long step, double loss) {
        validations = Arrays.copyOf(validations, validated + 2);
        validations[validated++] = step;
        validations[validated++] = (float) loss;
    }

    /** The loss of each step, from the first. */
    public float[] losses() {
        return Arrays.copyOf(losses, steps);
    }

    float[] validationPairs() {
        return validations.clone();
    }

    public List<Validation> validations() {
        Validation[] all = new Validation[validated / 2];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Validation((long) validations[2 * i], validations[2 * i + 1]);
        }
        return List.of(all);
    }

    /** The mean loss of the last steps, at most {@code count}; NaN before the first. */
    double recent(int count) {
        int from = Math.max(0, steps - count);
        double sum = 0;
        for (int i = from; i < steps; i++) {
            sum += losses[i];
        }
        return sum / (steps - from);
    }
}
