#include "memory.hpp"

#include <cstring>
#include <fstream>
#include <stdexcept>

namespace tessera {
namespace {

constexpr uint64_t MARGIN = 4096;  // behind and before what is used
constexpr uint8_t UNTOUCHED = 0xa5;

}  // namespace

Memory::Memory(const MemoryPins& pins, const MemoryPlan& plan, const std::string& source,
               const std::string& target, int64_t frames, double stall, uint64_t seed)
    : pins_(pins),
      plan_(plan),
      frames_(frames),
      source_(pictures(source, pins.channelsIn)),
      target_(pictures(target, pins.channelsOut)),
      dram_(pins.axi, plan.dram, stall, seed),
      stallStart_(stall, seed + 1) {
  uint64_t sources = plan.source.slot * source_.size();
  uint64_t targets = plan.target.slot * uint64_t(frames);
  dram_.range((plan.source.base & ~(MARGIN - 1)) - MARGIN, size_t(sources + 2 * MARGIN), 0, true,
              false);
  dram_.range((plan.target.base & ~(MARGIN - 1)) - MARGIN, size_t(targets + 2 * MARGIN), UNTOUCHED,
              false, true);
  for (size_t n = 0; n < source_.size(); n++) {
    const Picture& p = source_[n];
    size_t row = size_t(p.width) * size_t(pins_.channelsIn);
    for (int y = 0; y < p.height; y++) {
      uint64_t at = plan_.source.base + n * plan_.source.slot + uint64_t(y) * plan_.source.pitch;
      std::memcpy(dram_.at(at), &p.bytes[size_t(y) * row], row);
    }
  }
}

std::vector<Memory::Picture> Memory::pictures(const std::string& file, int channels) const {
  std::ifstream sizes(file + ".sizes");
  std::ifstream values(file + ".bin", std::ios::binary);
  std::vector<Picture> all;
  Picture next;
  while (sizes >> next.width >> next.height >> next.bank) {
    std::vector<int32_t> codes(size_t(next.width) * size_t(next.height) * size_t(channels));
    values.read(reinterpret_cast<char*>(codes.data()),
                std::streamsize(codes.size() * sizeof(int32_t)));
    next.bytes.assign(codes.begin(), codes.end());
    all.push_back(next);
  }
  if (all.empty() || !values) throw std::runtime_error(file + " does not hold whole frames");
  return all;
}

void Memory::quiet() {
  if (pins_.sourceBase) *pins_.start = 0;
  dram_.quiet();
}

Job Memory::job(int64_t frame) const {
  size_t n = size_t(frame) % source_.size();
  const Picture& p = source_[n];
  return Job{plan_.source.base + n * plan_.source.slot,
             plan_.source.pitch,
             plan_.target.base + uint64_t(frame) * plan_.target.slot,
             plan_.target.pitch,
             uint32_t(p.width),
             uint32_t(p.height),
             uint32_t(p.bank)};
}

void Memory::restart() {
  jobs_ = 0;
  starts_.clear();
  firsts_.clear();
  ends_.clear();
  dram_.restart();
}

void Memory::start() {
  if (!pins_.sourceBase) return;
  if (startTaken_) *pins_.start = 0;
  startTaken_ = false;
  if (jobs_ >= frames_ || *pins_.start || stallStart_.pause()) return;
  Job next = job(jobs_);
  *pins_.start = 1;
  *pins_.sourceBase = next.source;
  *pins_.sourcePitch = next.sourcePitch;
  *pins_.targetBase = next.target;
  *pins_.targetPitch = next.targetPitch;
  if (pins_.width) {
    *pins_.width = uint16_t(next.width);
    *pins_.height = uint16_t(next.height);
  }
  if (pins_.bank) *pins_.bank = uint8_t(next.bank);
}

void Memory::prepare(uint64_t cycle) {
  start();
  dram_.prepare(cycle);
}

bool Memory::sample(uint64_t cycle) {
  bool moved = false;
  if (*pins_.start && *pins_.startReady) {
    starts_.push_back(cycle);
    jobs_++;
    startTaken_ = true;
    moved = true;
  }
  moved |= dram_.sample(cycle);
  if (dram_.wrote() && firsts_.size() == ends_.size()) firsts_.push_back(cycle);
  if (*pins_.done) {
    if (!dram_.settled()) dram_.violate("a frame is done before its responses");
    compare(int64_t(ends_.size()), cycle);
    ends_.push_back(cycle);
    moved = true;
  }
  return moved;
}

void Memory::compare(int64_t frame, uint64_t cycle) {
  if (frame >= frames_) {
    dram_.violate("more frames are done than were started");
    return;
  }
  const Picture& p = target_[size_t(frame) % target_.size()];
  uint64_t row = uint64_t(p.width) * uint64_t(pins_.channelsOut);
  for (int y = 0; y < p.height; y++) {
    uint64_t at = plan_.target.base + uint64_t(frame) * plan_.target.slot +
                  uint64_t(y) * plan_.target.pitch;
    for (uint64_t i = 0; i < plan_.target.pitch; i++) {
      uint8_t expected = i < row ? p.bytes[size_t(uint64_t(y) * row + i)] : UNTOUCHED;
      if (*dram_.at(at + i) == expected || mismatches_++ > 0) continue;
      first_ = Mismatch{i < row ? "data" : "surplus",
                        int64_t(uint64_t(y) * row + i),
                        frame,
                        y,
                        int(i / uint64_t(pins_.channelsOut)),
                        int(i % uint64_t(pins_.channelsOut)),
                        expected,
                        *dram_.at(at + i),
                        cycle};
    }
  }
}

void Memory::finish(uint64_t cycle) {
  if (!finished() && mismatches_ == 0) {
    mismatches_ = 1;
    first_ = Mismatch{"missing", 0, int64_t(ends_.size()), 0, 0, 0, 0, 0, cycle};
  }
}

void Memory::observe(std::vector<uint8_t>& handshakes) const {
  handshakes.push_back(*pins_.startReady);
  dram_.observe(handshakes);
}

std::vector<int32_t> Memory::captured() {
  std::vector<int32_t> values;
  for (int64_t n = 0; n < int64_t(ends_.size()) && n < frames_; n++) {
    const Picture& p = target_[size_t(n) % target_.size()];
    for (int y = 0; y < p.height; y++) {
      uint64_t at = plan_.target.base + uint64_t(n) * plan_.target.slot +
                    uint64_t(y) * plan_.target.pitch;
      const uint8_t* row = dram_.at(at);
      values.insert(values.end(), row, row + p.width * pins_.channelsOut);
    }
  }
  return values;
}

}  // namespace tessera
