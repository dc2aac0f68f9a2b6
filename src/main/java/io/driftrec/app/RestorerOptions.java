package io.driftrec.app;

import io.driftrec.batch.LaneSettings;
import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageLimits;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The models, the device, and how much it takes on at once. */
final class RestorerOptions {
    static final String DEFAULT_MODEL = "small-ouve";

    /** More than two tiles of activations leave the cache and the allocator behind: a call then takes longer per tile, not less. */
    private static final int TILES_ON_CPU = 2;

    private static final int TILES_ON_GPU = 32;

    /** So many images at least are fetched, decoded, encoded and uploaded beside the one that is sampled. */
    private static final int LEAST_IN_FLIGHT = 8;

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Mixin
    private ModelCacheOptions modelCache = new ModelCacheOptions();

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Option(
            names = "--default-model",
            paramLabel = "NAME",
            defaultValue = DEFAULT_MODEL,
            description = "For requests that name none (default: ${DEFAULT-VALUE}).")
    private String defaultModel = DEFAULT_MODEL;

    @Option(
            names = "--default-sampler",
            paramLabel = "KIND",
            defaultValue = "balanced",
            description = "A preset or kind for requests that name none (default: ${DEFAULT-VALUE}).")
    private String defaultSampler = "balanced";

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "fp32, bf16, fp16 or auto, the fastest that the device has in hardware (default: ${DEFAULT-VALUE}).")
    private String precision = "auto";

    @Option(
            names = "--tile",
            paramLabel = "N",
            description =
                    "Side of the tiles of larger images in pixels, or none for whole images (default: 256, in the demo none).")
    private @Nullable String tile;

    @Option(
            names = "--max-tiles",
            paramLabel = "N",
            description = "The most tiles in one network call (default: 2 on a CPU, 32 on a GPU).")
    private @Nullable Integer maxTiles;

    @Option(
            names = "--max-cost",
            paramLabel = "N",
            defaultValue = "8192",
            description =
                    "Tiles times evaluations that are decoded and in the lane at once (default: ${DEFAULT-VALUE}).")
    private long maxCost;

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            description = "Images between arrival and outcome (default: twice --max-tiles, at least 8).")
    private @Nullable Integer maxInFlight;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "50000000",
            description = "Larger images are refused (default: ${DEFAULT-VALUE}).")
    private long maxPixels;

    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            defaultValue = "67108864",
            description = "Larger files are refused (default: ${DEFAULT-VALUE}).")
    private long maxBytes;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Tries of an access to a store that is out of reach; 20 take about two and a half minutes (default: ${DEFAULT-VALUE}).")
    private int maxAttempts;

    private final String defaultTile;

    RestorerOptions(String defaultTile) {
        this.defaultTile = defaultTile;
    }

    RestorerOptions() {
        this("256");
    }

    ModelSource models() {
        return models.source();
    }

    ModelRegistry registry(ObjectStore store) {
        return modelCache.registry(store);
    }

    String defaultModel() {
        return defaultModel;
    }

    String defaultSampler() {
        return defaultSampler;
    }

    DeviceOptions device() {
        return device;
    }

    String precision() {
        return precision;
    }

    Tiling tiling() {
        return Tiling.parse(tile != null ? tile : defaultTile);
    }

    LaneSettings lane(boolean isGpu) {
        return LaneSettings.of(maxTiles != null ? maxTiles : defaultTiles(isGpu));
    }

    /** In one network call where nothing is said. */
    static int defaultTiles(boolean isGpu) {
        return isGpu ? TILES_ON_GPU : TILES_ON_CPU;
    }

    long maxCost() {
        return maxCost;
    }

    int maxInFlight(boolean isGpu) {
        int images = maxInFlight != null
                ? maxInFlight
                : Math.max(LEAST_IN_FLIGHT, 2 * lane(isGpu).maxTiles());
        if (images < 1) {
            throw new IllegalArgumentException("--max-in-flight must be at least 1: " + images);
        }
        return images;
    }

    ImageLimits limits() {
        return new ImageLimits(maxPixels, maxBytes);
    }

    int maxAttempts() {
        return maxAttempts;
    }
}
