package dev.tessera.examples

import dev.tessera.bridge.TesseraConfig

import java.nio.file.Path

/** Configurations of the examples. */
object Configs {

  /** A network small enough to be simulated in seconds. */
  def small(name: String, cache: Path): TesseraConfig =
    TesseraConfig(
      name = Some(name),
      frame = Some((24, 16)),
      multipliers = Some(300),
      cache = Some(cache)
    )
}
