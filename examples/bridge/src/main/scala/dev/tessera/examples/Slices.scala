package dev.tessera.examples

import dev.tessera.chisel.ChiselLayer
import dev.tessera.hw.{Cost, CustomLayer, Frame, StreamType}
import dev.tessera.spinal.SpinalLayer

import java.util
import spinal.lib.Stream

/** A register slice: every beat as it is, a cycle later. */
trait Slice extends CustomLayer {
  override def golden(types: util.List[StreamType], inputs: util.List[Frame]): Frame = inputs.get(0)

  override def latency(types: util.List[StreamType]): Int = 1

  /** Two words of registers and a multiplexer. */
  override def cost(types: util.List[StreamType]): Cost = {
    val in = types.get(0)
    Cost.wiring(in.beatsPerFrame, in.bits + 4, 2 * (in.bits + 1), 0)
  }
}

/** The register slice in SpinalHDL. */
class SpinalSlice extends Slice with SpinalLayer {
  override def kind: String = "spinal_slice"

  override def build(
      types: Seq[StreamType],
      inputs: Seq[Stream[spinal.core.Bits]],
      output: Stream[spinal.core.Bits]
  ): Unit = output << inputs.head.s2mPipe().m2sPipe()
}

/** Makes it. */
class SpinalSliceFactory extends CustomLayer.Factory {
  override def kind: String = "spinal_slice"
  override def layer(settings: String): CustomLayer = new SpinalSlice
}

/** The register slice in Chisel. */
class ChiselSlice extends Slice with ChiselLayer {
  import chisel3._
  import chisel3.util.{DecoupledIO, Queue}

  override def kind: String = "chisel_slice"

  override def build(
      types: Seq[StreamType],
      inputs: Seq[DecoupledIO[UInt]],
      output: DecoupledIO[UInt]
  ): scala.Unit = output <> Queue(inputs.head, 2)
}

/** Makes it. */
class ChiselSliceFactory extends CustomLayer.Factory {
  override def kind: String = "chisel_slice"
  override def layer(settings: String): CustomLayer = new ChiselSlice
}
