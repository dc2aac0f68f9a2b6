package io.driftrec.restore;

import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.image.ImageFormat;
import io.driftrec.message.EffectiveSampler;
import io.driftrec.message.FailureCode;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.SamplerSpec;
import io.driftrec.storage.LocationPolicy;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Resolves what a request names, before anything is read: model, sampler, seed, format, locations. What is wrong is said here,
 * while it has cost nothing.
 */
public final class RequestPlanner {
    /** Seeds that are derived stay below 2^53, so that a reader of JSON numbers as doubles can send one back. */
    private static final long DERIVED_SEED_MASK = (1L << 53) - 1;

    private final ServedModels models;
    private final LocationPolicy policy;
    private final String standardSampler;

    /** @param standardSampler the kind for requests that name none */
    public RequestPlanner(ServedModels models, LocationPolicy policy, String standardSampler) {
        if (!SamplerCatalogue.kinds().contains(standardSampler)) {
            throw new IllegalArgumentException(
                    "sampler: '" + standardSampler + "' is not one of " + SamplerCatalogue.kinds());
        }
        this.models = models;
        this.policy = policy;
        this.standardSampler = standardSampler;
    }

    RequestPlan plan(RestorationRequest request) throws RequestFailure {
        ServedModel model =
                request.model().isPresent() ? models.named(request.model().get()) : models.standard();
        Sampler sampler = sampler(request.sampler());
        EffectiveSampler effective = effective(sampler, request);
        ImageFormat format = ImageFormat.named(request.output().format())
                .orElseThrow(() -> new RequestFailure(
                        FailureCode.INVALID_REQUEST,
                        "output.format: '" + request.output().format() + "' is not png, jpeg or webp"));
        String parameters =
                model.identity() + "\n" + effective + "\n" + request.output() + "\n" + request.colourCorrection();
        URI result = ResultLocation.of(request, parameters, format.extension());
        checkSource(request.source());
        checkTarget(result);
        return new RequestPlan(model, sampler, effective, format, result);
    }

    private Sampler sampler(SamplerSpec spec) throws RequestFailure {
        SamplerOptions options =
                new SamplerOptions(spec.variant(), spec.steps(), spec.tolerance(), spec.eta(), spec.firstJump());
        try {
            return SamplerCatalogue.sampler(spec.kind().orElse(standardSampler), options);
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
                spec.seed().orElseGet(() -> derivedSeed(request.requestId())),
                spec.samples().orElse(1));
    }

    private static long derivedSeed(String requestId) {
        byte[] digest = ResultLocation.sha256(requestId.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong() & DERIVED_SEED_MASK;
    }

    private void checkSource(URI source) throws RequestFailure {
        try {
            policy.checkSource(source);
        } catch (StorageException refused) {
            throw RequestFailure.ofSource(refused);
        }
    }

    private void checkTarget(URI target) throws RequestFailure {
        try {
            policy.checkTarget(target);
        } catch (StorageException refused) {
            throw RequestFailure.ofTarget(refused);
        }
    }
}
