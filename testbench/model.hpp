// What the bench knows of a simulated top: units with clocked ready/valid ports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tessera {

// Layout of a stream: the fields of the generator's StreamType. Frames may be smaller.
struct Shape {
  int channels;
  int lanes;
  int bits;
  bool isSigned;
  int width;
  int height;
  int positions;

  int beatsPerPosition() const { return (channels + lanes - 1) / lanes; }
  int busBits() const { return positions * lanes * bits; }
};

// SOURCE is driven by the bench, SINK is drained by it, PROBE is only watched.
enum class Role { SOURCE, SINK, PROBE };

struct Port {
  std::string name;
  Role role;
  Shape shape;
  uint8_t* valid;
  uint8_t* ready;
  void* data;
  size_t bytes;              // size of the variable behind data, at least the bus
  uint8_t* first = nullptr;  // TUSER, start of frame
  uint8_t* last = nullptr;   // TLAST, end of line
  uint16_t* columns = nullptr;  // size of the frame, driven with its first beat
  uint16_t* rows = nullptr;
  uint8_t* bank = nullptr;  // of the frame's tables, driven with its first beat
};

// A view of a simulated pin of any width as little-endian words.
struct Pin {
  std::string name;
  const void* data = nullptr;
  size_t bytes = 0;
};

// An AXI4 master: bursts of whole words.
struct AxiPins {
  size_t bus = 0;  // bytes of a word
  int most = 0;    // words of the longest burst
  uint64_t* araddr;
  uint8_t *arlen, *arvalid, *arready;
  void* rdata;
  uint8_t *rresp, *rlast, *rvalid, *rready;
  uint64_t* awaddr;
  uint8_t *awlen, *awvalid, *awready;
  const void *wdata, *wstrb;
  uint8_t *wlast, *wvalid, *wready;
  uint8_t *bresp, *bvalid, *bready;
};

// The AXI4 master that reads and writes frames, and how it is told of them: by pins, or by registers.
struct MemoryPins {
  AxiPins axi;
  int channelsIn = 0;
  int channelsOut = 0;
  uint8_t *start, *startReady, *done;
  uint64_t *sourceBase = nullptr, *targetBase = nullptr;
  uint32_t *sourcePitch = nullptr, *targetPitch = nullptr;
  uint16_t *width = nullptr, *height = nullptr;
  uint8_t* bank = nullptr;
};

// The AXI4 master of the maps that a design stores.
struct CutPins {
  AxiPins axi;
  uint64_t bytes = 0;  // from the base on
  uint64_t* base = nullptr;
};

// The AXI4-Lite registers of a design.
struct HostPins {
  uint32_t* awaddr;
  uint8_t *awvalid, *awready;
  uint32_t* wdata;
  uint8_t *wvalid, *wready;
  uint8_t *bresp, *bvalid, *bready;
  uint32_t* araddr;
  uint8_t *arvalid, *arready;
  uint32_t* rdata;
  uint8_t *rresp, *rvalid, *rready;
  uint8_t* irq = nullptr;
};

class Session;

struct Unit {
  std::string name;
  uint8_t* clk;
  uint8_t* rst;
  bool resetActiveLow;
  std::vector<Port> ports;
  std::vector<Pin> flags;               // error outputs, expected to stay 0
  std::vector<std::string> linkNames;   // streams inside the unit, bit i of the two pins below
  Pin linkValid;
  Pin linkReady;
  std::unique_ptr<MemoryPins> memory;  // in place of ports
  std::unique_ptr<CutPins> cuts;
  std::unique_ptr<HostPins> host;
  void (*software)(Session&) = nullptr;  // drives the registers, where they start frames
};

class Model {
 public:
  virtual ~Model() = default;
  virtual void eval() = 0;
  virtual void openTrace(const std::string& file) = 0;
  virtual void dump(uint64_t time) = 0;

  std::vector<Unit> units;

 protected:
  void unit(const char* name, uint8_t& clk, uint8_t& rst, bool resetActiveLow) {
    units.push_back(Unit{name, &clk, &rst, resetActiveLow, {}, {}, {}, {}, {}, nullptr, nullptr,
                         nullptr, nullptr});
  }
  template <class Data>
  Port& stream(Role role, const char* name, Shape shape, uint8_t& valid, uint8_t& ready,
               Data& data) {
    units.back().ports.push_back(
        Port{name, role, shape, &valid, &ready, &data, sizeof(Data)});
    return units.back().ports.back();
  }
  MemoryPins& memory(int channelsIn, int channelsOut, size_t bus, int most) {
    units.back().memory = std::make_unique<MemoryPins>();
    MemoryPins& pins = *units.back().memory;
    pins.channelsIn = channelsIn;
    pins.channelsOut = channelsOut;
    pins.axi.bus = bus;
    pins.axi.most = most;
    return pins;
  }
  CutPins& cuts(uint64_t bytes, size_t bus, int most) {
    units.back().cuts = std::make_unique<CutPins>();
    CutPins& pins = *units.back().cuts;
    pins.bytes = bytes;
    pins.axi.bus = bus;
    pins.axi.most = most;
    return pins;
  }
  HostPins& host() {
    units.back().host = std::make_unique<HostPins>();
    return *units.back().host;
  }
  template <class Data>
  void flag(const char* name, Data& data) {
    units.back().flags.push_back(Pin{name, &data, sizeof(Data)});
  }
  template <class Data>
  void links(std::vector<std::string> names, Data& valid, Data& ready) {
    units.back().linkNames = std::move(names);
    units.back().linkValid = Pin{"valid", &valid, sizeof(Data)};
    units.back().linkReady = Pin{"ready", &ready, sizeof(Data)};
  }
};

// Defined by the generated port list of the top.
std::unique_ptr<Model> makeModel(int argc, char** argv);

}  // namespace tessera
