package io.driftrec.app;

import io.driftrec.image.ImageFormat;
import java.util.Locale;
import java.util.Set;

/** Which names look like images, where folders and prefixes are searched for them. */
final class ImageNames {
    /** For messages. */
    static final String EXTENSIONS = ".jpg, .jpeg, .png, .webp";

    private static final Set<String> OTHERS = Set.of("bmp", "tif", "tiff", "ppm", "gif", "avif", "heic", "jp2");

    private ImageNames() {}

    /** Whether the name ends like that of an image, in any case. */
    static boolean isImage(String name) {
        return ImageFormat.named(extension(name)).isPresent();
    }

    /** Whether the name ends like that of an image in a format that is not read. */
    static boolean isOtherImage(String name) {
        return OTHERS.contains(extension(name));
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
