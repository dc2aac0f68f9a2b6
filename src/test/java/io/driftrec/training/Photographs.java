package io.driftrec.training;

import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.Picture;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A folder of made-up images with edges and gradients, which compression damages. */
public final class Photographs {
    private Photographs() {}

    /** Writes {@code count} images named {@code image-000.png} and so on. */
    public static Path write(Path folder, int count, int side, long seed) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            Picture picture = picture(side, seed + i);
            Files.write(
                    folder.resolve("image-%03d.png".formatted(i)), ImageEncoder.encode(picture, ImageFormat.PNG, 100));
        }
        return folder;
    }

    /** Discs and bars of random colours over a gradient. */
    public static Picture picture(int side, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] planes = new float[3 * side * side];
        double[] slope = random.doubles(6).toArray();
        for (int i = 0; i < planes.length; i++) {
            int channel = i / (side * side);
            int x = i % side;
            int y = i / side % side;
            planes[i] = (float) ((slope[channel] * x + slope[3 + channel] * y) / (2 * side));
        }
        for (int shape = 0; shape < 12; shape++) {
            int centreX = random.nextInt(side);
            int centreY = random.nextInt(side);
            int radius = 2 + random.nextInt(side / 4);
            boolean isDisc = random.nextBoolean();
            double[] colour = random.doubles(3).toArray();
            for (int i = 0; i < planes.length; i++) {
                int dx = i % side - centreX;
                int dy = i / side % side - centreY;
                if (isDisc ? dx * dx + dy * dy < radius * radius : Math.abs(dx + dy) < radius / 2) {
                    planes[i] = (float) colour[i / (side * side)];
                }
            }
        }
        return Picture.rgb(side, side, planes);
    }

    /** A store that may read and write below the folder. */
    public static RoutingStore store(Path folder) {
        List<LocationPrefix> prefix =
                List.of(LocationPrefix.parse(folder.toUri().toString()));
        return RoutingStore.open(StorageSettings.allowing(prefix, prefix));
    }
}
