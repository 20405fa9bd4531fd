package dev.tessera.flow;

/** The values of {@code --color}. */
public enum ColorChoice {
  /** What the network's channels suggest. */
  AUTO,
  RGB,
  Y
}
