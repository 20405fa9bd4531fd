package dev.tessera.examples

import dev.tessera.chisel.ChiselLayer
import dev.tessera.hw.{Cost, CustomLayer, Frame, StreamType}
import dev.tessera.spinal.SpinalLayer

import java.util
import spinal.lib.Stream

/** A layer as a user might add one: codes below a threshold become zero, which takes faint features
  * for noise.
  *
  * @param threshold
  *   smallest code that is kept, the layer's settings
  */
abstract class Denoise(threshold: Int) extends CustomLayer {
  override def settings: String = threshold.toString

  override def golden(types: util.List[StreamType], inputs: util.List[Frame]): Frame = {
    val in = inputs.get(0)
    val codes = in.data.map(code => if (code < threshold) 0 else code)
    new Frame(in.channels, in.height, in.width, codes)
  }

  override def latency(types: util.List[StreamType]): Int = 1

  /** A slice and a comparison per lane. */
  override def cost(types: util.List[StreamType]): Cost = {
    val in = types.get(0)
    Cost.wiring(in.beatsPerFrame, 2 * in.bits + 4, 2 * (in.bits + 1), 0)
  }
}

/** The layer in SpinalHDL. */
class SpinalDenoise(threshold: Int) extends Denoise(threshold) with SpinalLayer {
  import spinal.core._

  override def kind: String = "spinal_denoise"

  override def build(
      types: Seq[StreamType],
      inputs: Seq[Stream[Bits]],
      output: Stream[Bits]
  ): Unit = {
    val code = types.head.`type`
    val taken = inputs.head.s2mPipe()
    val lanes = taken.payload.subdivideIn(code.bits bits).map { lane =>
      val small = if (code.signed) lane.asSInt < threshold else lane.asUInt < threshold
      small ? B(0, code.bits bits) | lane
    }
    output << taken.translateWith(Vec(lanes).asBits).m2sPipe()
  }
}

/** Makes it. */
class SpinalDenoiseFactory extends CustomLayer.Factory {
  override def kind: String = "spinal_denoise"
  override def layer(settings: String): CustomLayer = new SpinalDenoise(Denoise.threshold(settings))
}

/** The layer in Chisel. */
class ChiselDenoise(threshold: Int) extends Denoise(threshold) with ChiselLayer {
  import chisel3._
  import chisel3.util.{DecoupledIO, Queue}

  override def kind: String = "chisel_denoise"

  override def build(
      types: Seq[StreamType],
      inputs: Seq[DecoupledIO[UInt]],
      output: DecoupledIO[UInt]
  ): scala.Unit = {
    val code = types.head.`type`
    val taken = inputs.head
    val kept = Wire(DecoupledIO(UInt(types.head.bits.W)))
    kept.valid := taken.valid
    taken.ready := kept.ready
    kept.bits := VecInit(Seq.tabulate(types.head.lanes) { l =>
      val lane = taken.bits(l * code.bits + code.bits - 1, l * code.bits)
      val small = if (code.signed) lane.asSInt < threshold.S else lane < threshold.U
      Mux(small, 0.U, lane)
    }).asUInt
    output <> Queue(kept, 2)
  }
}

/** Makes it. */
class ChiselDenoiseFactory extends CustomLayer.Factory {
  override def kind: String = "chisel_denoise"
  override def layer(settings: String): CustomLayer = new ChiselDenoise(Denoise.threshold(settings))
}

private object Denoise {
  def threshold(settings: String): Int =
    settings.toIntOption.filter(_ >= 0).getOrElse {
      throw new IllegalArgumentException(s"a threshold is a number of 0 or more, not '$settings'")
    }
}
