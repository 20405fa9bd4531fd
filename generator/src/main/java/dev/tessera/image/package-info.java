/**
 * Pictures: PNG files, colour conversion, resampling and quality figures. Everything that rounds a
 * picture to eight bits lies here.
 */
package dev.tessera.image;
