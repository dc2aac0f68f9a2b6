package io.driftrec.restore;

import io.driftrec.diffusion.Sampler;
import io.driftrec.image.ImageFormat;
import io.driftrec.message.EffectiveSampler;
import java.net.URI;

/**
 * A request with every default filled in and every name resolved.
 *
 * @param effective the sampler as results describe it
 * @param result where the restored image goes
 */
record RequestPlan(ServedModel model, Sampler sampler, EffectiveSampler effective, ImageFormat format, URI result) {}
