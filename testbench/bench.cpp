#include "bench.hpp"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace tessera {
namespace {

constexpr int RESET_CYCLES = 8;
constexpr uint64_t CUTS = 0x300000000;  // where stored maps begin
constexpr int SETTLE_CYCLES = 64;  // watched behind the last beat for beats too many

bool bit(const Pin& pin, size_t index) {
  return static_cast<const uint8_t*>(pin.data)[index / 8] >> (index % 8) & 1;
}

template <class T>
void writeFile(const std::string& file, const std::vector<T>& values) {
  std::FILE* out = std::fopen(file.c_str(), "wb");
  bool good = out && std::fwrite(values.data(), sizeof(T), values.size(), out) == values.size();
  if (!out || std::fclose(out) != 0 || !good) throw std::runtime_error("cannot write " + file);
}

}  // namespace

Run::Run(Model& model, Unit& unit, const Plan& plan, bool trace)
    : model_(model), unit_(unit), plan_(plan), trace_(trace) {
  for (const Port& port : unit.ports) {
    vectors_.emplace(port.name,
                     Vectors(port.shape, plan.vectors + "/" + unit.name + "_" + port.name));
  }
}

void Run::open(int64_t frames) {
  streams_.clear();
  uint64_t salt = plan_.seed * 1000003;
  for (const Port& port : unit_.ports) {
    streams_.emplace_back(port, vectors_.at(port.name), frames, Staller(plan_.stall, ++salt),
                          plan_.record, plan_.capture);
  }
  if (unit_.memory) {
    std::string base = plan_.vectors + "/" + unit_.name;
    memory_ = std::make_unique<Memory>(*unit_.memory, plan_.memory, base + "_in0", base + "_out0",
                                       frames, plan_.stall, salt);
  }
  if (unit_.cuts) {
    cuts_ = std::make_unique<Dram>(unit_.cuts->axi, plan_.memory.dram, plan_.stall, salt + 100);
    cuts_->range(CUTS, size_t(unit_.cuts->bytes), 0, true, true);
    if (unit_.cuts->base) *unit_.cuts->base = CUTS;
  }
  if (plan_.tables) {
    if (!unit_.host) throw std::runtime_error(unit_.name + " has no registers for tables");
    tables_ = readTables(plan_.vectors + "/" + unit_.name + ".tables");
  }
  if (unit_.host) {
    lite_ = std::make_unique<Lite>(*unit_.host, [this] {
      if (unit_.software) {
        step();
      } else {
        edge(0);
        edge(1);
      }
    });
  }
  counts_.assign(unit_.linkNames.size(), LinkCount{});
  from_ = to_ = counts_;
  cycle_ = quiet_ = fromCycle_ = toCycle_ = 0;
}

void Run::edge(int level) {
  *unit_.clk = uint8_t(level);
  model_.eval();
  if (trace_) model_.dump(time_);
  time_++;
}

void Run::reset() {
  for (Stream& stream : streams_) stream.quiet();
  if (memory_) memory_->quiet();
  if (cuts_) cuts_->quiet();
  if (lite_) lite_->quiet();
  *unit_.rst = !unit_.resetActiveLow;
  for (int i = 0; i < RESET_CYCLES; i++) {
    edge(0);
    edge(1);
  }
  *unit_.rst = unit_.resetActiveLow;
  edge(0);
  edge(1);
  if (unit_.software) return;
  for (const TableWrite& write : tables_) {
    if (!lite_->write(write.address, write.value)) throw std::runtime_error("a table is refused");
  }
}

bool Run::cycle() {
  for (Stream& stream : streams_) stream.prepare();
  if (memory_) memory_->prepare(cycle_);
  if (cuts_) cuts_->prepare(cycle_);
  observe();
  std::vector<uint8_t> before = handshakes_;
  edge(0);
  observe();
  if (before != handshakes_ && combinational_ < 0) combinational_ = int64_t(cycle_);
  bool moved = false;
  for (Stream& stream : streams_) moved |= stream.sample(cycle_);
  if (memory_) moved |= memory_->sample(cycle_);
  if (cuts_) moved |= cuts_->sample(cycle_);
  moved |= count();
  edge(1);
  cycle_++;
  return moved;
}

void Run::observe() {
  handshakes_.clear();
  for (const Port& port : unit_.ports) {
    if (port.role == Role::SOURCE) handshakes_.push_back(*port.ready);
    if (port.role == Role::SINK) handshakes_.push_back(*port.valid);
  }
  if (memory_) memory_->observe(handshakes_);
  if (cuts_) cuts_->observe(handshakes_);
}

bool Run::count() {
  bool moved = false;
  for (size_t i = 0; i < counts_.size(); i++) {
    bool valid = bit(unit_.linkValid, i);
    bool ready = bit(unit_.linkReady, i);
    counts_[i].moved += valid && ready;
    counts_[i].blocked += valid && !ready;
    counts_[i].starved += ready && !valid;
    moved |= valid && ready;
  }
  return moved;
}

void Run::snapshot() {
  // The window of the counters: from the end of the first frame to the end of the last.
  const std::vector<uint64_t>* ends = memory_ ? &memory_->ends() : nullptr;
  for (const Stream& stream : streams_) {
    if (!ends && stream.port().role == Role::SINK) ends = &stream.frameEnds();
  }
  if (!ends || ends->empty() || ends->back() + 1 != cycle_) return;
  bool first = ends->size() == 1 && plan_.frames > 1;
  (first ? from_ : to_) = counts_;
  (first ? fromCycle_ : toCycle_) = cycle_;
}

int64_t Run::progress() const {
  return memory_ ? memory_->dram().readBeats() : streams_.front().beats();
}

bool Run::settled() const {
  for (const Stream& stream : streams_) {
    if (!stream.finished()) return false;
  }
  return !memory_ || memory_->finished();
}

bool Run::step() {
  quiet_ = cycle() ? 0 : quiet_ + 1;
  snapshot();
  hung_ = quiet_ > plan_.watchdog;
  return !hung_;
}

void Run::software(const std::function<bool()>& step) {
  Session session{*lite_, *memory_, tables_, cuts_.get(), CUTS, plan_.softReset, step, {}};
  unit_.software(session);
  crcs_ = session.crcs;
  events_ = session.events;
}

void Run::execute() {
  auto start = std::chrono::steady_clock::now();
  if (plan_.resetAfter > 0) {
    open(plan_.frames);
    reset();
    auto before = [this] { return step() && progress() < plan_.resetAfter && !settled(); };
    if (unit_.software) {
      software(before);
    } else {
      while (before()) {
      }
    }
    hung_ = false;
  }
  open(plan_.frames);
  reset();
  if (unit_.software) {
    software([this] { return step(); });
  } else {
    while (!settled() && step()) {
    }
  }
  for (int i = 0; i < SETTLE_CYCLES && !hung_; i++) cycle();
  for (Stream& stream : streams_) stream.abandon(cycle_);
  if (memory_) memory_->finish(cycle_);
  if (toCycle_ < fromCycle_) {
    to_ = from_;
    toCycle_ = fromCycle_;
  }
  seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void Run::writeFiles() const {
  for (const Stream& stream : streams_) {
    std::string base = plan_.vectors + "/" + unit_.name + "_" + stream.port().name;
    if (plan_.record) writeFile(base + ".times", stream.times());
    if (plan_.capture && stream.port().role == Role::SINK) {
      writeFile(base + ".out", stream.captured());
    }
  }
  if (memory_ && plan_.capture) {
    writeFile(plan_.vectors + "/" + unit_.name + "_out0.out", memory_->captured());
  }
}

}  // namespace tessera
