// A DRAM behind an AXI4 port: random latency and back-pressure, a limit on its bandwidth, counters,
// and the rules of the protocol.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "stream.hpp"

namespace tessera {

// Where frames lie; frame n begins n slots behind the base.
struct Region {
  uint64_t base = 0;
  uint32_t pitch = 0;  // bytes from row to row
  uint64_t slot = 0;   // bytes from frame to frame, a multiple of 4 KiB
};

// How the memory behaves.
struct MemoryPlan {
  Region source;
  Region target;
  int64_t latency = 20;  // cycles to the first word of a read and to the response of a write
  int64_t failing = 0;   // this word read and this response, from 1, are errors; 0: none is
  double rate = 0;       // bytes per cycle in both directions together; 0: no limit
};

class Memory {
 public:
  Memory(const MemoryPins& pins, const MemoryPlan& plan, const std::string& source,
         const std::string& target, int64_t frames, double stall, uint64_t seed);

  void quiet();                  // pins for the time of a reset
  void prepare(uint64_t cycle);  // pins for the coming clock edge
  bool sample(uint64_t cycle);   // whether the coming edge moves anything
  void finish(uint64_t cycle);   // compares what lies in memory
  void observe(std::vector<uint8_t>& handshakes) const;

  bool finished() const { return int64_t(ends_.size()) >= frames_; }
  int64_t readBeats() const { return readBeats_; }
  const std::vector<uint64_t>& starts() const { return starts_; }  // frames handed over
  const std::vector<uint64_t>& firsts() const { return firsts_; }  // first words written
  const std::vector<uint64_t>& ends() const { return ends_; }      // frames done
  uint64_t readBytes() const { return uint64_t(readBeats_) * pins_.bus; }
  uint64_t writeBytes() const { return uint64_t(writeBeats_) * pins_.bus; }
  uint64_t bursts() const { return bursts_; }
  int64_t mismatches() const { return mismatches_; }
  const Mismatch& mismatch() const { return first_; }
  const std::string& violation() const { return violation_; }
  int64_t frames() const { return frames_; }
  std::vector<int32_t> captured() const;

 private:
  struct Picture {
    int width;
    int height;
    int bank;
    std::vector<uint8_t> bytes;
  };
  struct Burst {
    uint64_t address;
    int words;
    uint64_t due;
  };

  std::vector<Picture> pictures(const std::string& file, int channels) const;
  void start();
  void answer(uint64_t cycle);
  void check(const char* channel, uint64_t address, int words);
  void violate(const std::string& what);
  uint64_t due(uint64_t cycle);
  bool affordable() const;  // whether the limit leaves a word
  void charge();            // for a word that moves
  void store();
  void compare(int64_t frame, uint64_t cycle);

  const MemoryPins pins_;
  const MemoryPlan plan_;
  int64_t frames_;
  std::vector<Picture> source_;
  std::vector<Picture> target_;
  std::vector<uint8_t> from_;  // memory behind plan_.source, with a margin on both sides
  std::vector<uint8_t> to_;
  uint64_t fromBase_;
  uint64_t toBase_;
  Staller stallStart_, stallAr_, stallR_, stallAw_, stallW_, stallB_, random_;
  bool noisy_;
  std::deque<Burst> reads_;
  std::deque<Burst> writes_;
  std::deque<uint64_t> responses_;
  int readWord_ = 0;
  int writeWord_ = 0;
  double budget_ = 0;
  bool readShown_ = false;
  bool startTaken_ = false;
  bool responseShown_ = false;
  int64_t jobs_ = 0;
  int64_t readBeats_ = 0;
  int64_t writeBeats_ = 0;
  int64_t responded_ = 0;
  uint64_t bursts_ = 0;
  std::vector<uint64_t> starts_;
  std::vector<uint64_t> firsts_;
  std::vector<uint64_t> ends_;
  int64_t mismatches_ = 0;
  Mismatch first_{};
  std::string violation_;
};

}  // namespace tessera
