// Runs units of a model against vectors and reports what it saw.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "host.hpp"
#include "memory.hpp"
#include "session.hpp"
#include "stream.hpp"

namespace tessera {

// One run, a line of "key value" pairs in the plan file.
struct Plan {
  std::string unit;
  int64_t frames = 1;
  double stall = 0;           // probability of a pause per port and cycle
  uint64_t seed = 1;
  int64_t resetAfter = 0;     // beats of the first port after which a reset strikes; 0: none
  uint64_t watchdog = 100000;  // cycles without a transfer on any port or watched stream
  bool record = false;        // write the cycle of every beat to <vectors>/<unit>_<port>.times
  bool capture = false;       // write what left the unit to <vectors>/<unit>_<port>.out
  bool tables = false;        // the host writes <vectors>/<unit>.tables first
  int64_t softReset = 0;      // words read after which software resets the design; 0: never
  MemoryPlan memory;          // of a design that reads and writes frames
  std::string vectors;        // folder of <unit>_<port>.bin and .sizes
};

std::vector<Plan> readPlans(const std::string& file);

// Transfers inside a unit between two points in time.
struct LinkCount {
  uint64_t moved = 0;    // valid and ready
  uint64_t blocked = 0;  // valid, not ready
  uint64_t starved = 0;  // ready, not valid
};

class Run {
 public:
  Run(Model& model, Unit& unit, const Plan& plan, bool trace);

  void execute();
  void writeFiles() const;
  std::string json() const;

 private:
  Vectors& vectorsOf(const Port& port);
  void open(int64_t frames);
  void reset();
  bool cycle();  // whether any port or watched stream moved
  bool step();   // the same in a run that is to end; false once it hangs
  bool settled() const;
  void software(const std::function<bool()>& step);
  void observe();
  bool count();  // whether any watched stream moved
  void snapshot();
  int64_t progress() const;  // beats of the first port, or words read
  void edge(int level);

  Model& model_;
  Unit& unit_;
  const Plan& plan_;
  bool trace_;
  uint64_t time_ = 0;
  uint64_t cycle_ = 0;
  uint64_t quiet_ = 0;
  double seconds_ = 0;
  bool hung_ = false;
  int64_t combinational_ = -1;  // first cycle in which an output changed with an input
  std::vector<uint8_t> handshakes_;
  std::map<std::string, Vectors> vectors_;
  std::vector<Stream> streams_;
  std::unique_ptr<Memory> memory_;
  std::unique_ptr<Dram> cuts_;  // maps that the design stores
  std::unique_ptr<Lite> lite_;
  std::vector<TableWrite> tables_;
  std::vector<int64_t> crcs_;
  uint64_t events_ = 0;
  std::vector<LinkCount> counts_;
  std::vector<LinkCount> from_;
  std::vector<LinkCount> to_;
  uint64_t fromCycle_ = 0;
  uint64_t toCycle_ = 0;
};

}  // namespace tessera
