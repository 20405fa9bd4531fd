package dev.tessera.chisel

import chisel3._
import chisel3.util.DecoupledIO
import dev.tessera.bridge.Modules
import dev.tessera.hw.{CustomLayer, StreamType}

import java.util
import scala.jdk.CollectionConverters._

/** A layer of a network that is written in Chisel. Golden function, latency and cost are those of
  * [[dev.tessera.hw.CustomLayer]]; the module follows here.
  */
trait ChiselLayer extends CustomLayer {

  /** Builds the layer between its streams, with the clock and reset of the network.
    *
    * @param types
    *   what the inputs carry
    * @param inputs
    *   beats to take, lane 0 in the least significant bits
    * @param output
    *   beats to give, like those of the first input
    */
  def build(types: Seq[StreamType], inputs: Seq[DecoupledIO[UInt]], output: DecoupledIO[UInt]): Unit

  override def verilog(module: String, types: util.List[StreamType]): util.Map[String, String] =
    ChiselText(module, types.asScala.toSeq, build)
}

/** SystemVerilog of a module with the ports of a unit. */
object ChiselText {
  private class Port(bits: Int) extends Bundle {
    val valid = Output(Bool())
    val ready = Input(Bool())
    val data = Output(UInt(bits.W))
  }

  private class Unit(
      module: String,
      types: Seq[StreamType],
      build: (Seq[StreamType], Seq[DecoupledIO[UInt]], DecoupledIO[UInt]) => scala.Unit,
      made: StreamType
  ) extends RawModule {
    override val desiredName: String = module
    private val clk = IO(Input(Clock())).suggestName("clk")
    private val rst = IO(Input(Bool())).suggestName("rst")
    private val inputs = types.zipWithIndex.map { case (t, i) =>
      IO(Flipped(new Port(t.bits))).suggestName(s"in$i")
    }
    private val output = IO(new Port(made.bits)).suggestName("out0")
    withClockAndReset(clk, rst) {
      val taken = inputs.zip(types).map { case (port, t) =>
        val stream = Wire(new DecoupledIO(UInt(t.bits.W)))
        stream.valid := port.valid
        stream.bits := port.data
        port.ready := stream.ready
        stream
      }
      val given = Wire(new DecoupledIO(UInt(made.bits.W)))
      output.valid := given.valid
      output.data := given.bits
      given.ready := output.ready
      build(types, taken, given)
    }
  }

  /** The files of a module between streams of `types` and one like `made`, or like the first. */
  def apply(
      module: String,
      types: Seq[StreamType],
      build: (Seq[StreamType], Seq[DecoupledIO[UInt]], DecoupledIO[UInt]) => scala.Unit,
      made: Option[StreamType] = None
  ): util.Map[String, String] = {
    Firtool.require()
    val text = _root_.circt.stage.ChiselStage.emitSystemVerilog(
      new Unit(module, types, build, made.getOrElse(types.head)),
      firtoolOpts = Array("-disable-all-randomization", "-strip-debug-info")
    )
    util.Map.of(module + ".sv", Modules.inside(module, text))
  }
}
