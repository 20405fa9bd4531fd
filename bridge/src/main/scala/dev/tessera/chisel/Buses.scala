package dev.tessera.chisel

import chisel3._

/** AXI4-Stream as its master drives it; signals that a bus lacks have no pin.
  *
  * @param dataBits
  *   width of TDATA
  * @param userBits
  *   width of TUSER, 0 if there is none
  * @param useLast
  *   whether there is TLAST
  */
class AxiStream(dataBits: Int, userBits: Int, useLast: Boolean) extends Bundle {
  val tvalid = Output(Bool())
  val tready = Input(Bool())
  val tdata = Output(UInt(dataBits.W))
  val tuser = if (userBits > 0) Some(Output(UInt(userBits.W))) else None
  val tlast = if (useLast) Some(Output(Bool())) else None
}

/** AXI4 as its master drives it: incrementing bursts, no identifiers.
  *
  * @param addressBits
  *   width of an address
  * @param dataBits
  *   width of a word
  */
class Axi4(addressBits: Int, dataBits: Int) extends Bundle {
  val araddr = Output(UInt(addressBits.W))
  val arlen = Output(UInt(8.W))
  val arsize = Output(UInt(3.W))
  val arburst = Output(UInt(2.W))
  val arcache = Output(UInt(4.W))
  val arprot = Output(UInt(3.W))
  val arvalid = Output(Bool())
  val arready = Input(Bool())
  val rdata = Input(UInt(dataBits.W))
  val rresp = Input(UInt(2.W))
  val rlast = Input(Bool())
  val rvalid = Input(Bool())
  val rready = Output(Bool())
  val awaddr = Output(UInt(addressBits.W))
  val awlen = Output(UInt(8.W))
  val awsize = Output(UInt(3.W))
  val awburst = Output(UInt(2.W))
  val awcache = Output(UInt(4.W))
  val awprot = Output(UInt(3.W))
  val awvalid = Output(Bool())
  val awready = Input(Bool())
  val wdata = Output(UInt(dataBits.W))
  val wstrb = Output(UInt((dataBits / 8).W))
  val wlast = Output(Bool())
  val wvalid = Output(Bool())
  val wready = Input(Bool())
  val bresp = Input(UInt(2.W))
  val bvalid = Input(Bool())
  val bready = Output(Bool())
}

/** AXI4-Lite as its master drives it.
  *
  * @param addressBits
  *   width of an address
  * @param dataBits
  *   width of a word
  */
class AxiLite4(addressBits: Int, dataBits: Int) extends Bundle {
  val awaddr = Output(UInt(addressBits.W))
  val awprot = Output(UInt(3.W))
  val awvalid = Output(Bool())
  val awready = Input(Bool())
  val wdata = Output(UInt(dataBits.W))
  val wstrb = Output(UInt((dataBits / 8).W))
  val wvalid = Output(Bool())
  val wready = Input(Bool())
  val bresp = Input(UInt(2.W))
  val bvalid = Input(Bool())
  val bready = Output(Bool())
  val araddr = Output(UInt(addressBits.W))
  val arprot = Output(UInt(3.W))
  val arvalid = Output(Bool())
  val arready = Input(Bool())
  val rdata = Input(UInt(dataBits.W))
  val rresp = Input(UInt(2.W))
  val rvalid = Input(Bool())
  val rready = Output(Bool())
}
