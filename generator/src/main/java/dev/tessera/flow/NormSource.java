package dev.tessera.flow;

/** Who fills the tables of normalised layers; the names are the words of the command line. */
public enum NormSource {
  host,
  temporal,
  learned,
  thumbnail,
  exact
}
