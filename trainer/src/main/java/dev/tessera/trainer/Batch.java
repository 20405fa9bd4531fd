package dev.tessera.trainer;

/**
 * Patches for one training step.
 *
 * @param count patches
 * @param size rows and columns of a patch, in input pixels
 * @param input count x 3 x size x size, 0 to 1
 * @param residual count x PHASES x size x size: the true output pixels of each input pixel less
 *     that pixel, channels in the order of {@link Network}
 */
record Batch(int count, int size, float[] input, float[] residual) {}
