package io.driftrec.network;

/**
 * Features in a program in the making.
 *
 * @param value the name of the array, {@code (N, channels, H, W)}
 */
record FeatureMap(String value, int channels) {}
