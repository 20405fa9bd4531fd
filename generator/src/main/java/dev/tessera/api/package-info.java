/**
 * What the command line does, for programs: the stable surface of Tessera.
 *
 * <p>Types of this package, together with those that a user's own layer is written with ({@code
 * dev.tessera.hw.CustomLayer}, {@code StreamType}, {@code Frame}, {@code Cost}, {@code Schedule}
 * and {@code dev.tessera.num.FixedType}), keep their signatures; every other package may change.
 */
package dev.tessera.api;
