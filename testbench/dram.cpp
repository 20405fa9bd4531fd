#include "dram.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace tessera {
namespace {

constexpr uint8_t SLVERR = 2;
constexpr int64_t OFFERED = 2;  // words that registers in front of the memory may hold
constexpr size_t MOST_OPEN = 16;  // bursts that wait in the memory

}  // namespace

Dram::Dram(const AxiPins& pins, const DramPlan& plan, double stall, uint64_t seed)
    : pins_(pins),
      plan_(plan),
      stallAr_(stall, seed + 2),
      stallR_(stall, seed + 3),
      stallAw_(stall, seed + 4),
      stallW_(stall, seed + 5),
      stallB_(stall, seed + 6),
      random_(0.5, seed + 7),
      noisy_(stall > 0) {}

void Dram::range(uint64_t base, size_t bytes, uint8_t fill, bool reads, bool writes) {
  ranges_.push_back({base, std::vector<uint8_t>(bytes, fill), reads, writes});
}

Dram::Range* Dram::find(uint64_t address) {
  for (Range& range : ranges_) {
    if (address >= range.base && address - range.base < range.bytes.size()) return &range;
  }
  return nullptr;
}

uint8_t* Dram::at(uint64_t address) {
  Range* range = find(address);
  if (!range) throw std::runtime_error("nothing lies at " + std::to_string(address));
  return &range->bytes[size_t(address - range->base)];
}

void Dram::quiet() {
  *pins_.arready = *pins_.rvalid = *pins_.awready = *pins_.wready = *pins_.bvalid = 0;
}

bool Dram::affordable() const { return plan_.rate <= 0 || budget_ >= double(pins_.bus); }

bool Dram::silent(uint64_t cycle) const {
  return int64_t(cycle) >= plan_.silentFrom && int64_t(cycle) < plan_.silentFrom + plan_.silentFor;
}

void Dram::endWriting() { allowed_ = OFFERED; }

void Dram::restart() {
  allowed_ = -1;
  readBefore_ = readBeats_;
  writtenBefore_ = writeBeats_;
}

void Dram::charge() {
  if (plan_.rate > 0) budget_ -= double(pins_.bus);
}

void Dram::prepare(uint64_t cycle) {
  if (plan_.rate > 0) budget_ = std::min(budget_ + plan_.rate, 4.0 * double(pins_.bus));
  bool speaks = !silent(cycle);
  *pins_.arready = speaks && reads_.size() < MOST_OPEN && !stallAr_.pause();
  *pins_.awready = speaks && writes_.size() < MOST_OPEN && !stallAw_.pause();
  answer(cycle);
  *pins_.wready = speaks && !stallW_.pause() && affordable();
}

void Dram::answer(uint64_t cycle) {
  // What was offered stays until it is taken.
  if (!readShown_) {
    bool show = !silent(cycle) && !reads_.empty() && reads_.front().due <= cycle && !stallR_.pause() && affordable();
    *pins_.rvalid = show;
    if (show) {
      charge();
      const Burst& burst = reads_.front();
      std::memcpy(pins_.rdata, at(burst.address + uint64_t(readWord_) * pins_.bus), pins_.bus);
      *pins_.rresp = readBeats_ + 1 == plan_.failing ? SLVERR : 0;
      *pins_.rlast = readWord_ + 1 == burst.words;
      readShown_ = true;
    }
  }
  if (!responseShown_) {
    bool show = !silent(cycle) && !responses_.empty() && responses_.front() <= cycle && !stallB_.pause();
    *pins_.bvalid = show;
    *pins_.bresp = responded_ + 1 == plan_.failing ? SLVERR : 0;
    responseShown_ = show;
  }
}

uint64_t Dram::due(uint64_t cycle) {
  uint64_t more = noisy_ ? random_.draw() % uint64_t(plan_.latency + 1) : 0;
  return cycle + uint64_t(plan_.latency) + more;
}

void Dram::violate(const std::string& what) {
  if (violation_.empty()) violation_ = what;
}

void Dram::check(bool reading, uint64_t address, int words) {
  uint64_t last = address + uint64_t(words) * pins_.bus - 1;
  std::string burst = std::string(reading ? "read" : "write") + " burst of " +
                      std::to_string(words) + " at " + std::to_string(address);
  if (address % pins_.bus != 0) violate(burst + " is not aligned");
  if (address / 4096 != last / 4096) violate(burst + " crosses 4 KiB");
  if (words > pins_.most) violate(burst + " is too long");
  const Range* range = find(address);
  bool inside = range && last - range->base < range->bytes.size() &&
                (reading ? range->reads : range->writes);
  if (!inside) throw std::runtime_error(burst + " lies outside of the memory");
  bursts_++;
}

bool Dram::sample(uint64_t cycle) {
  bool moved = false;
  wrote_ = false;
  if (*pins_.arvalid && *pins_.arready) {
    check(true, *pins_.araddr, *pins_.arlen + 1);
    reads_.push_back({*pins_.araddr, *pins_.arlen + 1, due(cycle)});
    moved = true;
  }
  if (*pins_.rvalid && *pins_.rready) {
    readShown_ = false;
    readBeats_++;
    if (++readWord_ == reads_.front().words) {
      readWord_ = 0;
      reads_.pop_front();
    }
    moved = true;
  }
  if (*pins_.wvalid && *pins_.wready) {
    charge();
    wrote_ = true;
    if (writes_.empty()) {
      violate("a word is written before its address");
    } else {
      store();
      if (writeWord_ == 0) responses_.push_back(due(cycle));
    }
    writeBeats_++;
    moved = true;
  }
  if (*pins_.awvalid && *pins_.awready) {
    check(false, *pins_.awaddr, *pins_.awlen + 1);
    writes_.push_back({*pins_.awaddr, *pins_.awlen + 1, cycle});
    moved = true;
  }
  if (*pins_.bvalid && *pins_.bready) {
    responseShown_ = false;
    responded_++;
    responses_.pop_front();
    moved = true;
  }
  return moved;
}

void Dram::store() {
  Burst& burst = writes_.front();
  uint8_t* to = at(burst.address + uint64_t(writeWord_) * pins_.bus);
  const uint8_t* data = static_cast<const uint8_t*>(pins_.wdata);
  const uint8_t* strobe = static_cast<const uint8_t*>(pins_.wstrb);
  bool changes = false;
  for (size_t i = 0; i < pins_.bus; i++) {
    bool kept = strobe[i / 8] >> (i % 8) & 1;
    changes |= kept;
    if (kept) to[i] = data[i];
  }
  if (changes && allowed_ == 0) violate("a word behind a reset changes the memory");
  if (changes && allowed_ > 0) allowed_--;
  bool last = ++writeWord_ == burst.words;
  if (last != bool(*pins_.wlast)) violate("WLAST does not mark the last word of a burst");
  if (last) {
    writeWord_ = 0;
    writes_.pop_front();
  }
}

void Dram::observe(std::vector<uint8_t>& handshakes) const {
  for (const uint8_t* pin :
       {pins_.arvalid, pins_.rready, pins_.awvalid, pins_.wvalid, pins_.bready}) {
    handshakes.push_back(*pin);
  }
}

}  // namespace tessera
