/** The ways from a model to a design folder, from there to a simulation, and to measurements. */
package dev.tessera.flow;
