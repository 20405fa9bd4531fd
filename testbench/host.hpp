// Software that fills the tables of a design through its AXI4-Lite registers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model.hpp"

namespace tessera {

class Host {
 public:
  // The file holds pairs of a byte address and a value, in the order in which they are written.
  Host(const HostPins& pins, const std::string& file);

  void quiet();  // pins for the time of a reset
  // Writes everything; "clock" advances the design by a cycle. Throws if a write is not answered.
  void load(const std::function<void()>& clock);

 private:
  struct Write {
    uint32_t address;
    uint32_t value;
  };

  const HostPins& pins_;
  std::vector<Write> writes_;
};

}  // namespace tessera
