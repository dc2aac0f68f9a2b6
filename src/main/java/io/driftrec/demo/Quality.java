package io.driftrec.demo;

/**
 * How near an image is to its original.
 *
 * @param psnr dB
 * @param psnrB dB, with the blocking effect of the image counted as error
 * @param blockiness blocking effect factor of the image alone, times 10^4
 */
public record Quality(double psnr, double psnrB, double blockiness) {}
