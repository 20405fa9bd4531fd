// What software that drives a design's registers may ask of a run.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "lite.hpp"
#include "memory.hpp"

namespace tessera {

class Session {
 public:
  Lite& registers;
  Memory& memory;
  const std::vector<TableWrite>& tables;
  Dram* cuts;  // of maps, which lie behind cutBase; null if none is stored
  uint64_t cutBase;
  int64_t softReset;  // words read after which the design is reset by software; 0: never
  std::function<bool()> step;  // a clock cycle; false when the run is to be given up
  std::vector<int64_t> crcs;  // what the hardware said of the frames in their order; -1: not seen
  uint64_t events = 0;         // all that were taken
};

// Runs all frames of the memory through the driver; throws if the hardware breaks its word.
void runSoftware(Session& session);

}  // namespace tessera
