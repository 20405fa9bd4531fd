package dev.tessera.spinal

import dev.tessera.bridge.Modules
import dev.tessera.hw.{CustomLayer, StreamType}
import spinal.core._
import spinal.lib._

import java.nio.file.{Files, Path}
import java.util
import scala.jdk.CollectionConverters._
import scala.util.Using

/** A layer of a network that is written in SpinalHDL. Golden function, latency and cost are those
  * of [[dev.tessera.hw.CustomLayer]]; the component follows here.
  */
trait SpinalLayer extends CustomLayer {

  /** Builds the layer between its streams, in the clock domain of the network.
    *
    * @param types
    *   what the inputs carry
    * @param inputs
    *   beats, lane 0 in the least significant bits
    * @param output
    *   beats like those of the first input
    */
  def build(types: Seq[StreamType], inputs: Seq[Stream[Bits]], output: Stream[Bits]): Unit

  override def verilog(module: String, types: util.List[StreamType]): util.Map[String, String] =
    SpinalVerilogText(module, types.asScala.toSeq, build)
}

/** Verilog of a component with the ports of a unit. */
object SpinalVerilogText {
  private class Unit(
      module: String,
      types: Seq[StreamType],
      build: (Seq[StreamType], Seq[Stream[Bits]], Stream[Bits]) => scala.Unit,
      made: StreamType
  ) extends Component {
    setDefinitionName(module)
    private val clk = in(Bool()).setName("clk")
    private val rst = in(Bool()).setName("rst")
    private val inputs = types.zipWithIndex.map { case (t, i) => named(s"in$i", slave(port(t))) }
    private val output = named("out0", master(port(made)))
    private val domain = ClockDomain(
      clk,
      rst,
      config = ClockDomainConfig(resetKind = SYNC, resetActiveLevel = HIGH)
    )
    domain(build(types, inputs, output))

    private def port(t: StreamType): Stream[Bits] = Stream(Bits(t.bits bits))

    private def named(name: String, stream: Stream[Bits]): Stream[Bits] = {
      stream.valid.setName(name + "_valid")
      stream.ready.setName(name + "_ready")
      stream.payload.setName(name + "_data")
      stream
    }
  }

  /** The files of a module between streams of `types` and one like `made`, or like the first. */
  def apply(
      module: String,
      types: Seq[StreamType],
      build: (Seq[StreamType], Seq[Stream[Bits]], Stream[Bits]) => scala.Unit,
      made: Option[StreamType] = None
  ): util.Map[String, String] = {
    val folder = Files.createTempDirectory("tessera-spinal")
    try {
      val config = SpinalConfig(
        mode = Verilog,
        targetDirectory = folder.toString,
        headerWithDate = false,
        headerWithRepoHash = false,
        withTimescale = false,
        netlistFileName = module + ".v",
        verbose = false
      )
      config.generateVerilog(new Unit(module, types, build, made.getOrElse(types.head)))
      val files = new util.LinkedHashMap[String, String]
      for (file <- listed(folder)) {
        val text = Files.readString(file)
        val name = file.getFileName.toString
        files.put(name, if (name.endsWith(".v")) Modules.inside(module, text) else text)
      }
      files
    } finally {
      listed(folder).foreach(Files.delete(_))
      Files.delete(folder)
    }
  }

  private def listed(folder: Path): Seq[Path] =
    Using.resource(Files.list(folder))(_.iterator.asScala.toSeq.sorted)
}
