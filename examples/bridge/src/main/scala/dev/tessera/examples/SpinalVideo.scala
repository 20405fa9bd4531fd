package dev.tessera.examples

import dev.tessera.api.GeneratedDesign
import dev.tessera.bridge.TesseraConfig
import dev.tessera.spinal.Tessera
import spinal.core._
import spinal.lib._
import spinal.lib.bus.amba4.axis.Axi4Stream.Axi4Stream
import spinal.lib.bus.amba4.axis.{Axi4Stream, Axi4StreamConfig}

import java.nio.file.Path
import scala.jdk.CollectionConverters._

/** Frames of [[Pattern]] as AXI4-Stream video, one pixel per beat, without an end.
  *
  * @param config
  *   of the stream
  */
class PatternSource(config: Axi4StreamConfig, width: Int, height: Int) extends Component {
  val io = new Bundle { val video = master(Axi4Stream(config)) }

  private val x = Counter(width)
  private val y = Counter(height)
  private val frame = Reg(UInt(8 bits)) init 0
  private val lastColumn = x.willOverflowIfInc
  when(io.video.fire) {
    x.increment()
    when(lastColumn)(y.increment())
    when(lastColumn && y.willOverflowIfInc)(frame := frame + 1)
  }

  private val column = x.value.resize(16 bits)
  private val row = y.value.resize(16 bits)
  private val red = (column * 5).resize(8 bits) + (frame |<< 4)
  private val green = (row * 7).resize(8 bits) ^ column.resize(8 bits)
  private val blue = (column * 3).resize(8 bits) + (row * 3).resize(8 bits) + frame
  private val pixel = Vec(red, green, blue).take(config.dataWidth)
  // AXI4-Stream allows TVALID only after a clock edge without reset; before, beats would be lost.
  io.video.valid := RegNext(True) init False
  io.video.data := Vec(pixel).asBits
  io.video.user := (column === 0 && row === 0).asBits.resized
  io.video.last := lastColumn
}

/** Compares video with what the golden model made of the same frames, while it makes its source
  * wait at random.
  *
  * @param expected
  *   beats of some frames; later frames are not looked at
  */
class Checker(
    config: Axi4StreamConfig,
    expected: Seq[BigInt],
    beatsPerLine: Int,
    beatsPerFrame: Int
) extends Component {
  val io = new Bundle {
    val video = slave(Axi4Stream(config))
    val done = out(Bool())
    val errors = out(UInt(32 bits))
  }

  private val bits = 8 * config.dataWidth
  private val known = Mem(expected.map(word => B(word, bits bits)))
  private val beat = Reg(UInt(log2Up(expected.size + 1) bits)) init 0
  private val inLine = Counter(beatsPerLine)
  private val inFrame = Counter(beatsPerFrame)
  private val errors = Reg(UInt(32 bits)) init 0
  private val noise = Reg(Bits(16 bits)) init 0xace1
  noise := (noise(15) ^ noise(13) ^ noise(12) ^ noise(10)).asBits ## noise(15 downto 1)

  private val taken = io.video.m2sPipe()
  taken.ready := noise(1 downto 0) =/= 0
  private val running = beat =/= expected.size
  private val wrong = taken.data =/= known.readAsync(beat.resize(log2Up(expected.size) bits)) ||
    taken.user(0) =/= (inFrame.value === 0) || taken.last =/= inLine.willOverflowIfInc
  when(taken.fire && running) {
    beat := beat + 1
    inLine.increment()
    inFrame.increment()
    when(wrong)(errors := errors + 1)
  }
  io.done := !running
  io.errors := errors
}

/** Test pattern > network > checker.
  *
  * @param frames
  *   frames that are compared
  */
class SpinalVideo(model: String, config: TesseraConfig, frames: Int) extends Component {
  val io = new Bundle {
    val done = out(Bool())
    val errors = out(UInt(32 bits))
  }

  val network: Tessera = Tessera(model, config)
  private val design: GeneratedDesign = network.design
  private val patterns =
    (0 until frames).map(Pattern.frame(design.frameWidth, design.frameHeight, design.components, _))
  private val made = design.golden(patterns.asJava).asScala
  private val beatBytes = network.output.config.dataWidth
  private val lineBytes = design.outputWidth * design.outputComponents

  val source = new PatternSource(network.input.config, design.frameWidth, design.frameHeight)
  val checker = new Checker(
    network.output.config,
    made.flatMap(Pattern.words(_, beatBytes)).toSeq,
    lineBytes / beatBytes,
    made.head.length / beatBytes
  )
  network.input << source.io.video
  network.output >> checker.io.video
  io.done := checker.io.done
  io.errors := checker.io.errors
}

/** Writes the example's Verilog. */
object SpinalVideo {

  /** The example in `folder`: the network's sources and the design around it.
    *
    * @return
    *   what tools read, in order
    */
  def emit(model: String, config: TesseraConfig, frames: Int, folder: Path): Seq[Path] = {
    java.nio.file.Files.createDirectories(folder)
    val report = SpinalConfig(
      mode = SystemVerilog,
      targetDirectory = folder.toString,
      headerWithDate = false,
      withTimescale = false,
      verbose = false,
      defaultConfigForClockDomains = ClockDomainConfig(resetKind = SYNC)
    ).generate(new SpinalVideo(model, config, frames))
    val design = report.toplevel.network.design
    val network = design.sources.asScala.map(s => folder.resolve(s.getFileName))
    network.toSeq :+ folder.resolve(report.toplevel.definitionName + ".sv")
  }
}
