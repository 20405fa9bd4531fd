// A Model whose pins are those of a Verilator class.
#pragma once

#include <verilated.h>

#include <stdexcept>

#include "model.hpp"
#if VM_TRACE_FST
#include <verilated_fst_c.h>
#endif

// Connects the pins of an AXI4 master whose names begin with "p".
#define TESSERA_AXI(pins, p)          \
  pins.araddr = &top->p##_araddr;     \
  pins.arlen = &top->p##_arlen;       \
  pins.arvalid = &top->p##_arvalid;   \
  pins.arready = &top->p##_arready;   \
  pins.rdata = &top->p##_rdata;       \
  pins.rresp = &top->p##_rresp;       \
  pins.rlast = &top->p##_rlast;       \
  pins.rvalid = &top->p##_rvalid;     \
  pins.rready = &top->p##_rready;     \
  pins.awaddr = &top->p##_awaddr;     \
  pins.awlen = &top->p##_awlen;       \
  pins.awvalid = &top->p##_awvalid;   \
  pins.awready = &top->p##_awready;   \
  pins.wdata = &top->p##_wdata;       \
  pins.wstrb = &top->p##_wstrb;       \
  pins.wlast = &top->p##_wlast;       \
  pins.wvalid = &top->p##_wvalid;     \
  pins.wready = &top->p##_wready;     \
  pins.bresp = &top->p##_bresp;       \
  pins.bvalid = &top->p##_bvalid;     \
  pins.bready = &top->p##_bready;

// Connects the pins of an AXI4-Lite port whose names begin with "p".
#define TESSERA_LITE(pins, p)         \
  pins.awaddr = &top->p##_awaddr;     \
  pins.awvalid = &top->p##_awvalid;   \
  pins.awready = &top->p##_awready;   \
  pins.wdata = &top->p##_wdata;       \
  pins.wvalid = &top->p##_wvalid;     \
  pins.wready = &top->p##_wready;     \
  pins.bresp = &top->p##_bresp;       \
  pins.bvalid = &top->p##_bvalid;     \
  pins.bready = &top->p##_bready;     \
  pins.araddr = &top->p##_araddr;     \
  pins.arvalid = &top->p##_arvalid;   \
  pins.arready = &top->p##_arready;   \
  pins.rdata = &top->p##_rdata;       \
  pins.rresp = &top->p##_rresp;       \
  pins.rvalid = &top->p##_rvalid;     \
  pins.rready = &top->p##_rready;     \
  top->p##_wstrb = 15;

namespace tessera {

template <class Top>
class VerilatedModel : public Model {
 public:
  VerilatedModel(int argc, char** argv) {
    context.commandArgs(argc, argv);
#if VM_TRACE_FST
    context.traceEverOn(true);
#endif
    top = std::make_unique<Top>(&context);
  }
  ~VerilatedModel() override {
#if VM_TRACE_FST
    if (trace) trace->close();
#endif
    top->final();
  }
  void eval() override { top->eval(); }

#if VM_TRACE_FST
  void openTrace(const std::string& file) override {
    trace = std::make_unique<VerilatedFstC>();
    top->trace(trace.get(), 99);
    trace->open(file.c_str());
  }
  void dump(uint64_t time) override { trace->dump(time); }
#else
  void openTrace(const std::string&) override {
    throw std::runtime_error("this simulation was built without tracing");
  }
  void dump(uint64_t) override {}
#endif

 protected:
  VerilatedContext context;
  std::unique_ptr<Top> top;
#if VM_TRACE_FST
  std::unique_ptr<VerilatedFstC> trace;
#endif
};

}  // namespace tessera
