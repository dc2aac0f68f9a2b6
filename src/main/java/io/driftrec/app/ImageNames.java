package io.driftrec.app;

import io.driftrec.image.ImageFormat;

/** Which names look like images, where folders and prefixes are searched for them. */
final class ImageNames {
    /** For messages. */
    static final String EXTENSIONS = ".jpg, .jpeg, .png, .webp";

    private ImageNames() {}

    /** Whether the name ends like that of an image, in any case. */
    static boolean isImage(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && ImageFormat.named(name.substring(dot + 1)).isPresent();
    }
}
