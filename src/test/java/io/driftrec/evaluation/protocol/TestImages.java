package io.driftrec.evaluation.protocol;

import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;

/** Small pictures with edges and texture, so that JPEG damages them. */
public final class TestImages {
    private TestImages() {}

    public static Picture picture(int width, int height, long seed) {
        Random random = new Random(seed);
        float[] planes = new float[3 * width * height];
        for (int i = 0; i < planes.length; i++) {
            int x = i % width;
            int y = i / width % height;
            planes[i] = (float)
                    (0.5 + 0.2 * Math.sin(0.3 * x + seed) + (x + y > width ? 0.2 : 0) + 0.05 * random.nextGaussian());
        }
        return Picture.rgb(width, height, planes);
    }

    public static Path write(Path file, int width, int height, long seed) throws Exception {
        Files.createDirectories(file.getParent());
        return Files.write(file, ImageEncoder.encode(picture(width, height, seed), ImageFormat.PNG, 100));
    }

    static CleanImage clean(Path folder, String name, long seed) throws Exception {
        return CleanImage.read(name, write(folder.resolve(name + ".png"), 40, 32, seed), OptionalInt.empty());
    }
}
