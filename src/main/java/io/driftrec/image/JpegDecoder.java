package io.driftrec.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;

/**
 * Decodes a JPEG from a stream that holds its tables, frame and scans only.
 *
 * <p>The application markers are replaced by the one that states the colour model, so that the codec has nothing to guess,
 * no profile to apply and no thumbnail to trip over. Grey and RGB samples are those of libjpeg, bit by bit. CMYK and YCCK
 * are converted to sRGB, by their profile where they have a sound one, and lose it.
 *
 * <p>A scan that ends early or holds impossible codes decodes to grey areas with a warning; that is an error here.
 */
final class JpegDecoder {
    /** Real progressive files have about ten; each one costs a pass over all coefficients. */
    private static final int MAX_SCANS = 100;

    private static final int BITS_PER_BYTE = 8;

    private static final List<String> FATAL_WARNINGS = List.of("remature end", "bad Huffman code", "instead of RST");

    private JpegDecoder() {}

    static Picture decode(byte[] bytes) throws ImageRejectedException, IOException {
        JpegHeader header = JpegHeader.read(bytes);
        long blocks = header.blocks();
        if (blocks > (long) bytes.length * BITS_PER_BYTE) {
            throw ImageRejectedException.corrupt("JPEG is truncated: " + header.width() + "x" + header.height()
                    + " needs at least " + blocks / BITS_PER_BYTE + " bytes, there are " + bytes.length);
        }
        JpegHeader.Colour colour = header.colour();
        boolean isCmyk = colour == JpegHeader.Colour.CMYK || colour == JpegHeader.Colour.YCCK;
        IccProfile profile = header.profile().orElse(null);
        Raster samples = read(essence(bytes, colour), isCmyk);
        if (colour == JpegHeader.Colour.YCCK) {
            samples = CmykConversion.complementsOfYcck(samples);
        }
        Canvas canvas = new Canvas(header.width(), header.height(), header.orientation(), false);
        canvas.paint(isCmyk ? CmykConversion.toSrgb(samples, profile) : samples);
        return canvas.picture(colour == JpegHeader.Colour.GREY, isCmyk ? null : profile);
    }

    /** The file without what the samples do not depend on. */
    private static byte[] essence(byte[] bytes, JpegHeader.Colour colour) throws ImageRejectedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        out.write(0xFF);
        out.write(JpegSegments.SOI);
        JpegMarkers.writeColour(out, colour);
        JpegSegments segments = new JpegSegments(bytes);
        int scans = 0;
        do {
            segments.advance();
            int marker = segments.marker();
            if (marker == JpegSegments.SOS) {
                segments.skipScan();
                scans++;
            }
            if (scans > MAX_SCANS) {
                throw ImageRejectedException.corrupt("JPEG has more than " + MAX_SCANS + " scans");
            }
            if (isEssential(marker)) {
                out.write(bytes, segments.segmentStart(), segments.end() - segments.segmentStart());
            }
        } while (segments.marker() != JpegSegments.EOI);
        if (scans == 0) {
            throw ImageRejectedException.corrupt("JPEG has no scan");
        }
        return out.toByteArray();
    }

    private static boolean isEssential(int marker) {
        return (marker >= 0xC0 && marker <= 0xC2)
                || marker == JpegSegments.DHT
                || marker == JpegSegments.DQT
                || marker == JpegSegments.DRI
                || marker == JpegSegments.SOS
                || marker == JpegSegments.EOI;
    }

    private static Raster read(byte[] stream, boolean isCmyk) throws IOException, ImageRejectedException {
        ImageReader reader = PlatformCodecs.reader("jpeg");
        List<String> warnings = new ArrayList<>();
        try {
            reader.setInput(new ByteArrayImageInputStream(stream), true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            Raster samples =
                    isCmyk ? reader.readRaster(0, null) : reader.read(0).getRaster();
            for (String warning : warnings) {
                if (FATAL_WARNINGS.stream().anyMatch(warning::contains)) {
                    throw ImageRejectedException.corrupt("JPEG scan is damaged: " + warning);
                }
            }
            return samples;
        } finally {
            reader.dispose();
        }
    }
}
