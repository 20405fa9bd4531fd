// Frames in a DRAM: what a memory top is told to read, and what it must have written.
#pragma once

#include <string>
#include <vector>

#include "dram.hpp"

namespace tessera {

// Where frames lie; frame n begins n slots behind the base.
struct Region {
  uint64_t base = 0;
  uint32_t pitch = 0;  // bytes from row to row
  uint64_t slot = 0;   // bytes from frame to frame, a multiple of 4 KiB
};

struct MemoryPlan {
  Region source;
  Region target;
  DramPlan dram;
};

// A frame as software orders it.
struct Job {
  uint64_t source;
  uint32_t sourcePitch;
  uint64_t target;
  uint32_t targetPitch;
  uint32_t width;
  uint32_t height;
  uint32_t bank;
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

  Job job(int64_t frame) const;
  void restart();  // the frames are ordered from the first one on again

  bool finished() const { return int64_t(ends_.size()) >= frames_; }
  const Dram& dram() const { return dram_; }
  Dram& dram() { return dram_; }
  const std::vector<uint64_t>& starts() const { return starts_; }  // frames handed over
  const std::vector<uint64_t>& firsts() const { return firsts_; }  // first words written
  const std::vector<uint64_t>& ends() const { return ends_; }      // frames done
  int64_t mismatches() const { return mismatches_; }
  const Mismatch& mismatch() const { return first_; }
  int64_t frames() const { return frames_; }
  std::vector<int32_t> captured();

 private:
  struct Picture {
    int width;
    int height;
    int bank;
    std::vector<uint8_t> bytes;
  };

  std::vector<Picture> pictures(const std::string& file, int channels) const;
  void start();
  void compare(int64_t frame, uint64_t cycle);

  const MemoryPins pins_;
  const MemoryPlan plan_;
  int64_t frames_;
  std::vector<Picture> source_;
  std::vector<Picture> target_;
  Dram dram_;
  Staller stallStart_;
  bool startTaken_ = false;
  int64_t jobs_ = 0;
  std::vector<uint64_t> starts_;
  std::vector<uint64_t> firsts_;
  std::vector<uint64_t> ends_;
  int64_t mismatches_ = 0;
  Mismatch first_{};
};

}  // namespace tessera
