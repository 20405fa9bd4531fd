package dev.tessera.examples

import chisel3._
import chisel3.util._
import dev.tessera.api.GeneratedDesign
import dev.tessera.bridge.TesseraConfig
import dev.tessera.chisel.{Axi4, Tessera}

import java.nio.file.Path
import scala.jdk.CollectionConverters._

/** A memory behind AXI4 with one burst in each direction at a time and a latency, and a second port
  * for whoever fills and reads it.
  *
  * @param words
  *   size, a power of two
  */
class Dram(addressBits: Int, dataBits: Int, words: Int, latency: Int) extends Module {
  private val bytes = dataBits / 8
  private val indexBits = log2Ceil(words)
  val axi = IO(Flipped(new Axi4(addressBits, dataBits)))
  val port = IO(new Bundle {
    val write = Input(Bool())
    val index = Input(UInt(indexBits.W))
    val data = Input(UInt(dataBits.W))
    val read = Output(UInt(dataBits.W))
  })

  // A memory per byte, so that each has its own strobe.
  private val memory = Seq.fill(bytes)(Mem(words, UInt(8.W)))
  private def read(index: UInt): UInt = VecInit(memory.map(_.read(index))).asUInt
  private def write(index: UInt, word: UInt, strobes: UInt): Unit =
    for ((byte, i) <- memory.zipWithIndex) {
      when(strobes(i))(byte.write(index, word(8 * i + 7, 8 * i)))
    }
  private def index(address: UInt) = address(log2Ceil(bytes) + indexBits - 1, log2Ceil(bytes))

  when(port.write)(write(port.index, port.data, ~0.U(bytes.W)))
  port.read := read(port.index)

  private val reading = RegInit(false.B)
  private val readIndex = Reg(UInt(indexBits.W))
  private val readLeft = Reg(UInt(9.W))
  private val wait_ = RegInit(0.U(log2Ceil(latency + 1).W))
  axi.arready := !reading
  when(axi.arvalid && axi.arready) {
    reading := true.B
    readIndex := index(axi.araddr)
    readLeft := axi.arlen +& 1.U
    wait_ := latency.U
  }
  when(reading && wait_ =/= 0.U)(wait_ := wait_ - 1.U)
  axi.rvalid := reading && wait_ === 0.U
  axi.rdata := read(readIndex)
  axi.rresp := 0.U
  axi.rlast := readLeft === 1.U
  when(axi.rvalid && axi.rready) {
    readIndex := readIndex + 1.U
    readLeft := readLeft - 1.U
    reading := !axi.rlast
  }

  private val writing = RegInit(false.B)
  private val answering = RegInit(false.B)
  private val writeIndex = Reg(UInt(indexBits.W))
  axi.awready := !writing && !answering
  when(axi.awvalid && axi.awready) {
    writing := true.B
    writeIndex := index(axi.awaddr)
  }
  axi.wready := writing
  when(axi.wvalid && axi.wready) {
    write(writeIndex, axi.wdata, axi.wstrb)
    writeIndex := writeIndex + 1.U
    when(axi.wlast) {
      writing := false.B
      answering := true.B
    }
  }
  axi.bvalid := answering
  axi.bresp := 0.U
  when(axi.bvalid && axi.bready)(answering := false.B)
}

/** Fills a memory with frames of [[Pattern]], lets the network read each and write its result, and
  * compares the results with those of the golden model.
  *
  * @param frames
  *   frames that go through
  */
class ChiselDram(model: String, config: TesseraConfig, frames: Int) extends Module {
  override val desiredName = "ChiselDram"
  val io = IO(new Bundle {
    val done = Output(Bool())
    val errors = Output(UInt(32.W))
  })

  val network: Tessera = Tessera(model, config.copy(memoryTop = true))
  private val design: GeneratedDesign = network.design
  private val bus = network.memory
  private val wordBytes = bus.wdata.getWidth / 8

  private def rows(bytes: Array[Byte], width: Int): (Seq[BigInt], Int) = {
    val pitch = (width + wordBytes - 1) / wordBytes * wordBytes
    val padded = bytes.grouped(width).map(_.padTo(pitch, 0.toByte))
    (padded.flatMap(Pattern.words(_, wordBytes)).toSeq, pitch)
  }
  private val patterns =
    (0 until frames).map(Pattern.frame(design.frameWidth, design.frameHeight, design.components, _))
  private val sources = patterns.map(rows(_, design.frameWidth * design.components))
  private val targets = design
    .golden(patterns.asJava)
    .asScala
    .map(rows(_, design.outputWidth * design.outputComponents))
  private val (sourceWords, targetWords) = (sources.head._1.size, targets.head._1.size)
  private val targetStart = frames * sourceWords
  private val total = targetStart + frames * targetWords
  private val size = 1 << log2Ceil(total)

  private val dram = Module(new Dram(bus.araddr.getWidth, bus.wdata.getWidth, size, 20))
  dram.axi <> bus

  private val fill :: start :: run :: compare :: stop :: Nil = Enum(5)
  private val state = RegInit(fill)
  private val place = RegInit(0.U(log2Ceil(size + 1).W))
  private val frame = RegInit(0.U(log2Ceil(frames + 1).W))
  private val errors = RegInit(0.U(32.W))
  private val contents = VecInit(
    (sources.flatMap(_._1) ++ targets.flatMap(_._1)).map(_.U(bus.wdata.getWidth.W))
  )
  private val word = contents(place(log2Ceil(total) - 1, 0))

  dram.port.write := state === fill && place < targetStart.U
  dram.port.index := place
  dram.port.data := word
  network.pins("start") := state === start
  network.pins("source_base") := frame * (sourceWords * wordBytes).U
  network.pins("source_pitch") := sources.head._2.U
  network.pins("target_base") := (targetStart * wordBytes).U + frame * (targetWords * wordBytes).U
  network.pins("target_pitch") := targets.head._2.U

  switch(state) {
    is(fill) {
      place := place + 1.U
      when(place === (targetStart - 1).U)(state := start)
    }
    is(start)(when(network.pins("start_ready").asBool)(state := run))
    is(run) {
      when(network.pins("done").asBool) {
        frame := frame + 1.U
        state := Mux(frame === (frames - 1).U, compare, start)
      }
    }
    is(compare) {
      place := place + 1.U
      when(dram.port.read =/= word)(errors := errors + 1.U)
      when(place === (total - 1).U)(state := stop)
    }
  }
  when(network.pins("memory_error") =/= 0.U)(errors := errors + 1.U)
  io.done := state === stop
  io.errors := errors
}

/** Writes the example's SystemVerilog. */
object ChiselDram {

  /** The example in `folder`: the network's sources and the design around it.
    *
    * @return
    *   what tools read, in order
    */
  def emit(model: String, config: TesseraConfig, frames: Int, folder: Path): Seq[Path] =
    Tessera.emit(new ChiselDram(model, config, frames), folder)
}
