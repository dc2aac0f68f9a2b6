package io.driftrec.app;

import io.driftrec.evaluation.Classifier;
import io.driftrec.evaluation.ClassifierInput;
import io.driftrec.evaluation.FeatureExtractor;
import io.driftrec.evaluation.FeatureMaps;
import io.driftrec.evaluation.MetricWeights;
import io.driftrec.evaluation.NetworkClassifier;
import io.driftrec.evaluation.PerceptualMetric;
import io.driftrec.evaluation.protocol.Labels;
import io.driftrec.evaluation.protocol.MetricSuite;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an evaluation measures beyond the metrics that need no network. */
final class MetricOptions {
    private static final int SHOWN_DIGITS = 16;

    @Option(
            names = "--metric-weights",
            paramLabel = "DIR",
            description =
                    "Folder with the safetensors of LPIPS, Inception and classifiers; what is not there is left out.")
    private @Nullable Path weights;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "CSV with a line file,index,name per image: classify the images before and after.")
    private @Nullable Path labels;

    @Option(
            names = "--classifier",
            paramLabel = "C",
            split = ",",
            description =
                    "Where there are --labels: names of classifiers of --metric-weights, a .safetensors file of one of their "
                            + "networks, or a TorchScript file that takes (1, 3, H, W) and returns logits (default: all of "
                            + "--metric-weights).")
    private List<String> classifiers = List.of();

    @Option(
            names = "--classifier-input",
            paramLabel = "RESIZE,CROP",
            defaultValue = "256,224",
            description =
                    "Of a TorchScript classifier, in pixels; normalised as torchvision does (default: ${DEFAULT-VALUE}).")
    private String classifierInput = "256,224";

    @Option(
            names = "--feature-maps",
            fallbackValue = "true",
            description = "Show what SqueezeNet, of --metric-weights, sees in the images that the page shows.")
    private boolean wantsFeatureMaps;

    /**
     * What the images show.
     *
     * @throws IllegalArgumentException naming the option that is wrong
     */
    Labels labels() throws IOException {
        if (labels == null && !classifiers.isEmpty()) {
            throw new IllegalArgumentException("--classifier needs --labels to compare with");
        }
        return labels == null ? Labels.none() : Labels.read(labels);
    }

    boolean wantsLabels() {
        return labels != null;
    }

    /**
     * Loads the networks.
     *
     * @throws CannotStart when a file is damaged, or a classifier that is named is not there
     */
    MetricNetworks open(TensorEngine engine) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            MetricWeights files = weights == null ? MetricWeights.none() : MetricWeights.in(weights);
            List<PerceptualMetric> perceptual = files.perceptualMetrics(engine);
            opened.addAll(perceptual);
            List<FeatureExtractor> extractors = files.featureExtractors(engine);
            opened.addAll(extractors);
            List<Classifier> chosen = labels == null ? List.of() : classifiers(files, engine);
            opened.addAll(chosen);
            Optional<FeatureMaps> maps = wantsFeatureMaps ? Optional.of(files.featureMaps(engine)) : Optional.empty();
            maps.ifPresent(opened::add);
            return new MetricNetworks(new MetricSuite(perceptual, extractors, chosen), maps, opened);
        } catch (IOException | InvalidModelException | IllegalArgumentException unusable) {
            MetricNetworks.close(opened);
            throw new CannotStart("weights of metrics: " + unusable.getMessage(), unusable);
        }
    }

    private List<Classifier> classifiers(MetricWeights files, TensorEngine engine) throws IOException {
        List<Classifier> known = files.classifiers(engine);
        List<Classifier> chosen = new ArrayList<>(classifiers.isEmpty() ? known : List.of());
        try {
            for (String name : classifiers) {
                Path file = Path.of(name);
                chosen.add(Files.isRegularFile(file) ? inFile(engine, file) : named(name, known));
            }
            if (chosen.isEmpty()) {
                throw new IllegalArgumentException(
                        "--labels needs a classifier: in --metric-weights, or by --classifier");
            }
            return chosen;
        } finally {
            MetricNetworks.close(
                    known.stream().filter(it -> !chosen.contains(it)).toList());
        }
    }

    private static Classifier named(String name, List<Classifier> known) {
        return known.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--classifier '" + name + "' is no file and not among "
                        + known.stream().map(Classifier::name).toList()));
    }

    private Classifier inFile(TensorEngine engine, Path file) throws IOException {
        if (file.toString().endsWith(".safetensors")) {
            return MetricWeights.classifier(engine, file);
        }
        Matcher sides = Pattern.compile("(\\d{1,5}),(\\d{1,5})").matcher(classifierInput);
        if (!sides.matches()) {
            throw new IllegalArgumentException(
                    "--classifier-input is '" + classifierInput + "': it must be RESIZE,CROP, such as 256,224");
        }
        ClassifierInput input = new ClassifierInput(
                Integer.parseInt(sides.group(1)),
                Integer.parseInt(sides.group(2)),
                ClassifierInput.TORCHVISION.normalization());
        String name = file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
        return NetworkClassifier.torchScript(name, engine, file, input);
    }

    /** What can't be computed, and why. */
    List<String> missing() {
        MetricWeights files = weights == null ? MetricWeights.none() : MetricWeights.in(weights);
        return files.missing().stream().map(MetricWeights.Missing::toString).toList();
    }

    /** The weights and labels by name and digest: others give other values. */
    Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        if (weights != null && Files.isDirectory(weights)) {
            try (Stream<Path> files = Files.list(weights)) {
                for (Path file : files.filter(it -> it.toString().endsWith(".safetensors"))
                        .toList()) {
                    settings.put("weights " + file.getFileName(), digest(file));
                }
            }
        }
        if (labels != null) {
            settings.put("labels", digest(labels));
        }
        for (String name : classifiers) {
            if (Files.isRegularFile(Path.of(name))) {
                settings.put(
                        "classifier " + Path.of(name).getFileName(), digest(Path.of(name)) + " at " + classifierInput);
            }
        }
        return settings;
    }

    private static String digest(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest()).substring(0, SHOWN_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
