#include "memory.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace tessera {
namespace {

constexpr uint64_t MARGIN = 4096;
constexpr uint8_t SLVERR = 2;
constexpr uint8_t UNTOUCHED = 0xa5;
constexpr size_t MOST_OPEN = 16;  // bursts that wait in the memory

}  // namespace

Memory::Memory(const MemoryPins& pins, const MemoryPlan& plan, const std::string& source,
               const std::string& target, int64_t frames, double stall, uint64_t seed)
    : pins_(pins),
      plan_(plan),
      frames_(frames),
      source_(pictures(source, pins.channelsIn)),
      target_(pictures(target, pins.channelsOut)),
      from_(size_t(plan.source.slot * source_.size() + 2 * MARGIN), 0),
      to_(size_t(plan.target.slot * uint64_t(frames) + 2 * MARGIN), UNTOUCHED),
      fromBase_((plan.source.base & ~(MARGIN - 1)) - MARGIN),
      toBase_((plan.target.base & ~(MARGIN - 1)) - MARGIN),
      stallStart_(stall, seed + 1),
      stallAr_(stall, seed + 2),
      stallR_(stall, seed + 3),
      stallAw_(stall, seed + 4),
      stallW_(stall, seed + 5),
      stallB_(stall, seed + 6),
      random_(0.5, seed + 7),
      noisy_(stall > 0) {
  for (size_t n = 0; n < source_.size(); n++) {
    const Picture& p = source_[n];
    size_t row = size_t(p.width) * size_t(pins_.channelsIn);
    for (int y = 0; y < p.height; y++) {
      uint64_t at = plan_.source.base + n * plan_.source.slot + uint64_t(y) * plan_.source.pitch;
      std::memcpy(&from_[size_t(at - fromBase_)], &p.bytes[size_t(y) * row], row);
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
  *pins_.start = 0;
  *pins_.arready = *pins_.rvalid = *pins_.awready = *pins_.wready = *pins_.bvalid = 0;
}

void Memory::start() {
  if (startTaken_) *pins_.start = 0;
  startTaken_ = false;
  if (jobs_ >= frames_ || *pins_.start || stallStart_.pause()) return;
  const Picture& p = source_[size_t(jobs_) % source_.size()];
  *pins_.start = 1;
  *pins_.sourceBase =
      plan_.source.base + uint64_t(jobs_) % source_.size() * plan_.source.slot;
  *pins_.sourcePitch = plan_.source.pitch;
  *pins_.targetBase = plan_.target.base + uint64_t(jobs_) * plan_.target.slot;
  *pins_.targetPitch = plan_.target.pitch;
  if (pins_.width) {
    *pins_.width = uint16_t(p.width);
    *pins_.height = uint16_t(p.height);
  }
  if (pins_.bank) *pins_.bank = uint8_t(p.bank);
}

bool Memory::affordable() const { return plan_.rate <= 0 || budget_ >= double(pins_.bus); }

void Memory::charge() {
  if (plan_.rate > 0) budget_ -= double(pins_.bus);
}

void Memory::prepare(uint64_t cycle) {
  start();
  if (plan_.rate > 0) budget_ = std::min(budget_ + plan_.rate, 4.0 * double(pins_.bus));
  *pins_.arready = reads_.size() < MOST_OPEN && !stallAr_.pause();
  *pins_.awready = writes_.size() < MOST_OPEN && !stallAw_.pause();
  answer(cycle);
  *pins_.wready = !stallW_.pause() && affordable();
}

void Memory::answer(uint64_t cycle) {
  // What was offered stays until it is taken.
  if (!readShown_) {
    bool show = !reads_.empty() && reads_.front().due <= cycle && !stallR_.pause() && affordable();
    *pins_.rvalid = show;
    if (show) {
      charge();
      const Burst& burst = reads_.front();
      uint64_t at = burst.address + uint64_t(readWord_) * pins_.bus;
      std::memcpy(pins_.rdata, &from_[size_t(at - fromBase_)], pins_.bus);
      *pins_.rresp = readBeats_ + 1 == plan_.failing ? SLVERR : 0;
      *pins_.rlast = readWord_ + 1 == burst.words;
      readShown_ = true;
    }
  }
  if (!responseShown_) {
    bool show = !responses_.empty() && responses_.front() <= cycle && !stallB_.pause();
    *pins_.bvalid = show;
    *pins_.bresp = responded_ + 1 == plan_.failing ? SLVERR : 0;
    responseShown_ = show;
  }
}

uint64_t Memory::due(uint64_t cycle) {
  uint64_t more = noisy_ ? random_.draw() % uint64_t(plan_.latency + 1) : 0;
  return cycle + uint64_t(plan_.latency) + more;
}

void Memory::violate(const std::string& what) {
  if (violation_.empty()) violation_ = what;
}

void Memory::check(const char* channel, uint64_t address, int words) {
  uint64_t last = address + uint64_t(words) * pins_.bus - 1;
  bool reading = channel[0] == 'r';
  uint64_t base = reading ? fromBase_ : toBase_;
  uint64_t size = reading ? from_.size() : to_.size();
  std::string burst = std::string(channel) + " burst of " + std::to_string(words) + " at " +
                      std::to_string(address);
  if (address % pins_.bus != 0) violate(burst + " is not aligned");
  if (address / 4096 != last / 4096) violate(burst + " crosses 4 KiB");
  if (words > pins_.most) violate(burst + " is too long");
  if (address < base || last >= base + size) {
    throw std::runtime_error(burst + " lies outside of the memory");
  }
  bursts_++;
}

bool Memory::sample(uint64_t cycle) {
  bool moved = false;
  if (*pins_.start && *pins_.startReady) {
    starts_.push_back(cycle);
    jobs_++;
    startTaken_ = true;
    moved = true;
  }
  if (*pins_.arvalid && *pins_.arready) {
    check("read", *pins_.araddr, *pins_.arlen + 1);
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
    if (int64_t(firsts_.size()) == int64_t(ends_.size())) firsts_.push_back(cycle);
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
    check("write", *pins_.awaddr, *pins_.awlen + 1);
    writes_.push_back({*pins_.awaddr, *pins_.awlen + 1, cycle});
    moved = true;
  }
  if (*pins_.bvalid && *pins_.bready) {
    responseShown_ = false;
    responded_++;
    responses_.pop_front();
    moved = true;
  }
  if (*pins_.done) {
    if (!responses_.empty() || writeWord_ != 0) violate("a frame is done before its responses");
    compare(int64_t(ends_.size()), cycle);
    ends_.push_back(cycle);
    moved = true;
  }
  return moved;
}

void Memory::store() {
  Burst& burst = writes_.front();
  uint64_t at = burst.address + uint64_t(writeWord_) * pins_.bus;
  const uint8_t* data = static_cast<const uint8_t*>(pins_.wdata);
  const uint8_t* strobe = static_cast<const uint8_t*>(pins_.wstrb);
  for (size_t i = 0; i < pins_.bus; i++) {
    if (strobe[i / 8] >> (i % 8) & 1) to_[size_t(at - toBase_) + i] = data[i];
  }
  bool last = ++writeWord_ == burst.words;
  if (last != bool(*pins_.wlast)) violate("WLAST does not mark the last word of a burst");
  if (last) {
    writeWord_ = 0;
    writes_.pop_front();
  }
}

void Memory::compare(int64_t frame, uint64_t cycle) {
  if (frame >= frames_) {
    violate("more frames are done than were started");
    return;
  }
  const Picture& p = target_[size_t(frame) % target_.size()];
  uint64_t row = uint64_t(p.width) * uint64_t(pins_.channelsOut);
  for (int y = 0; y < p.height; y++) {
    uint64_t at = plan_.target.base + uint64_t(frame) * plan_.target.slot +
                  uint64_t(y) * plan_.target.pitch - toBase_;
    for (uint64_t i = 0; i < plan_.target.pitch; i++) {
      uint8_t expected = i < row ? p.bytes[size_t(uint64_t(y) * row + i)] : UNTOUCHED;
      if (to_[size_t(at + i)] == expected || mismatches_++ > 0) continue;
      first_ = Mismatch{i < row ? "data" : "surplus",
                        int64_t(uint64_t(y) * row + i),
                        frame,
                        y,
                        int(i / uint64_t(pins_.channelsOut)),
                        int(i % uint64_t(pins_.channelsOut)),
                        expected,
                        to_[size_t(at + i)],
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
  for (const uint8_t* pin : {pins_.startReady, pins_.arvalid, pins_.rready, pins_.awvalid,
                             pins_.wvalid, pins_.bready}) {
    handshakes.push_back(*pin);
  }
}

std::vector<int32_t> Memory::captured() const {
  std::vector<int32_t> values;
  for (int64_t n = 0; n < int64_t(ends_.size()) && n < frames_; n++) {
    const Picture& p = target_[size_t(n) % target_.size()];
    for (int y = 0; y < p.height; y++) {
      uint64_t at = plan_.target.base + uint64_t(n) * plan_.target.slot +
                    uint64_t(y) * plan_.target.pitch - toBase_;
      const uint8_t* row = &to_[size_t(at)];
      values.insert(values.end(), row, row + p.width * pins_.channelsOut);
    }
  }
  return values;
}

}  // namespace tessera
