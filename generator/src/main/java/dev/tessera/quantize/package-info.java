/**
 * From a float graph to an integer graph: calibration, choice of scales and widths, rounding of
 * weights and derivation of requantisers.
 */
package dev.tessera.quantize;
