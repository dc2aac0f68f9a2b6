package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;
import io.driftrec.network.ImageNetwork;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.RecognitionProgram;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A classifier on a device of the tensor engine. */
public final class NetworkClassifier implements Classifier {
    private final String name;
    private final ImageNetwork network;
    private final ClassifierInput input;

    private NetworkClassifier(String name, ImageNetwork network, ClassifierInput input) {
        this.name = name;
        this.network = network;
        this.input = input;
    }

    /**
     * SqueezeNet 1.1 with torchvision's input.
     *
     * @param weights {@code features.*} and {@code classifier.1} under torchvision's names
     * @throws InvalidModelException when the weights are others
     */
    public static NetworkClassifier squeezeNet(TensorEngine engine, Safetensors weights) {
        ImageNetwork network = ImageNetwork.load(engine, RecognitionProgram.squeezeNetLogits(weights));
        return new NetworkClassifier("SqueezeNet", network, ClassifierInput.TORCHVISION);
    }

    /**
     * MobileNet v1 with the input that it was trained with: the middle square at 224x224, in [-1, 1].
     *
     * @param weights under the names of Keras
     * @throws InvalidModelException when the weights are others
     */
    public static NetworkClassifier mobileNet(TensorEngine engine, Safetensors weights) {
        ImageNetwork network = ImageNetwork.load(engine, RecognitionProgram.mobileNetLogits(weights));
        return new NetworkClassifier("MobileNet", network, new ClassifierInput(224, 224, ImageNormalization.SIGNED));
    }

    /**
     * Any network saved by {@code torch.jit.save} that takes {@code (1, 3, crop, crop)}, float32, and returns logits
     * {@code (1, classes)}. Such a file is a program: open none that you do not trust.
     *
     * @param name for tables
     * @throws IOException when the file cannot be read
     * @throws InvalidModelException when it is no TorchScript file
     */
    public static NetworkClassifier torchScript(String name, TensorEngine engine, Path file, ClassifierInput input)
            throws IOException {
        return new NetworkClassifier(name, ImageNetwork.load(engine, file), input);
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidModelException when the network does not take the input or does not return one row of finite logits
     */
    @Override
    public ClassScores classify(Rgb8 image) {
        Tensor logits = network.run(input.prepare(image));
        List<Long> shape = logits.shape();
        if (shape.size() != 2 || shape.get(0) != 1) {
            throw new InvalidModelException(
                    "classifier \"%s\" returns shape %s: logits of one image are (1, classes)".formatted(name, shape));
        }
        try {
            return new ClassScores(logits.toFloats());
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("classifier \"%s\": %s".formatted(name, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
