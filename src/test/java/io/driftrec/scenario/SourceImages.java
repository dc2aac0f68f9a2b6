package io.driftrec.scenario;

import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.JpegCorruption;
import io.driftrec.image.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small images that no two are alike, in every form that is sent in. */
final class SourceImages {
    private static final int QUALITY = 15;

    enum Form {
        JPEG(BufferedImage.TYPE_INT_RGB),
        GREY_JPEG(BufferedImage.TYPE_BYTE_GRAY),
        PNG(BufferedImage.TYPE_INT_RGB),
        GREY_PNG(BufferedImage.TYPE_BYTE_GRAY),
        ALPHA_PNG(BufferedImage.TYPE_INT_ARGB),
        WEBP(BufferedImage.TYPE_INT_RGB);

        private final int imageType;

        Form(int imageType) {
            this.imageType = imageType;
        }

        boolean isGrey() {
            return imageType == BufferedImage.TYPE_BYTE_GRAY;
        }

        boolean hasAlpha() {
            return imageType == BufferedImage.TYPE_INT_ARGB;
        }
    }

    private SourceImages() {}

    static byte[] of(Form form, int width, int height, int number) {
        byte[] png = png(form, width, height, number);
        return switch (form) {
            case PNG, GREY_PNG, ALPHA_PNG -> png;
            case JPEG, GREY_JPEG -> JpegCorruption.compress(decoded(png), QUALITY, ChromaSubsampling.CHROMA_420);
            case WEBP -> ImageEncoder.encode(decoded(png), ImageFormat.WEBP, QUALITY);
        };
    }

    static Picture decoded(byte[] file) {
        try {
            return ImageDecoder.decode(file, ImageLimits.DEFAULT);
        } catch (ImageRejectedException e) {
            throw new AssertionError("not a whole image", e);
        }
    }

    private static byte[] png(Form form, int width, int height, int number) {
        BufferedImage image = new BufferedImage(width, height, form.imageType);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour(x, y, number));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static int colour(int x, int y, int number) {
        int red = level(Math.sin(0.11 * x + number));
        int green = level(Math.cos(0.07 * y - number));
        int blue = level(Math.sin(0.05 * (x + y) + 0.3 * number));
        int alpha = level(Math.cos(0.2 * x));
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    private static int level(double wave) {
        return (int) Math.round(127.5 + 100 * wave);
    }
}
