package io.driftrec.restore;

import io.driftrec.batch.NoiseFactory;
import io.driftrec.batch.Tiling;
import io.driftrec.message.ModelIdentity;
import io.driftrec.network.ScoreNetwork;

/**
 * A version of a model that requests can name, loaded.
 *
 * @param identity what results say of it
 * @param network stays the owner's to close
 * @param noise of the device that the network is on
 */
public record ServedModel(ModelIdentity identity, ScoreNetwork network, NoiseFactory noise) {
    /**
     * Checks that the network takes tiles of this size.
     *
     * @throws IllegalArgumentException naming the model where it does not
     */
    public void checkTiling(Tiling tiling) {
        int multiple = network.sizeMultiple();
        if (tiling instanceof Tiling.Tiles tiles && tiles.size() % multiple != 0) {
            throw new IllegalArgumentException("tile: " + tiles.size() + " is not a multiple of " + multiple
                    + ", as model '" + identity.name() + "' needs");
        }
    }
}
