package io.driftrec.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a PNG from a stream that holds its header, palette and pixel chunks only.
 *
 * <p>The codec delivers the samples as stored (indices, 1 to 16 bits); palette, transparent colour and scale are applied
 * here. 16 bit colours keep their precision; 16 bit alpha is rounded to 8. A palette of greys without a profile counts as
 * greyscale.
 */
final class PngDecoder {
    /** Deflate writes at most 258 bytes for 2 bits. */
    private static final int MAX_INFLATION = 1032;

    private static final int MAX_16_BIT = 65_535;

    private PngDecoder() {}

    static Picture decode(byte[] bytes) throws ImageRejectedException, IOException {
        PngHeader header = PngHeader.read(bytes);
        long pixels = (long) header.width() * header.height();
        if (pixels * header.bitsPerPixel() / 8 > header.compressedBytes() * MAX_INFLATION) {
            throw ImageRejectedException.corrupt("PNG is truncated: " + header.compressedBytes()
                    + " compressed bytes cannot hold " + header.width() + "x" + header.height() + " pixels");
        }
        IccProfile profile = header.profile().orElse(null);
        Raster raster = read(essence(bytes, header));
        return header.colourType() == PngHeader.PALETTE
                ? paintIndexed(header, raster, profile)
                : paintSamples(header, raster, profile);
    }

    /** The file without what the samples do not depend on; what it keeps is checked. */
    private static byte[] essence(byte[] bytes, PngHeader header) throws ImageRejectedException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, PngHeader.SIGNATURE_BYTES);
        int position = PngHeader.SIGNATURE_BYTES;
        int type;
        do {
            int length = buffer.getInt(position);
            type = buffer.getInt(position + 4);
            boolean isEssential = type == PngHeader.IHDR
                    || (type == PngHeader.PLTE && header.colourType() == PngHeader.PALETTE)
                    || type == PngHeader.IDAT
                    || type == PngHeader.IEND;
            if (isEssential) {
                if (!header.isIntact(position, length)) {
                    throw ImageRejectedException.corrupt("PNG chunk " + PngHeader.name(type) + " at byte " + position
                            + " is damaged: its checksum is wrong");
                }
                out.write(bytes, position, length + PngHeader.CHUNK_OVERHEAD);
            }
            position += length + PngHeader.CHUNK_OVERHEAD;
        } while (type != PngHeader.IEND);
        return out.toByteArray();
    }

    private static Raster read(byte[] stream) throws IOException, ImageRejectedException {
        ImageReader reader = PlatformCodecs.reader("png");
        AtomicReference<@Nullable String> warning = new AtomicReference<>();
        try {
            reader.setInput(new ByteArrayImageInputStream(stream), true, true);
            reader.addIIOReadWarningListener((source, message) -> warning.compareAndSet(null, message));
            Raster raster = reader.read(0).getRaster();
            if (warning.get() != null) {
                throw ImageRejectedException.corrupt("PNG pixels are damaged: " + warning.get());
            }
            return raster;
        } finally {
            reader.dispose();
        }
    }

    private static Picture paintSamples(PngHeader header, Raster raster, @Nullable IccProfile profile)
            throws ImageRejectedException {
        int bands = raster.getNumBands();
        boolean isGrey = header.colourType() == PngHeader.GREY || header.colourType() == PngHeader.GREY_ALPHA;
        boolean storesAlpha = header.colourType() >= PngHeader.GREY_ALPHA;
        int colours = isGrey ? 1 : Picture.CHANNELS;
        int[] transparent = storesAlpha ? null : transparentColour(header, colours);
        Canvas canvas = canvas(header, raster, storesAlpha || transparent != null);
        float max = (1 << header.depth()) - 1;
        int[] row = new int[Math.multiplyExact(header.width(), bands)];
        for (int y = 0; y < header.height(); y++) {
            raster.getPixels(0, y, header.width(), 1, row);
            for (int x = 0; x < header.width(); x++) {
                int at = x * bands;
                int opacity = Canvas.OPAQUE;
                if (storesAlpha) {
                    opacity = to8Bits(row[at + colours], header.depth());
                } else if (transparent != null && isColour(row, at, transparent)) {
                    opacity = 0;
                }
                int last = at + colours - 1;
                canvas.paint(x, y, row[at] / max, row[(at + last) / 2] / max, row[last] / max, opacity);
            }
        }
        return canvas.picture(isGrey, profile);
    }

    private static Picture paintIndexed(PngHeader header, Raster raster, @Nullable IccProfile profile)
            throws ImageRejectedException {
        ByteBuffer palette = header.palette().orElseThrow();
        ByteBuffer alphas = header.transparency().orElse(ByteBuffer.allocate(0));
        int entries = palette.limit() / 3;
        Canvas canvas = canvas(header, raster, alphas.limit() > 0);
        int[] row = new int[header.width()];
        for (int y = 0; y < header.height(); y++) {
            raster.getPixels(0, y, header.width(), 1, row);
            for (int x = 0; x < header.width(); x++) {
                int index = row[x];
                if (index >= entries) {
                    throw ImageRejectedException.corrupt("PNG pixel (" + x + ", " + y + ") has palette index " + index
                            + ": the palette has " + entries + " entries");
                }
                canvas.paint(
                        x,
                        y,
                        (palette.get(3 * index) & 0xFF) / 255f,
                        (palette.get(3 * index + 1) & 0xFF) / 255f,
                        (palette.get(3 * index + 2) & 0xFF) / 255f,
                        index < alphas.limit() ? alphas.get(index) & 0xFF : Canvas.OPAQUE);
            }
        }
        return canvas.picture(profile == null && isGreyOnly(palette), profile);
    }

    private static Canvas canvas(PngHeader header, Raster raster, boolean hasAlpha) throws ImageRejectedException {
        Canvas canvas = new Canvas(header.width(), header.height(), header.orientation(), hasAlpha);
        canvas.checkSize(raster);
        return canvas;
    }

    private static int @Nullable [] transparentColour(PngHeader header, int colours) {
        ByteBuffer chunk = header.transparency().orElse(null);
        if (chunk == null || chunk.limit() < 2 * colours) {
            return null;
        }
        int[] colour = new int[colours];
        for (int i = 0; i < colours; i++) {
            colour[i] = Short.toUnsignedInt(chunk.getShort(2 * i));
        }
        return colour;
    }

    private static boolean isColour(int[] row, int at, int[] colour) {
        for (int i = 0; i < colour.length; i++) {
            if (row[at + i] != colour[i]) {
                return false;
            }
        }
        return true;
    }

    private static int to8Bits(int sample, int depth) {
        return depth == 16 ? (sample * Canvas.OPAQUE + MAX_16_BIT / 2) / MAX_16_BIT : sample;
    }

    private static boolean isGreyOnly(ByteBuffer palette) {
        for (int i = 0; i + 2 < palette.limit(); i += 3) {
            if (palette.get(i) != palette.get(i + 1) || palette.get(i) != palette.get(i + 2)) {
                return false;
            }
        }
        return true;
    }
}
