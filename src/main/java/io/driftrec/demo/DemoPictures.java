package io.driftrec.demo;

import io.driftrec.evaluation.BlockingEffectFactor;
import io.driftrec.evaluation.Psnr;
import io.driftrec.evaluation.PsnrB;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demo's pictures on disk: damaged ones as they are sent, restored ones as they come back, and how near they are. */
public final class DemoPictures {
    private static final double BLOCKINESS_SCALE = 1e4;

    /** A part of each photograph, so that the demo takes two minutes on two cores. */
    private static final int WIDTH = 384;

    private static final int HEIGHT = 256;

    private final Path damaged;
    private final Path restored;

    /**
     * Makes the folders {@code damaged} and {@code restored}.
     *
     * @throws IOException when they can't be made
     */
    public DemoPictures(Path directory) throws IOException {
        damaged = Files.createDirectories(directory.resolve("damaged"));
        restored = Files.createDirectories(directory.resolve("restored"));
    }

    public Path damagedFolder() {
        return damaged;
    }

    public Path restoredFolder() {
        return restored;
    }

    public Path damaged(DemoCase of) {
        return damaged.resolve(of.name() + ".jpg");
    }

    public Path restored(DemoCase of) {
        return restored.resolve(of.name() + ".png");
    }

    /**
     * Writes the case's picture as it is sent.
     *
     * @throws IOException when it can't be written
     */
    public void damage(DemoCase of) throws IOException {
        Files.write(damaged(of), of.damage().jpeg(original(of)));
    }

    /**
     * How near a picture of the case is to the original.
     *
     * @throws IOException when the picture can't be read
     */
    public Quality quality(DemoCase of, Path picture) throws IOException {
        Rgb8 reference = Rgb8.of(of.damage().shown(original(of)));
        Rgb8 image = Rgb8.of(decoded(picture.toString(), Files.readAllBytes(picture)));
        return new Quality(
                Psnr.of(image, reference),
                PsnrB.of(image, reference),
                BLOCKINESS_SCALE * BlockingEffectFactor.of(image));
    }

    private static Picture original(DemoCase of) throws IOException {
        String name = "/samples/" + of.photograph() + ".png";
        try (InputStream file = DemoPictures.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("the class path lacks " + name);
            }
            Picture whole = decoded(name, file.readAllBytes());
            return whole.crop((whole.width() - WIDTH) / 2, (whole.height() - HEIGHT) / 8, WIDTH, HEIGHT);
        }
    }

    private static Picture decoded(String name, byte[] file) throws IOException {
        try {
            return ImageDecoder.decode(file, ImageLimits.DEFAULT);
        } catch (ImageRejectedException rejected) {
            throw new IOException(name + ": " + rejected.getMessage(), rejected);
        }
    }
}
