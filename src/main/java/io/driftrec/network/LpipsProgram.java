package io.driftrec.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes LPIPS, version 0.1 (Zhang, Isola, Efros, Shechtman, Wang, "The Unreasonable Effectiveness of Deep Features as a
 * Perceptual Metric", 2018), as a TorchScript program: {@code forward(x, y)} from two batches of images
 * {@code (N, 3, H, W)} in [-1, 1] to distances {@code (N)}, float32.
 *
 * <pre>d = sum over stages l of mean over h, w of sum over c of w_lc (x_lhwc - y_lhwc)^2</pre>
 *
 * with the features of each stage divided by their norm over channels (plus 1e-10). Weights: the backbone under torchvision's
 * names, the heads w_l as {@code lpips.lin0.weight} (1, C, 1, 1) and so on.
 */
public final class LpipsProgram {
    private static final double EPSILON = 1e-10;
    private static final float[] SHIFT = {-.030f, -.088f, -.188f};
    private static final float[] SCALE = {.458f, .448f, .450f};

    private LpipsProgram() {}

    /** A network whose stages are compared. */
    public enum Backbone {
        ALEX_NET,
        SQUEEZE_NET;

        private List<FeatureMap> stages(ConvolutionEmitter emitter, FeatureMap image) {
            return switch (this) {
                case ALEX_NET -> AlexNet.stages(emitter, image);
                case SQUEEZE_NET -> SqueezeNet.stages(emitter, image);
            };
        }
    }

    /**
     * The program of one backbone.
     *
     * @throws InvalidModelException when the weights are not those of the backbone and its heads
     */
    public static TorchScriptProgram of(Backbone backbone, Safetensors weights) {
        ProgramSource source = new ProgramSource("x", "y");
        ConvolutionEmitter emitter = new ConvolutionEmitter(weights, source);
        List<FeatureMap> first = backbone.stages(emitter, scaled(emitter, "x"));
        List<FeatureMap> second = backbone.stages(emitter, scaled(emitter, "y"));
        List<String> distances = new ArrayList<>();
        for (int stage = 0; stage < first.size(); stage++) {
            distances.add(distance(emitter, stage, first.get(stage), second.get(stage)));
        }
        String sum = distances.get(0);
        for (String distance : distances.subList(1, distances.size())) {
            sum = source.call("add", sum, distance);
        }
        return source.returning(sum);
    }

    private static FeatureMap scaled(ConvolutionEmitter emitter, String image) {
        List<Long> shape = List.of(1L, (long) SHIFT.length, 1L, 1L);
        String shifted = emitter.source().call("sub", image, emitter.constant("shift", Tensor.of(shape, SHIFT)));
        String scaled = emitter.source().call("div", shifted, emitter.constant("scale", Tensor.of(shape, SCALE)));
        return new FeatureMap(scaled, SHIFT.length);
    }

    private static String distance(ConvolutionEmitter emitter, int stage, FeatureMap first, FeatureMap second) {
        ProgramSource source = emitter.source();
        String difference = source.call("sub", normalized(source, first), normalized(source, second));
        String squared = source.call("mul", difference, difference);
        String head = emitter.constant("lpips.lin%d.weight".formatted(stage), 1, first.channels(), 1, 1);
        String weighted = source.call("sum", source.call("mul", squared, head), List.of(1));
        return source.call("mean", weighted, List.of(1, 2));
    }

    private static String normalized(ProgramSource source, FeatureMap features) {
        String squares = source.call("mul", features.value(), features.value());
        String norm = source.call("sqrt", source.call("sum", squares, List.of(1), true));
        return source.call("div", features.value(), source.call("add", norm, EPSILON));
    }
}
