package dev.tessera.chisel

import chisel3._
import chisel3.experimental.ExtModule
import chisel3.util.HasExtModulePath
import dev.tessera.api.DesignInterface.{Bus, Protocol}
import dev.tessera.api.GeneratedDesign
import dev.tessera.bridge.TesseraConfig

import java.nio.file.{Files, Path}
import scala.collection.immutable.ListMap
import scala.jdk.CollectionConverters._

/** A generated network as an external module of Chisel: its pins are the design's own, in bundles;
  * its Verilog is attached. Memory images lie beside the Verilog if the design is emitted by
  * [[Tessera.emit]]; else `design.copyTo` brings them.
  *
  * @param design
  *   the network
  */
class Tessera(val design: GeneratedDesign) extends ExtModule with HasExtModulePath {
  private val ports = design.ports
  override val desiredName: String = ports.module

  /** Its clock. */
  val clock: Clock = IO(Input(Clock())).suggestName(ports.clock)

  /** Its reset, synchronous and active low. */
  val resetN: Bool = IO(Input(Bool())).suggestName(ports.reset)

  private def buses[T <: Bundle](protocol: Protocol)(make: Bus => T): ListMap[String, T] =
    ListMap.from(ports.buses.asScala.filter(_.protocol == protocol).map { bus =>
      val bundle = make(bus)
      val names = bundle.elements.keySet
      require(
        names == bus.signals.keySet.asScala,
        s"${bus.name} has the signals ${bus.signals.keySet}, its bundle $names"
      )
      val io = if (bus.master) IO(bundle) else IO(Flipped(bundle))
      bus.name -> io.suggestName(bus.name)
    })

  /** Video and feature streams by name. */
  val streams: ListMap[String, AxiStream] = buses(Protocol.AXI4_STREAM) { bus =>
    val user = Option(bus.signals.get("tuser")).fold(0)(_.width)
    new AxiStream(bus.dataBits, user, bus.signals.containsKey("tlast"))
  }

  /** AXI4 masters by name. */
  val masters: ListMap[String, Axi4] =
    buses(Protocol.AXI4)(bus => new Axi4(bus.signals.get("awaddr").width, bus.dataBits))

  /** AXI4-Lite slaves by name. */
  val slaves: ListMap[String, AxiLite4] =
    buses(Protocol.AXI4_LITE)(bus => new AxiLite4(bus.signals.get("awaddr").width, bus.dataBits))

  /** All other pins by name. */
  val pins: ListMap[String, UInt] = ListMap.from(ports.pins.asScala.map { pin =>
    val bits = UInt(pin.width.W)
    val io = if (pin.input) IO(Input(bits)) else IO(Output(bits))
    pin.name -> io.suggestName(pin.name)
  })

  design.sources.asScala.foreach(source => addPath(source.toAbsolutePath.toString))
  Tessera.note(design)

  /** The video that goes in. */
  def input: AxiStream = streams("s_axis")

  /** The video that comes out. */
  def output: AxiStream = streams("m_axis")

  /** The master of a design with `memoryTop`, which reads and writes frames. */
  def memory: Axi4 = masters("m_axi")

  /** The master of a design that stores maps. */
  def maps: Axi4 = masters("m_axi_cut")

  /** The registers of a design that has some. */
  def registers: AxiLite4 = slaves("s_axil")
}

/** Networks for Chisel. */
object Tessera {
  private val Options = Array("-disable-all-randomization", "-strip-debug-info")

  /** Networks in the design that is being elaborated. */
  private val noted = ThreadLocal.withInitial[List[GeneratedDesign]](() => Nil)

  private def note(design: GeneratedDesign): Unit = noted.set(design :: noted.get)

  /** The network of an ONNX file in the design that is being elaborated, compiled now unless it was
    * compiled before, with that design's clock and reset.
    *
    * @throws dev.tessera.api.TesseraFailure
    *   as the command line would
    */
  def apply(model: String, config: TesseraConfig = TesseraConfig()): Tessera = {
    val design = config.design(model)
    val network = Module(new Tessera(design))
    network.clock := Module.clock
    network.resetN := !Module.reset.asBool
    network
  }

  /** Elaborates a design and writes it to `folder` as SystemVerilog, with sources and memory images
    * of all its networks.
    *
    * @return
    *   what tools read, in order
    * @throws dev.tessera.api.TesseraFailure
    *   `tool.missing` without firtool
    */
  def emit(top: => RawModule, folder: Path): Seq[Path] = {
    Firtool.require()
    noted.set(Nil)
    try {
      _root_.circt.stage.ChiselStage.emitSystemVerilogFile(
        top,
        Array("--target-dir", folder.toString, "--split-verilog"),
        Options
      )
      noted.get.foreach(_.copyImages(folder))
      val listed = Files.readAllLines(folder.resolve("filelist.f")).asScala
      listed.filter(_.nonEmpty).map(folder.resolve(_).normalize).toSeq
    } finally noted.remove()
  }
}
