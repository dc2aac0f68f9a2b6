package io.driftrec.training;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A data set divided into 80 % to train on, 5 % to validate with and 15 % to test with, by a seed. The test images are never looked
 * at.
 */
public record DataSplit(List<URI> training, List<URI> validation, List<URI> test) {
    private static final double TRAINING_SHARE = 0.8;
    private static final double VALIDATION_SHARE = 0.05;

    public DataSplit {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /**
     * Divides a data set: the images in the order of their names are shuffled (Fisher and Yates) and cut.
     *
     * @throws TrainingFailedException with {@code NO_IMAGES} when a part to train on or validate with would be empty
     */
    public static DataSplit of(ImageSet images, long seed) {
        List<URI> shuffled = new ArrayList<>(images.locations());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            URI swapped = shuffled.get(i);
            shuffled.set(i, shuffled.get(other));
            shuffled.set(other, swapped);
        }
        int size = shuffled.size();
        int validationSize = (int) Math.max(1, Math.round(VALIDATION_SHARE * size));
        int trainingSize = (int) Math.min(size - validationSize, Math.round(TRAINING_SHARE * size));
        if (trainingSize < 1) {
            throw new TrainingFailedException(
                    TrainingFailure.NO_IMAGES, "%d images are too few: at least 2 are needed".formatted(size));
        }
        return new DataSplit(
                shuffled.subList(0, trainingSize),
                shuffled.subList(trainingSize, trainingSize + validationSize),
                shuffled.subList(trainingSize + validationSize, size));
    }

    /** The division as text: one line {@code part,location} an image. */
    String toCsv() {
        StringBuilder text = new StringBuilder("part,file\n");
        training.forEach(image -> text.append("training,").append(image).append('\n'));
        validation.forEach(image -> text.append("validation,").append(image).append('\n'));
        test.forEach(image -> text.append("test,").append(image).append('\n'));
        return text.toString();
    }

    /**
     * From {@link #toCsv}.
     *
     * @throws IllegalArgumentException where it is not from there
     */
    static DataSplit ofCsv(String text) {
        List<URI> training = new ArrayList<>();
        List<URI> validation = new ArrayList<>();
        List<URI> test = new ArrayList<>();
        for (String line : text.lines().skip(1).toList()) {
            String[] cells = line.split(",", 2);
            if (cells.length < 2) {
                throw new IllegalArgumentException("\"%s\" is no part and file".formatted(line));
            }
            List<URI> part =
                    switch (cells[0]) {
                        case "training" -> training;
                        case "validation" -> validation;
                        case "test" -> test;
                        default -> throw new IllegalArgumentException("a division has no part " + cells[0]);
                    };
            part.add(URI.create(cells[1]));
        }
        DataSplit split = new DataSplit(training, validation, test);
        if (split.training().isEmpty() || split.validation().isEmpty()) {
            throw new IllegalArgumentException("no images to train on or validate with");
        }
        return split;
    }
}
