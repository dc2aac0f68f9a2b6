package io.driftrec.restore;

import io.driftrec.batch.NoiseFactory;
import io.driftrec.message.ModelIdentity;
import io.driftrec.network.ScoreNetwork;

/**
 * A model that requests can name, loaded.
 *
 * @param identity what results say of it
 * @param network stays the owner's to close
 * @param noise of the device that the network is on
 */
public record ServedModel(ModelIdentity identity, ScoreNetwork network, NoiseFactory noise) {}
