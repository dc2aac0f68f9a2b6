package io.driftrec.restore;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.ImageHeader;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageProbe;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import io.driftrec.message.FailureCode;

/** The files that sources are: measured before they are decoded, and refused where they are damaged or too large. */
final class SourceImages {
    private final ImageLimits limits;

    SourceImages(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * What the file holds, within the limits and those of the format that the result will have.
     *
     * @throws RequestFailure when it is no image, a damaged one or too large
     */
    ImageHeader header(byte[] file, ImageFormat result) throws RequestFailure {
        ImageHeader header;
        try {
            header = ImageProbe.probe(file);
            limits.checkPixels(header);
        } catch (ImageRejectedException rejected) {
            throw RequestFailure.ofImage(rejected);
        }
        if (Math.max(header.width(), header.height()) > result.maxSide()) {
            throw new RequestFailure(
                    FailureCode.INVALID_REQUEST,
                    "output.format: " + result + " holds at most " + result.maxSide()
                            + " pixels a side, and the image is " + header.width() + "x" + header.height()
                            + "; png holds it");
        }
        return header;
    }

    /**
     * Refuses images so thin that padding makes them too large: a line of few bytes would cost as much as many photographs. Twice the
     * limit is for images of about its size.
     *
     * @param pixels of the padded image
     */
    void checkPadded(ImageHeader header, long pixels) throws RequestFailure {
        if (pixels > 2 * limits.maxPixels()) {
            throw new RequestFailure(
                    FailureCode.TOO_MANY_PIXELS,
                    "image is " + header.width() + "x" + header.height() + ", which the network pads to " + pixels
                            + " pixels: at most " + 2 * limits.maxPixels() + " are accepted");
        }
    }

    Picture decode(byte[] file) throws RequestFailure {
        try {
            return ImageDecoder.decode(file, limits);
        } catch (ImageRejectedException rejected) {
            throw RequestFailure.ofImage(rejected);
        }
    }
}
