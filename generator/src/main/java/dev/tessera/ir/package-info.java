/**
 * The network between the rooms: immutable graphs of sealed node records, their shapes with a
 * symbolic frame size, verifier and printer.
 */
package dev.tessera.ir;
