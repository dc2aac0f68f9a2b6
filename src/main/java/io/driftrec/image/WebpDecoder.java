package io.driftrec.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a still WebP, lossy or lossless, from a container that holds its bit stream and alpha plane only.
 *
 * <p>By a decoder in Java, not by the native library that writes WebP: files come from strangers, and this format's native
 * decoder has been broken into before. The price: it takes some twenty times as long, and it repeats the chroma of lossy
 * files where libwebp interpolates it (44 to 50 dB between the two on a photograph). Lossless files are exact.
 */
final class WebpDecoder {
    private WebpDecoder() {}

    static Picture decode(byte[] bytes) throws ImageRejectedException, IOException {
        WebpHeader header = WebpHeader.read(bytes);
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        AtomicReference<@Nullable String> warning = new AtomicReference<>();
        try {
            reader.setInput(new ByteArrayImageInputStream(essence(header)), true, true);
            reader.addIIOReadWarningListener((source, message) -> warning.compareAndSet(null, message));
            Canvas canvas = new Canvas(header.width(), header.height(), header.orientation(), header.hasAlpha());
            canvas.paint(reader.read(0).getRaster());
            if (warning.get() != null) {
                throw ImageRejectedException.corrupt("WebP bit stream is damaged: " + warning.get());
            }
            return canvas.picture(false, header.profile().orElse(null));
        } finally {
            reader.dispose();
        }
    }

    /** The file without what the samples do not depend on. */
    private static byte[] essence(WebpHeader header) {
        if (header.isLossless()) {
            return new WebpForm().add(WebpHeader.VP8L, header.bitStream()).toBytes();
        }
        WebpForm form = new WebpForm();
        header.alpha().ifPresent(alpha -> form.addCanvas(WebpForm.ALPHA_FLAG, header.width(), header.height())
                .add(WebpHeader.ALPH, alpha));
        return form.add(WebpHeader.VP8, header.bitStream()).toBytes();
    }
}
