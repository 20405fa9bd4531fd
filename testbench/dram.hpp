// A DRAM behind an AXI4 port: random latency and back-pressure, a limit on its bandwidth, counters,
// and the rules of the protocol.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "stream.hpp"

namespace tessera {

// How a memory behaves.
struct DramPlan {
  int64_t latency = 20;  // cycles to the first word of a read and to the response of a write
  int64_t failing = 0;   // this word read and this response, from 1, are errors; 0: none is
  int64_t silentFrom = 0;  // cycle from which nothing is taken or answered
  int64_t silentFor = 0;   // for so many
  double rate = 0;       // bytes per cycle in both directions together; 0: no limit
};

class Dram {
 public:
  Dram(const AxiPins& pins, const DramPlan& plan, double stall, uint64_t seed);

  // A range of addresses, filled with one value; bursts outside of all of them end the run.
  void range(uint64_t base, size_t bytes, uint8_t fill, bool reads, bool writes);
  uint8_t* at(uint64_t address);

  void quiet();                  // pins for the time of a reset
  void prepare(uint64_t cycle);  // pins for the coming clock edge
  bool sample(uint64_t cycle);   // whether the coming edge moves anything
  void observe(std::vector<uint8_t>& handshakes) const;
  void violate(const std::string& what);

  bool wrote() const { return wrote_; }  // whether a word came with the last edge
  bool settled() const { return responses_.empty() && writeWord_ == 0; }
  bool idle() const { return reads_.empty() && writes_.empty() && responses_.empty(); }
  void restart();     // words are counted anew
  void endWriting();  // until then: only what is offered already may still change the memory
  int64_t readBeats() const { return readBeats_ - readBefore_; }
  int64_t writeBeats() const { return writeBeats_ - writtenBefore_; }
  uint64_t readBytes() const { return uint64_t(readBeats()) * pins_.bus; }
  uint64_t writeBytes() const { return uint64_t(writeBeats()) * pins_.bus; }
  uint64_t bursts() const { return bursts_; }
  const std::string& violation() const { return violation_; }

 private:
  struct Range {
    uint64_t base;
    std::vector<uint8_t> bytes;
    bool reads;
    bool writes;
  };
  struct Burst {
    uint64_t address;
    int words;
    uint64_t due;
  };

  Range* find(uint64_t address);
  void answer(uint64_t cycle);
  void check(bool reading, uint64_t address, int words);
  uint64_t due(uint64_t cycle);
  bool silent(uint64_t cycle) const;
  bool affordable() const;  // whether the limit leaves a word
  void charge();            // for a word that moves
  void store();

  const AxiPins pins_;
  const DramPlan plan_;
  std::vector<Range> ranges_;
  Staller stallAr_, stallR_, stallAw_, stallW_, stallB_, random_;
  bool noisy_;
  std::deque<Burst> reads_;
  std::deque<Burst> writes_;
  std::deque<uint64_t> responses_;
  int readWord_ = 0;
  int writeWord_ = 0;
  double budget_ = 0;
  bool readShown_ = false;
  bool responseShown_ = false;
  bool wrote_ = false;
  int64_t readBeats_ = 0;
  int64_t writeBeats_ = 0;
  int64_t allowed_ = -1;  // words that may still change the memory; -1: any
  int64_t readBefore_ = 0;
  int64_t writtenBefore_ = 0;
  int64_t responded_ = 0;
  uint64_t bursts_ = 0;
  std::string violation_;
};

}  // namespace tessera
