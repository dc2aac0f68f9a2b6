package io.driftrec.evaluation;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.Safetensors;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of weights that are not part of this project: which networks' files it has, and the networks themselves.
 *
 * <table>
 * <caption>Files</caption>
 * <tr><td>{@code lpips_alex_v0.1.safetensors}</td><td>LPIPS</td></tr>
 * <tr><td>{@code squeezenet1_1_lpips_v0.1.safetensors}</td><td>LPIPS-Squeeze; SqueezeNet's features and classes</td></tr>
 * <tr><td>{@code mobilenet_v1_0.75_224.safetensors}</td><td>MobileNet's features and classes</td></tr>
 * <tr><td>{@code pt_inception-2015-12-05.safetensors}</td><td>FID, KID</td></tr>
 * </table>
 *
 * <p>What is missing is left out of the lists and named by {@link #missing}. A file that is there but damaged, or of another
 * network, is an error.
 */
public final class MetricWeights {
    static final String ALEX_NET = "lpips_alex_v0.1.safetensors";
    static final String SQUEEZE_NET = "squeezenet1_1_lpips_v0.1.safetensors";
    static final String MOBILE_NET = "mobilenet_v1_0.75_224.safetensors";
    static final String INCEPTION = "pt_inception-2015-12-05.safetensors";

    private static final List<Network<PerceptualMetric>> PERCEPTUAL = List.of(
            new Network<>("LPIPS", ALEX_NET, Lpips::alexNet),
            new Network<>("LPIPS-Squeeze", SQUEEZE_NET, Lpips::squeezeNet));
    private static final List<Network<FeatureExtractor>> FEATURES = List.of(
            new Network<>("FID, KID", INCEPTION, NetworkFeatures::inception),
            new Network<>("FD-SqueezeNet, KD-SqueezeNet", SQUEEZE_NET, NetworkFeatures::squeezeNet),
            new Network<>("FD-MobileNet, KD-MobileNet", MOBILE_NET, NetworkFeatures::mobileNet));
    private static final List<Network<Classifier>> CLASSIFIERS = List.of(
            new Network<>("SqueezeNet's classes", SQUEEZE_NET, NetworkClassifier::squeezeNet),
            new Network<>("MobileNet's classes", MOBILE_NET, NetworkClassifier::mobileNet));

    private final Optional<Path> directory;

    private MetricWeights(Optional<Path> directory) {
        this.directory = directory;
    }

    /**
     * The weights in a directory, whichever it has.
     *
     * @throws IllegalArgumentException when there is no such directory
     */
    public static MetricWeights in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "\"" + directory + "\" is no directory: metric weights are safetensors in one");
        }
        return new MetricWeights(Optional.of(directory));
    }

    /** No weights: every list is empty, everything is missing. */
    public static MetricWeights none() {
        return new MetricWeights(Optional.empty());
    }

    /**
     * What cannot be computed, and why.
     *
     * @param metrics as in tables, such as {@code FID, KID}
     * @param file the name of the file that is missing
     */
    public record Missing(String metrics, String file) {
        @Override
        public String toString() {
            return metrics + ": " + file + " is missing";
        }
    }

    /** All that is missing, in the order of the tables' columns. */
    public List<Missing> missing() {
        return Stream.of(PERCEPTUAL, FEATURES, CLASSIFIERS)
                .flatMap(List::stream)
                .filter(network -> file(network).isEmpty())
                .map(network -> new Missing(network.metrics(), network.file()))
                .toList();
    }

    /**
     * The perceptual metrics whose weights are there, LPIPS first; for the caller to close.
     *
     * @throws IOException when a file cannot be read
     * @throws InvalidModelException when a file is damaged or of another network
     */
    public List<PerceptualMetric> perceptualMetrics(TensorEngine engine) throws IOException {
        return open(PERCEPTUAL, engine);
    }

    /**
     * The feature extractors whose weights are there, Inception first; for the caller to close.
     *
     * @throws IOException when a file cannot be read
     * @throws InvalidModelException when a file is damaged or of another network
     */
    public List<FeatureExtractor> featureExtractors(TensorEngine engine) throws IOException {
        return open(FEATURES, engine);
    }

    /**
     * The classifiers whose weights are there; for the caller to close.
     *
     * @throws IOException when a file cannot be read
     * @throws InvalidModelException when a file is damaged or of another network
     */
    public List<Classifier> classifiers(TensorEngine engine) throws IOException {
        return open(CLASSIFIERS, engine);
    }

    /**
     * The classifier in a file of any name: of the known networks, the one whose weights it has; for the caller to close.
     *
     * @throws IOException when the file cannot be read
     * @throws InvalidModelException when it is damaged or has the weights of none; says what each misses
     */
    public static Classifier classifier(TensorEngine engine, Path file) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (Network<Classifier> network : CLASSIFIERS) {
            try {
                return network.open(engine, file);
            } catch (InvalidModelException another) {
                reasons.add(network.metrics() + ": " + another.getMessage());
            }
        }
        throw new InvalidModelException(
                file + " has the weights of no known classifier: " + String.join("; ", reasons));
    }

    /**
     * SqueezeNet's feature maps; for the caller to close.
     *
     * @throws IllegalArgumentException when its weights are missing
     * @throws IOException when the file cannot be read
     * @throws InvalidModelException when the file is damaged or of another network
     */
    public FeatureMaps featureMaps(TensorEngine engine) throws IOException {
        Network<FeatureMaps> network = new Network<>("feature maps", SQUEEZE_NET, FeatureMaps::squeezeNet);
        Path file = file(network).orElseThrow(() -> new IllegalArgumentException("feature maps need " + SQUEEZE_NET));
        return network.open(engine, file);
    }

    private <T extends AutoCloseable> List<T> open(List<Network<T>> networks, TensorEngine engine) throws IOException {
        List<T> opened = new ArrayList<>();
        try {
            for (Network<T> network : networks) {
                Optional<Path> file = file(network);
                if (file.isPresent()) {
                    opened.add(network.open(engine, file.get()));
                }
            }
            return List.copyOf(opened);
        } catch (IOException | RuntimeException e) {
            for (T network : opened) {
                closeAfter(e, network);
            }
            throw e;
        }
    }

    private static void closeAfter(Exception failure, AutoCloseable network) {
        try {
            network.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private Optional<Path> file(Network<?> network) {
        return directory.map(folder -> folder.resolve(network.file())).filter(Files::isRegularFile);
    }

    private record Network<T>(String metrics, String file, Loading<T> loading) {
        T open(TensorEngine engine, Path path) throws IOException {
            Safetensors weights = Safetensors.read(path);
            try {
                return loading.load(engine, weights);
            } catch (InvalidModelException e) {
                throw new InvalidModelException(path + ": " + e.getMessage(), e);
            }
        }
    }

    private interface Loading<T> {
        T load(TensorEngine engine, Safetensors weights);
    }
}
