/**
 * Transformations of float graphs: one file a pass, a visible ordered list in {@link
 * dev.tessera.pass.Passes}, the verifier after each. No pass changes what a graph computes, padded
 * borders included.
 */
package dev.tessera.pass;
