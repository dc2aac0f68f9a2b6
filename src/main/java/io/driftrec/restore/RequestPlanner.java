package io.driftrec.restore;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.message.EffectiveSampler;
import io.driftrec.message.FailureCode;
import io.driftrec.message.OutputSpec;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.SamplerSpec;
import io.driftrec.storage.Location;
import io.driftrec.storage.LocationPolicy;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/**
 * Resolves what a request names, before anything is read: model, sampler, seed, format, locations. What is wrong is said here,
 * while it has cost nothing. Safe for use by several threads.
 */
public final class RequestPlanner {
    /** Seeds that are derived stay below 2^53, so that a reader of JSON numbers as doubles can send one back. */
    private static final long DERIVED_SEED_MASK = (1L << 53) - 1;

    private final ServedModels models;
    private final LocationPolicy policy;
    private final String standardSampler;
    private final Predicate<ImageFormat> canWrite;

    /**
     * @param standardSampler the kind for requests that name none; where it does not fit the model's process, one that does
     * @throws IllegalArgumentException when there is no such kind
     */
    public RequestPlanner(ServedModels models, LocationPolicy policy, String standardSampler) {
        this(models, policy, standardSampler, ImageEncoder::canWrite);
    }

    RequestPlanner(
            ServedModels models, LocationPolicy policy, String standardSampler, Predicate<ImageFormat> canWrite) {
        SamplerCatalogue.sampler(standardSampler, SamplerOptions.NONE); // refuses a name that is none
        this.models = models;
        this.policy = policy;
        this.standardSampler = standardSampler;
        this.canWrite = canWrite;
    }

    ServedModels models() {
        return models;
    }

    /** The caller closes the plan when the request has ended. */
    RequestPlan plan(RestorationRequest request) throws RequestFailure {
        ModelLease lease = models.lease(request.model(), request.modelDigest());
        try {
            return plan(request, lease);
        } catch (RequestFailure | RuntimeException failure) {
            lease.close();
            throw failure;
        }
    }

    private RequestPlan plan(RestorationRequest request, ModelLease lease) throws RequestFailure {
        Sampler sampler = sampler(request.sampler(), lease.model().network().process());
        EffectiveSampler effective = effective(sampler, request);
        ImageFormat format = format(request.output());
        URI result = ResultLocation.of(request, lease.model().identity(), effective, format);
        checkLocations(request.source(), result);
        return new RequestPlan(lease, sampler, effective, format, result);
    }

    private Sampler sampler(SamplerSpec spec, ForwardProcess process) throws RequestFailure {
        SamplerOptions options = new SamplerOptions(
                spec.variant(), spec.steps(), spec.tolerance(), spec.eta(), spec.firstJump(), spec.lastTime());
        try {
            String kind = spec.kind().orElse(SamplerCatalogue.standardKind(standardSampler, process));
            Sampler sampler = SamplerCatalogue.sampler(kind, options);
            SamplerCatalogue.requireFit(sampler, process);
            return sampler;
        } catch (IllegalArgumentException wrong) {
            throw new RequestFailure(FailureCode.UNSUPPORTED_SAMPLER, "sampler: " + wrong.getMessage(), wrong);
        }
    }

    private static EffectiveSampler effective(Sampler sampler, RestorationRequest request) {
        SamplerOptions options = SamplerCatalogue.options(sampler);
        SamplerSpec spec = request.sampler();
        return new EffectiveSampler(
                sampler.kind(),
                options.variant(),
                options.steps(),
                options.tolerance(),
                options.eta(),
                options.firstJump(),
                options.lastTime(),
                spec.seed().orElseGet(() -> derivedSeed(request.requestId())),
                spec.samples().orElse(1));
    }

    private static long derivedSeed(String requestId) {
        return ByteBuffer.wrap(Sha256.of(requestId)).getLong() & DERIVED_SEED_MASK;
    }

    private ImageFormat format(OutputSpec output) throws RequestFailure {
        return ImageFormat.named(output.format())
                .filter(canWrite)
                .orElseThrow(() -> new RequestFailure(
                        FailureCode.UNSUPPORTED_FORMAT,
                        "output.format: '" + output.format() + "' cannot be written by this worker; png and jpeg can"));
    }

    /** Locations are compared as the stores read them, so that another spelling of the source is still the source. */
    private void checkLocations(URI source, URI result) throws RequestFailure {
        Location from;
        try {
            from = policy.checkSource(source);
        } catch (StorageException refused) {
            throw RequestFailure.ofSource(refused);
        }
        Location to;
        try {
            to = policy.checkTarget(result);
        } catch (StorageException refused) {
            throw RequestFailure.ofTarget(refused);
        }
        if (from.equals(to)) {
            throw new RequestFailure(
                    FailureCode.INVALID_REQUEST,
                    "target: " + to.toUri()
                            + " is the source itself; name another object or a prefix that ends with /");
        }
    }
}
