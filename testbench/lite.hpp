// An AXI4-Lite master: single reads and writes of registers.
#pragma once

#include <functional>

#include "model.hpp"

namespace tessera {

// A value and where it is written.
struct TableWrite {
  uint32_t address;
  uint32_t value;
};

class Lite {
 public:
  // "clock" advances the design by a cycle.
  Lite(const HostPins& pins, std::function<void()> clock);

  void quiet();  // pins for the time of a reset
  // Whether the register took the value. Throws if the port does not answer.
  bool write(uint32_t address, uint32_t value);
  // The value of a register; "good" tells whether there is one.
  uint32_t read(uint32_t address, bool& good);
  bool irq() const { return *pins_.irq; }

 private:
  const HostPins& pins_;
  std::function<void()> clock_;
};

}  // namespace tessera
