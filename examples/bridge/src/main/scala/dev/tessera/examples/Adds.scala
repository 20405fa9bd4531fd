package dev.tessera.examples

import dev.tessera.chisel.ChiselText
import dev.tessera.hw.{Cost, Frame, HardwareUnit, RtlModule, Schedule, Size, StreamType}
import dev.tessera.spinal.SpinalVerilogText
import dev.tessera.unit.add.{AddSpec, AddUnit}

import java.util.{List => JList, Map => JMap}
import spinal.lib.Stream

/** The addition of the library once more: its golden function, schedule and cost, and a component
  * of another language, so that each is a second opinion on the other.
  */
abstract class OtherAdd extends HardwareUnit[AddSpec] {
  private val library = new AddUnit

  /** The component's files. */
  protected def files(module: String, spec: AddSpec): JMap[String, String]

  override def specClass: Class[AddSpec] = library.specClass
  override def golden(spec: AddSpec, inputs: JList[Frame]): JList[Frame] =
    library.golden(spec, inputs)
  override def cost(spec: AddSpec): Cost = library.cost(spec)
  override def schedule(spec: AddSpec, arrivals: JList[Array[Long]]): Schedule =
    library.schedule(spec, arrivals)
  override def resized(spec: AddSpec, frame: Size, inputs: JList[StreamType]): AddSpec =
    library.resized(spec, frame, inputs)

  override def rtl(spec: AddSpec): RtlModule = {
    val module = s"${kind}_${spec.name}"
    new RtlModule(module, JList.of(), JMap.of(), JList.of(), JList.of())
      .withTexts(files(module, spec))
  }
}

/** Numbers of an addition as both languages take them. */
private class AddPlan(val spec: AddSpec) {
  val left: StreamType = spec.left
  val right: StreamType = spec.right
  val out: StreamType = spec.output

  /** Per beat of a position and lane: left and right multiplier and offset, zeros where unused. */
  val coefficients: Seq[Seq[(Int, Int, Long)]] =
    Seq.tabulate(out.beatsPerPosition, out.lanes) { (beat, lane) =>
      val c = beat * out.lanes + lane
      if (c < out.channels) {
        (spec.leftMultiplier()(c), spec.rightMultiplier()(c), spec.offset()(c))
      } else (0, 0, 0L)
    }
}

/** The addition in SpinalHDL. */
class SpinalAdd extends OtherAdd {
  import spinal.core._

  override def kind: String = "spinal_add"
  override def summary: String = "adds two maps, written in SpinalHDL"

  override protected def files(module: String, spec: AddSpec): JMap[String, String] = {
    val plan = new AddPlan(spec)
    SpinalVerilogText(module, Seq(plan.left, plan.right), build(plan), Some(plan.out))
  }

  private def build(plan: AddPlan)(
      types: Seq[StreamType],
      inputs: Seq[Stream[Bits]],
      output: Stream[Bits]
  ): Unit = {
    val heads = inputs.map(_.s2mPipe())
    val valid = Vec.fill(4)(Reg(Bool()) init False)
    val enable = !valid(3) || output.ready
    val fire = heads.map(_.valid).reduce(_ && _) && enable
    heads.foreach(_.ready := fire)
    when(enable) {
      valid(0) := fire
      for (stage <- 1 until 4) valid(stage) := valid(stage - 1)
    }
    val beats = plan.coefficients.size
    val beat = Reg(UInt(log2Up(beats) max 1 bits)) init 0
    when(fire) {
      beat := beat + 1
      when(beat === beats - 1)(beat := 0)
    }

    val codes = for (lane <- 0 until plan.out.lanes) yield {
      def chosen(bits: Int)(of: ((Int, Int, Long)) => Long): SInt = {
        val all = Vec(plan.coefficients.map(row => S(BigInt(of(row(lane))), bits bits)))
        RegNextWhen(if (beats == 1) all(0) else all(beat), enable)
      }
      val m0 = chosen(plan.spec.leftMultiplierBits)(_._1.toLong)
      val m1 = chosen(plan.spec.rightMultiplierBits)(_._2.toLong)
      val offset = chosen(plan.spec.offsetBits)(_._3)
      val a = RegNextWhen(operand(heads(0).payload, plan.left, lane), enable)
      val b = RegNextWhen(operand(heads(1).payload, plan.right, lane), enable)
      val width = plan.spec.sumBits
      val pa = RegNextWhen((a * m0).resize(width), enable)
      val pb = RegNextWhen((b * m1).resize(width), enable)
      val late = RegNextWhen(offset.resize(width), enable)
      val sum = RegNextWhen(pa + pb + late, enable)
      RegNextWhen(clamp(sum, plan), enable)
    }
    output.valid := valid(3)
    output.payload := Vec(codes).asBits
  }

