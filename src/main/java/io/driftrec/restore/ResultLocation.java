package io.driftrec.restore;

import io.driftrec.image.ImageFormat;
import io.driftrec.message.EffectiveSampler;
import io.driftrec.message.ModelIdentity;
import io.driftrec.message.RestorationRequest;
import java.net.URI;
import java.util.HexFormat;

/**
 * Where a result goes: the request's target itself, or, where the target is a prefix (it ends with a slash, or is a bucket without
 * more), a name under it that is a function of the request and of the model that restores it. A repeated request thus ends in the
 * same object, and two requests that differ never share one. The name is {@code <request id, made safe>-<digest>.<extension>}.
 */
final class ResultLocation {
    private static final int READABLE_CHARACTERS = 80;
    private static final int DIGEST_BYTES = 8;
    private static final double PAPERS_LAST_TIME = 0.03;

    private ResultLocation() {}

    /** The location; whether it may be written is not asked here. */
    static URI of(RestorationRequest request, ModelIdentity model, EffectiveSampler sampler, ImageFormat format) {
        URI target = request.target();
        String path = target.getRawPath();
        if (!path.isEmpty() && !path.endsWith("/")) {
            return target;
        }
        byte[] digest = Sha256.of(identity(request, model, sampler));
        String name = readable(request.requestId())
                + '-'
                + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES)
                + '.'
                + format.extension();
        return URI.create(target + (path.isEmpty() ? "/" : "") + name);
    }

    /** Everything that decides the result, spelled out: objects that were written before must keep their names. */
    private static String identity(RestorationRequest request, ModelIdentity model, EffectiveSampler sampler) {
        return String.join(
                "\n",
                request.requestId(),
                request.source().toString(),
                model.name(),
                model.weightsSha256(),
                sampler.kind(),
                sampler.variant().orElse(""),
                sampler.steps().isPresent() ? Integer.toString(sampler.steps().getAsInt()) : "",
                sampler.tolerance().isPresent()
                        ? Double.toString(sampler.tolerance().getAsDouble())
                        : "",
                sampler.eta().isPresent() ? Double.toString(sampler.eta().getAsDouble()) : "",
                sampler.firstJump().map(String::valueOf).orElse(""),
                Long.toString(sampler.seed()),
                Integer.toString(sampler.samples()),
                request.output().format(),
                Integer.toString(request.output().quality()),
                Boolean.toString(request.colourCorrection()) + lastTime(sampler));
    }

    /** Which objects were written without: their samplers ended at the paper's time. */
    private static String lastTime(EffectiveSampler sampler) {
        double time = sampler.lastTime().orElse(PAPERS_LAST_TIME);
        return time == PAPERS_LAST_TIME ? "" : "\n" + time;
    }

    /** Letters, digits, dots, underscores and hyphens of the id, never a dot first: no path, no hidden file, no percent code. */
    private static String readable(String requestId) {
        String safe = requestId.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
        return safe.substring(0, Math.min(READABLE_CHARACTERS, safe.length()));
    }
}
