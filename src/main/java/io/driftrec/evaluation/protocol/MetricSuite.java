package io.driftrec.evaluation.protocol;

import io.driftrec.evaluation.BlockingEffectFactor;
import io.driftrec.evaluation.ClassScores;
import io.driftrec.evaluation.Classifier;
import io.driftrec.evaluation.FeatureExtractor;
import io.driftrec.evaluation.FrechetDistance;
import io.driftrec.evaluation.KernelDistance;
import io.driftrec.evaluation.PerceptualMetric;
import io.driftrec.evaluation.Psnr;
import io.driftrec.evaluation.PsnrB;
import io.driftrec.evaluation.SmallestSide;
import io.driftrec.evaluation.Ssim;
import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.evaluation.protocol.MetricColumn.Better;
import io.driftrec.evaluation.protocol.MetricColumn.Kind;
import io.driftrec.image.Rgb8;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * All that is measured on an image: the metrics without a network, and those whose networks are at hand. The networks stay the
 * caller's to close. One thread at a time.
 */
public final class MetricSuite {
    /** Keys of the values that every suite has. */
    public static final String PSNR = "psnr";

    public static final String SSIM = "ssim";
    public static final String PSNR_B = "psnrB";
    public static final String BEF = "bef";

    /** Of the damaged file, in bits a pixel: a value of the damaged image only, and no column. */
    public static final String BITS_PER_PIXEL = "bitsPerPixel";

    /** The metric of the perception-distortion plane. */
    public static final String LPIPS = "LPIPS";

    private static final String TOP_1 = "top-1";
    private static final String TOP_5 = "top-5";
    private static final String CROSS_ENTROPY = "cross-entropy";
    private static final double PERCENT = 100;
    private static final double BEF_SCALE = 1e4;

    private final List<PerceptualMetric> perceptual;
    private final List<FeatureExtractor> extractors;
    private final List<Classifier> classifiers;

    /** @throws IllegalArgumentException when two of them have one name */
    public MetricSuite(
            List<PerceptualMetric> perceptual, List<FeatureExtractor> extractors, List<Classifier> classifiers) {
        this.perceptual = List.copyOf(perceptual);
        this.extractors = List.copyOf(extractors);
        this.classifiers = List.copyOf(classifiers);
        columns(); // refuses names that clash
    }

    /**
     * Checks that every metric can measure an image of this size.
     *
     * @throws IllegalArgumentException naming the metric that can't, and the side that it needs
     */
    void checkSize(Rgb8 image) {
        SmallestSide.check(image, Ssim.SMALLEST_SIDE, "SSIM");
        perceptual.forEach(it -> SmallestSide.check(image, it.smallestSide(), it.name()));
        extractors.forEach(it -> SmallestSide.check(image, it.smallestSide(), it.name()));
    }

    /** The columns of the tables; LPIPS, FID and KID are among them even where they can't be computed. */
    public List<MetricColumn> columns() {
        Map<String, MetricColumn> columns = new LinkedHashMap<>();
        add(columns, MetricColumn.image(PSNR, "PSNR, dB", Better.HIGHER, 1, 2));
        add(columns, MetricColumn.image(SSIM, "SSIM", Better.HIGHER, 1, 3));
        add(columns, MetricColumn.image(PSNR_B, "PSNR-B, dB", Better.HIGHER, 1, 2));
        add(columns, MetricColumn.image(BEF, "BEF ×10⁴", Better.LOWER, BEF_SCALE, 2));
        perceptual.forEach(
                it -> add(columns, MetricColumn.image(it.name(), it.name() + " ×100", Better.LOWER, PERCENT, 2)));
        columns.putIfAbsent(LPIPS, missing(LPIPS, LPIPS + " ×100", Kind.IMAGE));
        for (FeatureExtractor it : extractors) {
            add(columns, set(it.frechetName(), it.frechetName(), 1));
            add(columns, set(it.kernelName(), it.kernelName() + " ×100", PERCENT));
        }
        columns.putIfAbsent("FID", missing("FID", "FID", Kind.SET));
        columns.putIfAbsent("KID", missing("KID", "KID ×100", Kind.SET));
        for (Classifier it : classifiers) {
            add(columns, classification(it, TOP_1, ", %", Better.HIGHER, PERCENT, 1));
            add(columns, classification(it, TOP_5, ", %", Better.HIGHER, PERCENT, 1));
            add(columns, classification(it, CROSS_ENTROPY, "", Better.LOWER, 1, 3));
        }
        return List.copyOf(columns.values());
    }

