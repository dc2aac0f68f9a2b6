package io.driftrec.evaluation;

/**
 * A classifier's answer for one image: one logit per class (the argument of the softmax). Immutable.
 *
 * <p>Of classes with equal logits the one with the smaller index comes first.
 */
public final class ClassScores {
    private final float[] logits;

    /**
     * @param logits by class index, at least one, all finite; copied
     */
    public ClassScores(float[] logits) {
        if (logits.length == 0) {
            throw new IllegalArgumentException("a classifier has at least one class");
        }
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new IllegalArgumentException("a logit is " + logit + ": it must be finite");
            }
        }
        this.logits = logits.clone();
    }

    /** The number of classes. */
    public int classes() {
        return logits.length;
    }

    /**
     * The logit of one class.
     *
     * @throws IllegalArgumentException when there is no such class
     */
    public float logit(int label) {
        check(label);
        return logits[label];
    }

    /** The index of the class with the largest logit. */
    public int top1() {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** Whether {@code label} is among the five classes with the largest logits. */
    public boolean isInTop5(int label) {
        return isInTop(label, 5);
    }

    /**
     * Whether {@code label} is among the {@code count} classes with the largest logits.
     *
     * @throws IllegalArgumentException when there is no such class
     */
    public boolean isInTop(int label, int count) {
        check(label);
        int before = 0;
        for (int i = 0; i < logits.length; i++) {
            before += logits[i] > logits[label] || (logits[i] == logits[label] && i < label) ? 1 : 0;
        }
        return before < count;
    }

    /**
     * The cross-entropy {@code -log softmax(logits)[label]}, in nats.
     *
     * @return 0 or more
     * @throws IllegalArgumentException when there is no such class
     */
    public double crossEntropy(int label) {
        check(label);
        double largest = logits[top1()];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return Math.log(sum) + largest - logits[label];
    }

    private void check(int label) {
        if (label < 0 || label >= logits.length) {
            throw new IllegalArgumentException("class must be in 0.." + (logits.length - 1) + ", not " + label);
        }
    }
}
