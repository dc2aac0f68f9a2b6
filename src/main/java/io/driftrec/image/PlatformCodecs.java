package io.driftrec.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The codecs of the Java platform itself. Plug-ins on the class path register for the same formats, and which one ImageIO
 * hands out first is not defined; the samples must not depend on that.
 */
final class PlatformCodecs {
    private static final String MODULE = "java.desktop";

    private PlatformCodecs() {}

    static ImageReader reader(String format) {
        try {
            return find(ImageReaderSpi.class, format).createReaderInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImageWriter writer(String format) {
        try {
            return find(ImageWriterSpi.class, format).createWriterInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T extends ImageReaderWriterSpi> T find(Class<T> kind, String format) {
        Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
        while (providers.hasNext()) {
            T provider = providers.next();
            boolean isPlatforms = MODULE.equals(provider.getClass().getModule().getName());
            if (isPlatforms && Arrays.asList(provider.getFormatNames()).contains(format)) {
                return provider;
            }
        }
        throw new IllegalStateException("this Java run time has no " + format + " codec: use one with " + MODULE);
    }
}
