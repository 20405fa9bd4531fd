package dev.tessera.bridge

import dev.tessera.api.{GenerateOptions, GeneratedDesign, Tessera => Generator}

import java.nio.file.Path

/** A user's own layer behind a value of the network, see [[dev.tessera.hw.CustomLayer]].
  *
  * @param value
  *   name of the value in the model
  * @param kind
  *   of the layer
  * @param settings
  *   of the layer
  * @param others
  *   further values that it reads, made before `value`
  */
final case class Layer(
    value: String,
    kind: String,
    settings: String = "",
    others: Seq[String] = Nil
)

/** What a network in a design shall be: the options of `tessera generate`, by their names there.
  *
  * @param name
  *   of the module
  * @param frame
  *   columns and rows of the input
  * @param memoryTop
  *   whether the module reads and writes frames through an AXI4 master instead of streams
  * @param registerTop
  *   the same, started and watched by software through AXI4-Lite
  * @param tile
  *   columns and rows of a tile without its halo
  * @param layers
  *   a user's own layers
  * @param cache
  *   folder of generated designs; the user's cache folder if none is named
  */
final case class TesseraConfig(
    name: Option[String] = None,
    board: Option[String] = None,
    frame: Option[(Int, Int)] = None,
    multipliers: Option[Int] = None,
    fps: Option[Double] = None,
    live: Boolean = false,
    memoryTop: Boolean = false,
    registerTop: Boolean = false,
    axiBits: Option[Int] = None,
    resizable: Boolean = false,
    tile: Option[(Int, Int)] = None,
    norm: Option[String] = None,
    banks: Option[Int] = None,
    crop: Option[(Int, Int)] = None,
    passes: Option[Int] = None,
    codec: Option[String] = None,
    until: Option[String] = None,
    calibrate: Option[Path] = None,
    precision: Option[String] = None,
    color: Option[String] = None,
    enlarge: Option[String] = None,
    layers: Seq[Layer] = Nil,
    cache: Option[Path] = None
) {

  /** The same for the generator. */
  def options(model: Path): GenerateOptions = {
    val start = GenerateOptions.of(model)
    val changes: Seq[Option[GenerateOptions => GenerateOptions]] = Seq(
      name.map(v => _.withName(v)),
      board.map(v => _.withBoard(v)),
      frame.map { case (w, h) => _.withFrame(w, h) },
      multipliers.map(v => _.withMultipliers(v)),
      fps.map(v => _.withFps(v)),
      Option.when(live)(_.withLive()),
      Option.when(memoryTop)(_.withMemoryTop()),
      Option.when(registerTop)(_.withRegisterTop()),
      axiBits.map(v => _.withAxiBits(v)),
      Option.when(resizable)(_.withResizable()),
      tile.map { case (w, h) => _.withTile(w, h) },
      norm.map(v => _.withNorm(v)),
      banks.map(v => _.withBanks(v)),
      crop.map { case (w, h) => _.withCrop(w, h) },
      passes.map(v => _.withPasses(v)),
      codec.map(v => _.withCodec(v)),
      until.map(v => _.withUntil(v)),
      calibrate.map(v => _.withCalibration(v)),
      precision.map(v => _.withPrecision(v)),
      color.map(v => _.withColor(v)),
      enlarge.map(v => _.withEnlarge(v))
    )
    val told = changes.flatten.foldLeft(start)((options, change) => change(options))
    layers.foldLeft(told)((o, l) => o.withLayer(l.value, l.kind, l.settings, l.others: _*))
  }

  /** The design of `model`, made now or taken from the cache.
    *
    * @throws dev.tessera.api.TesseraFailure
    *   as the command line would
    */
  def design(model: String): GeneratedDesign = {
    val wish = options(Path.of(model))
    cache.fold(Generator.cached(wish))(folder => Generator.cached(wish, folder))
  }
}