  private def operand(beat: Bits, stream: StreamType, lane: Int): SInt = {
    val bits = stream.`type`.bits
    val code = beat(lane * bits, bits bits)
    if (stream.`type`.signed) code.asSInt.resize(bits + 1) else (False ## code).asSInt
  }

  private def clamp(sum: SInt, plan: AddPlan): Bits = {
    val bits = plan.out.`type`.bits
    val wide = sum(sum.high downto plan.spec.shift).resize(64)
    val code = wide.asBits(0, bits bits)
    val lo = B(BigInt(plan.spec.lo) & ((BigInt(1) << bits) - 1), bits bits)
    val hi = B(BigInt(plan.spec.hi) & ((BigInt(1) << bits) - 1), bits bits)
    (wide < plan.spec.lo) ? lo | ((wide > plan.spec.hi) ? hi | code)
  }
}

/** The addition in Chisel. */
class ChiselAdd extends OtherAdd {
  import chisel3._
  import chisel3.util._

  override def kind: String = "chisel_add"
  override def summary: String = "adds two maps, written in Chisel"

  override protected def files(module: String, spec: AddSpec): JMap[String, String] = {
    val plan = new AddPlan(spec)
    ChiselText(module, Seq(plan.left, plan.right), build(plan), Some(plan.out))
  }

  private def build(plan: AddPlan)(
      types: Seq[StreamType],
      inputs: Seq[DecoupledIO[UInt]],
      output: DecoupledIO[UInt]
  ): scala.Unit = {
    val valid = RegInit(VecInit.fill(4)(false.B))
    val enable = !valid(3) || output.ready
    val fire = Wire(Bool())
    val heads = inputs.map(skid(_, fire))
    fire := heads.map(_._1).reduce(_ && _) && enable
    when(enable) {
      valid(0) := fire
      for (stage <- 1 until 4) valid(stage) := valid(stage - 1)
    }
    val (beat, _) = Counter(fire, plan.coefficients.size)

    val codes = for (lane <- 0 until plan.out.lanes) yield {
      def chosen(bits: Int)(of: ((Int, Int, Long)) => Long): SInt =
        RegEnable(VecInit(plan.coefficients.map(row => of(row(lane)).S(bits.W)))(beat), enable)
      val m0 = chosen(plan.spec.leftMultiplierBits)(_._1.toLong)
      val m1 = chosen(plan.spec.rightMultiplierBits)(_._2.toLong)
      val offset = chosen(plan.spec.offsetBits)(_._3)
      val a = RegEnable(operand(heads(0)._2, plan.left, lane), enable)
      val b = RegEnable(operand(heads(1)._2, plan.right, lane), enable)
      val pa = RegEnable(a * m0, enable)
      val pb = RegEnable(b * m1, enable)
      val late = RegEnable(offset, enable)
      val sum = RegEnable(pa +& pb +& late, enable)
      RegEnable(clamp(sum, plan), enable)
    }
    output.valid := valid(3)
    output.bits := VecInit(codes).asUInt
  }

  /** The beat in front of the unit, if there is one; `ready` comes from a register. */
  private def skid(input: DecoupledIO[UInt], taken: Bool): (Bool, UInt) = {
    val full = RegInit(false.B)
    val held = RegEnable(input.bits, !full)
    val some = full || input.valid
    input.ready := !full
    full := some && !taken
    (some, Mux(full, held, input.bits))
  }

  private def operand(beat: UInt, stream: StreamType, lane: Int): SInt = {
    val bits = stream.`type`.bits
    val code = beat(lane * bits + bits - 1, lane * bits)
    if (stream.`type`.signed) code.asSInt else code.zext
  }

  private def clamp(sum: SInt, plan: AddPlan): UInt = {
    val bits = plan.out.`type`.bits
    val code = sum >> plan.spec.shift
    val lo = plan.spec.lo.S
    val hi = plan.spec.hi.S
    Mux(code < lo, lo, Mux(code > hi, hi, code)).pad(bits).asUInt(bits - 1, 0)
  }
}
