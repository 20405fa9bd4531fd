package dev.tessera.spinal

import dev.tessera.api.DesignInterface.{Bus, Protocol}
import dev.tessera.api.GeneratedDesign
import dev.tessera.bridge.TesseraConfig
import spinal.core._
import spinal.lib._
import spinal.lib.bus.amba4.axi.{Axi4, Axi4Config}
import spinal.lib.bus.amba4.axilite.{AxiLite4, AxiLite4Config}
import spinal.lib.bus.amba4.axis.Axi4Stream
import spinal.lib.bus.amba4.axis.Axi4Stream.Axi4Stream
import spinal.lib.bus.amba4.axis.Axi4StreamConfig

import java.nio.file.Path
import scala.collection.immutable.ListMap
import scala.jdk.CollectionConverters._

/** A generated network as a black box of SpinalHDL: its pins are the design's own, in bundles of
  * `spinal.lib`; clock and reset are those of the clock domain in which it stands. Its Verilog and
  * memory images are copied to where SpinalHDL writes.
  *
  * @param design
  *   the network
  */
class Tessera(val design: GeneratedDesign) extends BlackBox {
  private val ports = design.ports
  setDefinitionName(ports.module)

  private val clockPin = in(Bool()).setName(ports.clock)
  private val resetPin = in(Bool()).setName(ports.reset)

  private def buses[T](protocol: Protocol)(make: Bus => T): ListMap[String, T] =
    ListMap.from(
      ports.buses.asScala.filter(_.protocol == protocol).map(bus => bus.name -> make(bus))
    )

  /** Video and feature streams by name. */
  val streams: ListMap[String, VideoPort] = buses(Protocol.AXI4_STREAM)(Pins.stream)

  /** AXI4 masters by name. */
  val masters: ListMap[String, Axi4] = buses(Protocol.AXI4)(Pins.full)

  /** AXI4-Lite slaves by name. */
  val slaves: ListMap[String, AxiLite4] = buses(Protocol.AXI4_LITE)(Pins.lite)

  /** All other pins by name; those of one bit have one bit as well. */
  val pins: ListMap[String, Bits] = ListMap.from(ports.pins.asScala.map { pin =>
    val bits = Bits(pin.width bits)
    pin.name -> (if (pin.input) in(bits) else out(bits)).setName(pin.name)
  })

  /** The video that goes in. */
  def input: VideoPort = streams("s_axis")

  /** The video that comes out. */
  def output: VideoPort = streams("m_axis")

  /** The master of a design with `memoryTop`, which reads and writes frames. */
  def memory: Axi4 = masters("m_axi")

  /** The master of a design that stores maps. */
  def maps: Axi4 = masters("m_axi_cut")

  /** The registers of a design that has some. */
  def registers: AxiLite4 = slaves("s_axil")

  noIoPrefix()
  mapClockDomain(clock = clockPin, reset = resetPin, resetActiveLevel = LOW)

  private val target = Option(GlobalData.get.phaseContext.config.targetDirectory).getOrElse(".")
  design.copyTo(Path.of(target)).asScala.foreach(source => addRTLPath(source.toString))
}

/** AXI4-Stream video at a black box. TUSER of video is one bit, which `spinal.lib`, with so many
  * bits per byte, cannot say; it stands beside the stream.
  *
  * @param axis
  *   all but TUSER
  * @param start
  *   TUSER: the first beat of a frame
  */
class VideoPort(val axis: Axi4Stream, val start: Bool) {

  /** What streams of `spinal.lib` look like that this port connects to: bit 0 of their TUSER is the
    * start of a frame.
    */
  def config: Axi4StreamConfig = axis.config.copy(useUser = true, userWidth = 1)

  /** The port reads `video`. */
  def <<(video: Axi4Stream): Unit = {
    axis.arbitrationFrom(video)
    axis.data := video.data
    axis.last := video.last
    start := video.user(0)
  }

  /** The port drives `video`. */
  def >>(video: Axi4Stream): Unit = {
    video.arbitrationFrom(axis)
    video.data := axis.data
    video.last := axis.last
    video.user := start.asBits.resized
  }
}

/** Networks for SpinalHDL. */
object Tessera {

