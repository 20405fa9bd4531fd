package dev.tessera.cli;

/** Who fills the tables of normalised layers; the names are the words of the command line. */
enum NormSource {
  host,
  temporal,
  learned,
  exact
}
