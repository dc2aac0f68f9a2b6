package io.driftrec.restore;

import io.driftrec.diffusion.Sampler;
import io.driftrec.image.ImageFormat;
import io.driftrec.message.EffectiveSampler;
import java.net.URI;

/**
 * A request with every default filled in and every name resolved. Closing it gives back the version of the model.
 *
 * @param lease of the version of the model that the request begins with, and ends with
 * @param effective the sampler as results describe it
 * @param result where the restored image goes
 */
record RequestPlan(ModelLease lease, Sampler sampler, EffectiveSampler effective, ImageFormat format, URI result)
        implements AutoCloseable {
    ServedModel model() {
        return lease.model();
    }

    @Override
    public void close() {
        lease.close();
    }
}
