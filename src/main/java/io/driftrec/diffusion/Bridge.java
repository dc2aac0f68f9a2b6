package io.driftrec.diffusion;

/**
 * A forward process that ends in the corrupted image itself: {@code b(1) = 0}. Given x_s and x0, an earlier x_t does not depend
 * on y, so that its own step back is
 *
 * <pre>  x_t = r x_s + (1 - r) x0_hat + omega z,     r = (1 - b(t)) / (1 - b(s)),     omega^2 = c(t)^2 - r^2 c(s)^2</pre>
 */
public sealed interface Bridge extends ForwardProcess permits I2sb, Indi {
    /** 1: the network's kernel knows nothing of y. */
    @Override
    default double scoreSignal(double t) {
        return 1;
    }
}
