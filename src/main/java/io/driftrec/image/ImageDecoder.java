package io.driftrec.image;

import java.io.IOException;

/**
 * Turns a file's bytes into a {@link Picture}: JPEG, PNG and WebP, told apart by content.
 *
 * <p>What is kept: colours as stored (only CMYK is converted, to sRGB), 16 bit precision, alpha, greyness, the colour
 * profile. What is applied: the EXIF orientation. What is dropped: everything else, and a profile that is broken, does not
 * fit the image's channels or exceeds 4 MiB.
 *
 * <h2>Failure modes</h2>
 *
 * Every file that is not decoded ends in an {@link ImageRejectedException}, whatever the codec threw. Truncated files are
 * refused, not decoded in part. Animations (WebP, PNG) are refused: restoring their first frame would lose the others
 * unnoticed. Limits are checked on the header, before anything is allocated for pixels; a picture within the limits for
 * which this machine has not enough memory is refused as having too many pixels.
 */
public final class ImageDecoder {
    private ImageDecoder() {}

    /**
     * Decodes one still image.
     *
     * @param bytes the whole file; not kept
     * @throws ImageRejectedException with the reason and the value at fault
     */
    public static Picture decode(byte[] bytes, ImageLimits limits) throws ImageRejectedException {
        limits.checkBytes(bytes.length);
        ImageHeader header = ImageProbe.probe(bytes);
        limits.checkPixels(header);
        try {
            return switch (header.format()) {
                case JPEG -> JpegDecoder.decode(bytes);
                case PNG -> PngDecoder.decode(bytes);
                case WEBP -> WebpDecoder.decode(bytes);
            };
        } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
            // codecs answer to damage with all of these
            throw new ImageRejectedException(
                    ImageRejectedException.Reason.CORRUPT_IMAGE,
                    header.format() + " of " + header.width() + "x" + header.height() + " cannot be decoded: " + e,
                    e);
        } catch (OutOfMemoryError e) {
            throw new ImageRejectedException(
                    ImageRejectedException.Reason.TOO_MANY_PIXELS,
                    "image is " + header.width() + "x" + header.height() + ": the heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB has no room for it; give more or lower the pixel limit",
                    e);
        }
    }
}
