package io.driftrec.image;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes lossy WebP through libwebp, which the plug-in brings along for Linux, macOS and Windows. WebP has no greyscale: a
 * grey picture becomes colour with three equal channels.
 */
final class WebpEncoder {
    private static final float MAX_QUALITY = 100f;

    private WebpEncoder() {}

    /** Whether the native library can be loaded here. */
    static boolean isAvailable() {
        try {
            new WebPWriteParam(Locale.ROOT);
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    /**
     * @param quality 1 to 100
     */
    static byte[] encode(Picture picture, int quality) throws IOException {
        BufferedImage image = Pixels8.of(picture, false, true);
        WebPWriteParam parameters = new WebPWriteParam(Locale.ROOT);
        parameters.setCompressionType(CompressionType.Lossy);
        parameters.setCompressionQuality(quality / MAX_QUALITY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        IccProfile profile = picture.profile().filter(IccProfile::isRgb).orElse(null);
        return profile == null ? bytes.toByteArray() : withProfile(bytes.toByteArray(), profile);
    }

    private static byte[] withProfile(byte[] file, IccProfile profile) throws IOException {
        try {
            return WebpHeader.read(file).withProfile(profile);
        } catch (ImageRejectedException e) {
            throw new IOException("libwebp wrote a file that cannot be read", e);
        }
    }
}
