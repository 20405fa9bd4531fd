package dev.tessera.ir;

/** What a padded pixel is. VALUE pads with a constant per channel (zero padding is VALUE of 0). */
public enum Border {
  VALUE,
  EDGE,
  REFLECT
}
