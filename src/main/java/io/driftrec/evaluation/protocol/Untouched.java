package io.driftrec.evaluation.protocol;

import io.driftrec.batch.ProgressListener;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Rgb8;
import java.util.List;
import java.util.function.Function;

/** The rows that nobody restored: the clean image and the damaged one. */
public enum Untouched implements Method {
    /** The reference itself. */
    CLEAN(MethodIdentity.alone("clean", MethodIdentity.Role.CLEAN)) {
        @Override
        Attempt show(DamagedImage image) {
            return new Attempt.Restored(image.reference(), 0, 0);
        }
    },
    /** The damaged image, decoded. */
    JPEG(MethodIdentity.alone("jpeg", MethodIdentity.Role.JPEG)) {
        @Override
        Attempt show(DamagedImage image) {
            try {
                return new Attempt.Restored(Rgb8.of(ImageDecoder.decode(image.jpeg(), ImageLimits.LARGEST)), 0, 0);
            } catch (ImageRejectedException e) {
                return new Attempt.Failed(String.valueOf(e.getMessage()));
            }
        }
    };

    private final MethodIdentity identity;

    Untouched(MethodIdentity identity) {
        this.identity = identity;
    }

    abstract Attempt show(DamagedImage image);

    @Override
    public MethodIdentity identity() {
        return identity;
    }

    @Override
    public List<Attempt> restore(List<DamagedImage> images, Function<DamagedImage, ProgressListener> progress) {
        return images.stream().map(this::show).toList();
    }
}
