package io.driftrec.restore;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Random;

/** Files to restore, and what is in files that were restored. */
public final class Images {
    private Images() {}

    /** A PNG of random colours between a quarter and three quarters, so that small changes are not clamped. */
    public static byte[] png(int width, int height) {
        Random random = new Random(7);
        float[] planes = new float[3 * width * height];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = 0.25f + random.nextFloat() / 2;
        }
        return ImageEncoder.encode(Picture.rgb(width, height, planes), ImageFormat.PNG, 95);
    }

    /** A file of the image package's tests. */
    static byte[] file(String name) {
        try (InputStream in = Images.class.getResourceAsStream("/image/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Picture decoded(byte[] file) {
        try {
            return ImageDecoder.decode(file, ImageLimits.DEFAULT);
        } catch (ImageRejectedException e) {
            throw new AssertionError(e);
        }
    }

    static double mean(byte[] file, int channel) {
        Rgb8 samples = Rgb8.of(decoded(file));
        double sum = 0;
        for (int i = 0; i < samples.pixels(); i++) {
            sum += samples.sample(i, channel);
        }
        return sum / samples.pixels();
    }
}
