/**
 * Trains statistics branches: small networks that tell from a frame what instance normalisations
 * elsewhere in a network would measure.
 */
package dev.tessera.trainer.gain;