    /**
     * Measures one image.
     *
     * @throws IllegalArgumentException when an image is too small for a metric, or of another size than its reference
     */
    Measurement measure(Rgb8 image, DamagedImage damaged, Role role) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (role != Role.CLEAN) {
            Rgb8 reference = damaged.reference();
            values.put(PSNR, Psnr.of(image, reference));
            values.put(SSIM, Ssim.of(image, reference));
            values.put(PSNR_B, PsnrB.of(image, reference));
            perceptual.forEach(metric -> values.put(metric.name(), metric.distance(image, reference)));
        }
        values.put(BEF, BlockingEffectFactor.of(image));
        if (role == Role.JPEG) {
            values.put(BITS_PER_PIXEL, damaged.bitsPerPixel());
        }
        OptionalInt label = damaged.clean().label();
        if (label.isPresent()) {
            classifiers.forEach(it -> classify(it, image, label.getAsInt(), values));
        }
        Map<String, String> features = new LinkedHashMap<>();
        extractors.forEach(it -> features.put(it.name(), Measurement.encoded(it.features(image))));
        return new Measurement(values, features);
    }

    /** Whether a measurement, made by this suite or another, has all that this suite would measure. */
    boolean isComplete(Measurement measurement, Role role, OptionalInt label) {
        Set<String> wanted = new HashSet<>(Set.of(BEF));
        if (role != Role.CLEAN) {
            wanted.addAll(List.of(PSNR, SSIM, PSNR_B));
            perceptual.forEach(metric -> wanted.add(metric.name()));
        }
        if (label.isPresent()) {
            classifiers.forEach(it -> wanted.add(key(it, CROSS_ENTROPY)));
        }
        return measurement.values().keySet().containsAll(wanted)
                && measurement
                        .features()
                        .keySet()
                        .containsAll(
                                extractors.stream().map(FeatureExtractor::name).toList());
    }

    /** The distances between two sets of images of one size, by key; empty for sets of less than two. */
    public Map<String, Double> setDistances(List<Measurement> restored, List<Measurement> reference) {
        Map<String, Double> distances = new LinkedHashMap<>();
        if (restored.size() < 2) {
            return distances;
        }
        for (FeatureExtractor it : extractors) {
            List<float[]> x = vectors(restored, it);
            List<float[]> y = vectors(reference, it);
            distances.put(it.frechetName(), FrechetDistance.of(x, y));
            distances.put(it.kernelName(), KernelDistance.of(x, y));
        }
        return distances;
    }

    private static List<float[]> vectors(List<Measurement> measurements, FeatureExtractor extractor) {
        List<float[]> vectors = new ArrayList<>();
        for (Measurement measurement : measurements) {
            String text = measurement.features().get(extractor.name());
            if (text != null) {
                vectors.add(Measurement.decoded(text));
            }
        }
        return vectors;
    }

    private static void classify(Classifier classifier, Rgb8 image, int label, Map<String, Double> values) {
        ClassScores scores = classifier.classify(image);
        values.put(key(classifier, TOP_1), scores.top1() == label ? 1.0 : 0.0);
        values.put(key(classifier, TOP_5), scores.isInTop5(label) ? 1.0 : 0.0);
        values.put(key(classifier, CROSS_ENTROPY), scores.crossEntropy(label));
    }

    private static String key(Classifier classifier, String metric) {
        return classifier.name() + " " + metric;
    }

    private static void add(Map<String, MetricColumn> columns, MetricColumn column) {
        if (columns.put(column.key(), column) != null) {
            throw new IllegalArgumentException("two metrics are called " + column.key());
        }
    }

    private static MetricColumn set(String key, String title, double scale) {
        return new MetricColumn(key, title, Kind.SET, Better.LOWER, scale, 2, true);
    }

    private static MetricColumn classification(
            Classifier classifier, String metric, String unit, Better better, double scale, int decimals) {
        String key = key(classifier, metric);
        return new MetricColumn(key, key + unit, Kind.CLASSIFICATION, better, scale, decimals, true);
    }

    private static MetricColumn missing(String key, String title, Kind kind) {
        return new MetricColumn(key, title, kind, Better.LOWER, 1, 2, false);
    }
}
