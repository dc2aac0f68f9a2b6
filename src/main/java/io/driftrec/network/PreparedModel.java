package io.driftrec.network;

/**
 * A model that has been read and checked, and whose program is written: all that can be done without its device. Loading it is what
 * the owner of the device does.
 *
 * @param digest SHA-256 of the weights file, in hexadecimal
 */
public record PreparedModel(ModelCard card, String digest, Precision precision, TorchScriptProgram program) {
    /**
     * Loads the program into the device's memory.
     *
     * @throws InvalidModelException when the engine cannot read the program
     * @throws DeviceOutOfMemoryException when the device has no room for it
     */
    public LoadedModel load(TensorEngine engine) {
        ScoreNetwork network = TorchScriptScoreNetwork.load(engine, card, program);
        return new LoadedModel(card, digest, precision, engine.device(), network);
    }
}
