/**
 * Trains the example network: photos of Debian packages to pairs, pairs to patches, patches to
 * weights through DJL and PyTorch, weights to ONNX, and the figures of an ONNX file on a set of
 * pictures. Uses the pictures and diagnostics of the generator; the generator never imports it.
 */
package dev.tessera.trainer;
