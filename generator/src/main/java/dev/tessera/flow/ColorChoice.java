package dev.tessera.cli;

/** The values of {@code --color}. */
enum ColorChoice {
  /** What the network's channels suggest. */
  AUTO,
  RGB,
  Y
}
