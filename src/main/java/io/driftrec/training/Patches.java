package io.driftrec.training;

import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.JpegCorruption;
import io.driftrec.image.Picture;
import io.driftrec.image.Rescaling;
import io.driftrec.image.Rgb8;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless sequence of training samples. Sample {@code i} is a function of the data, the settings, the seed and {@code i}, and of
 * nothing else: any thread can compute it, and a training that goes on at {@code i} sees what one sees that never stopped.
 *
 * <p>Every run through the images has an order of its own. Where an image is bad, another one drawn for that sample takes its
 * place.
 */
final class Patches {
    private static final int MAX_SHIFT = 4;
    private static final double MIN_SCALE = 0.5;
    private static final int DRAWS = 100;

    /** What can be scaled up. */
    private static final int SMALLEST_CUT = 3;

    private final List<URI> locations;
    private final DecodedImages images;
    private final PatchSettings patch;
    private final CorruptionSettings corruption;
    private final TimeSettings times;
    private final long seed;

    Patches(
            List<URI> locations,
            DecodedImages images,
            PatchSettings patch,
            CorruptionSettings corruption,
            TimeSettings times,
            long seed) {
        this.locations = locations;
        this.images = images;
        this.patch = patch;
        this.corruption = corruption;
        this.times = times;
        this.seed = seed;
    }

    /**
     * A patch, what corruption made of it, and the time and the noise that it is trained with.
     *
     * @param isStart whether the state is the corrupted patch itself, without noise
     */
    record Sample(Picture clean, Picture corrupted, double time, boolean isStart, float[] noise) {}

    /** The sides that an image must have for every patch to fit. */
    static int minSide(PatchSettings patch, CorruptionSettings corruption) {
        return patch.size() + (corruption.doubleShare() > 0 ? MAX_SHIFT : 0);
    }

    /**
     * @throws TrainingFailedException with {@code NO_IMAGES} when every image is bad, {@code STORE_UNAVAILABLE} when an image
     *     stays out of reach
     */
    Sample get(long index) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(mixed(index));
        long noiseKey = random.nextLong();
        double whichTime = random.nextDouble();
        Rgb8 image = image(index, random);
        boolean isDouble = random.nextDouble() < corruption.doubleShare();
        int shiftX = isDouble ? random.nextInt(MAX_SHIFT + 1) : 0;
        int shiftY = isDouble ? random.nextInt(MAX_SHIFT + 1) : 0;
        Picture cut = cut(image, patch.size() + shiftX, patch.size() + shiftY, random);
        Picture clean = cut.crop(shiftX, shiftY, patch.size(), patch.size());
        Picture blurred = random.nextDouble() < corruption.rescaleShare() ? rescaled(cut, random) : cut;
        int quality = quality(random);
        byte[] file = isDouble
                ? JpegCorruption.unalignedDouble(blurred, quality(random), quality, shiftX, shiftY)
                : JpegCorruption.compress(blurred, quality, corruption.subsampling());
        float[] noise = new PhiloxNoise(noiseKey, 0).values(0, clean.planes().length);
        return new Sample(clean, decoded(file), times.time(whichTime), times.isStart(whichTime), noise);
    }

    private Rgb8 image(long index, SplittableRandom random) throws InterruptedException {
        int which = EpochOrder.image(index, locations.size(), seed);
        for (int attempt = 0; attempt < DRAWS + locations.size(); attempt++) {
            Rgb8 image = images.get(locations.get(which)).orElse(null);
            if (image != null) {
                return image;
            }
            // where nearly all are bad, draws may miss the few good ones, which going through all does not
            which = attempt < DRAWS ? random.nextInt(locations.size()) : (which + 1) % locations.size();
        }
        throw new TrainingFailedException(
                TrainingFailure.NO_IMAGES,
                "none of %d images can be used, such as %s".formatted(locations.size(), locations.get(which)));
    }

    private Picture cut(Rgb8 image, int width, int height, SplittableRandom random) {
        int side = Math.min(image.width(), image.height());
        int cutWidth = width;
        int cutHeight = height;
        if (patch.isResized()) {
            double area = patch.minArea() + (1 - patch.minArea()) * random.nextDouble();
            double root = Math.sqrt(area * image.pixels());
            cutWidth = cutHeight = (int) Math.max(SMALLEST_CUT, Math.min(side, Math.round(root)));
        }
        int x = random.nextInt(image.width() - cutWidth + 1);
        int y = random.nextInt(image.height() - cutHeight + 1);
        Picture cut = image.part(x, y, cutWidth, cutHeight);
        Picture sized = patch.isResized() ? Rescaling.resize(cut, width, height) : cut;
        return patch.mirrors() && random.nextBoolean() ? sized.mirrored() : sized;
    }

    private static Picture rescaled(Picture picture, SplittableRandom random) {
        double scale = MIN_SCALE + (1 - MIN_SCALE) * random.nextDouble();
        Picture small = Rescaling.resize(
                picture, (int) Math.round(scale * picture.width()), (int) Math.round(scale * picture.height()));
        return Rescaling.resize(small, picture.width(), picture.height());
    }

    private int quality(SplittableRandom random) {
        return corruption.quality(random.nextDouble());
    }

    private static Picture decoded(byte[] file) {
        try {
            return ImageDecoder.decode(file, ImageLimits.DEFAULT);
        } catch (ImageRejectedException e) {
            throw new IllegalStateException("JPEG of our own cannot be decoded", e);
        }
    }

    private long mixed(long index) {
        return new SplittableRandom(seed ^ (0x9E3779B97F4A7C15L * (index + 1))).nextLong();
    }
}