  /** The network of an ONNX file, compiled at elaboration unless it was compiled before.
    *
    * @throws dev.tessera.api.TesseraFailure
    *   as the command line would
    */
  def apply(model: String, config: TesseraConfig = TesseraConfig()): Tessera =
    new Tessera(config.design(model))
}

/** Bundles of `spinal.lib` whose elements are the pins of a bus. */
private object Pins {

  /** Gives the elements of `bundle` the names of the pins; there must be one for each. */
  private def name(bus: Bus, elements: Seq[(String, Data)]): Unit = {
    val signals = bus.signals.asScala
    val missing = signals.keySet.diff(elements.map(_._1).toSet)
    require(missing.isEmpty, s"${bus.name} has signals that its bundle lacks: $missing")
    for ((signal, data) <- elements) {
      val pin = signals.getOrElse(
        signal,
        throw new IllegalArgumentException(s"${bus.name} has no signal $signal")
      )
      val width = widthOf(data)
      require(width == pin.width, s"${pin.name} has ${pin.width} bits, not $width")
      data.setName(pin.name)
    }
  }

  private def side[T <: Data with IMasterSlave](bus: Bus, bundle: T): T =
    if (bus.master) master(bundle) else slave(bundle)

  def stream(bus: Bus): VideoPort = {
    val config = Axi4StreamConfig(dataWidth = bus.dataBits / 8, useLast = true)
    val axis = side(bus, Axi4Stream(config))
    val start = (if (bus.master) out(Bool()) else in(Bool()))
    val signals = Seq("tvalid" -> axis.valid, "tready" -> axis.ready, "tdata" -> axis.data)
    name(bus, signals ++ Seq("tlast" -> axis.last, "tuser" -> start))
    new VideoPort(axis, start)
  }

  def full(bus: Bus): Axi4 = {
    val config = Axi4Config(
      addressWidth = bus.signals.get("awaddr").width,
      dataWidth = bus.dataBits,
      useId = false,
      useRegion = false,
      useLock = false,
      useQos = false
    )
    val pins = side(bus, Axi4(config))
    val addresses = Seq("aw" -> pins.aw, "ar" -> pins.ar).flatMap { case (prefix, channel) =>
      handshake(prefix, channel.valid, channel.ready) ++ Seq(
        prefix + "addr" -> channel.addr,
        prefix + "len" -> channel.len,
        prefix + "size" -> channel.size,
        prefix + "burst" -> channel.burst,
        prefix + "cache" -> channel.cache,
        prefix + "prot" -> channel.prot
      )
    }
    val data = Seq("wdata" -> pins.w.data, "wstrb" -> pins.w.strb, "wlast" -> pins.w.last) ++
      Seq("rdata" -> pins.r.data, "rresp" -> pins.r.resp, "rlast" -> pins.r.last) ++
      Seq("bresp" -> pins.b.resp)
    name(
      bus,
      addresses ++ data ++ handshake("w", pins.w.valid, pins.w.ready) ++
        handshake("r", pins.r.valid, pins.r.ready) ++ handshake("b", pins.b.valid, pins.b.ready)
    )
    pins
  }

  def lite(bus: Bus): AxiLite4 = {
    val pins = side(bus, AxiLite4(AxiLite4Config(bus.signals.get("awaddr").width, bus.dataBits)))
    name(
      bus,
      handshake("aw", pins.aw.valid, pins.aw.ready) ++
        handshake("w", pins.w.valid, pins.w.ready) ++
        handshake("b", pins.b.valid, pins.b.ready) ++
        handshake("ar", pins.ar.valid, pins.ar.ready) ++
        handshake("r", pins.r.valid, pins.r.ready) ++
        Seq("awaddr" -> pins.aw.addr, "awprot" -> pins.aw.prot) ++
        Seq("wdata" -> pins.w.data, "wstrb" -> pins.w.strb, "bresp" -> pins.b.resp) ++
        Seq("araddr" -> pins.ar.addr, "arprot" -> pins.ar.prot) ++
        Seq("rdata" -> pins.r.data, "rresp" -> pins.r.resp)
    )
    pins
  }

  private def handshake(channel: String, valid: Bool, ready: Bool): Seq[(String, Data)] =
    Seq(channel + "valid" -> valid, channel + "ready" -> ready)
}
