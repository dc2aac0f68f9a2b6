package io.driftrec.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;

/**
 * Printing inks to sRGB. The samples are complements of ink, as all JPEGs in use store them (Adobe's convention).
 *
 * <p>With a profile: the colour management of the Java platform. Without one, or where it cannot be used: each ink takes its
 * complement away, {@code red = (1 - C)(1 - K)} and so on.
 */
final class CmykConversion {
    private static final int INKS = 4;
    private static final int MAX = 255;

    private CmykConversion() {}

    /**
     * Converts by the profile, or without one where there is none or it cannot be used.
     *
     * @param complements four bands, 8 bit: 255 - C, 255 - M, 255 - Y, 255 - K
     * @return three bands, 8 bit
     */
    static Raster toSrgb(Raster complements, @Nullable IccProfile profile) {
        if (profile != null) {
            try {
                return byProfile(complements, ICC_Profile.getInstance(profile.toBytes()));
            } catch (IllegalArgumentException | CMMException e) {
                // a profile with a sound header and unusable tables: go on as if there were none
                return byProduct(complements);
            }
        }
        return byProduct(complements);
    }

    /**
     * Undoes the colour transform of YCCK (JFIF 1.02), which Adobe applies to the inks: complements of the result are
     * {@code 255 - R, 255 - G, 255 - B, K}.
     *
     * @param ycck four bands, 8 bit
     * @return four bands, 8 bit: complements of C, M, Y, K
     */
    static Raster complementsOfYcck(Raster ycck) {
        WritableRaster complements = interleaved(ycck, INKS);
        int[] row = new int[ycck.getWidth() * INKS];
        for (int y = 0; y < ycck.getHeight(); y++) {
            ycck.getPixels(0, y, ycck.getWidth(), 1, row);
            for (int at = 0; at < row.length; at += INKS) {
                int luma = row[at];
                int blue = row[at + 1] - 128;
                int red = row[at + 2] - 128;
                row[at] = MAX - clamp(luma + Math.round(1.402f * red));
                row[at + 1] = MAX - clamp(luma - Math.round(0.344136f * blue + 0.714136f * red));
                row[at + 2] = MAX - clamp(luma + Math.round(1.772f * blue));
            }
            complements.setPixels(0, y, ycck.getWidth(), 1, row);
        }
        return complements;
    }

    private static int clamp(int sample) {
        return Math.max(0, Math.min(MAX, sample));
    }

    private static Raster byProfile(Raster complements, ICC_Profile profile) {
        WritableRaster inks = interleaved(complements, INKS);
        int[] row = new int[complements.getWidth() * INKS];
        for (int y = 0; y < complements.getHeight(); y++) {
            complements.getPixels(0, y, complements.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                row[i] = MAX - row[i];
            }
            inks.setPixels(0, y, complements.getWidth(), 1, row);
        }
        ICC_Profile[] path = {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        return new ColorConvertOp(path, null).filter(inks, interleaved(complements, Picture.CHANNELS));
    }

    private static Raster byProduct(Raster complements) {
        WritableRaster rgb = interleaved(complements, Picture.CHANNELS);
        int width = complements.getWidth();
        int[] row = new int[width * INKS];
        int[] colours = new int[width * Picture.CHANNELS];
        for (int y = 0; y < complements.getHeight(); y++) {
            complements.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int light = row[INKS * x + INKS - 1];
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    colours[Picture.CHANNELS * x + channel] = (row[INKS * x + channel] * light + MAX / 2) / MAX;
                }
            }
            rgb.setPixels(0, y, width, 1, colours);
        }
        return rgb;
    }

    private static WritableRaster interleaved(Raster like, int bands) {
        return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, like.getWidth(), like.getHeight(), bands, null);
    }
}
