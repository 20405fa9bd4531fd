// Drivers and monitors of single streams.
#pragma once

#include <string>
#include <vector>

#include "model.hpp"

namespace tessera {

// Where the beats of a frame lie, and their number.
struct FrameBeats {
  int width;
  int height;
  int bank;  // of its tables
  int64_t from;
  int64_t perRow;
  int64_t count;
};

// The beats of a few frames, packed as they appear on the bus.
class Vectors {
 public:
  // Reads <base>.sizes, a line of width, height and bank of tables per frame, and <base>.bin, little-endian 32-bit
  // values in stream order (rows, columns, channels).
  Vectors(const Shape& shape, const std::string& base);

  // Frame of a run; the frames repeat.
  const FrameBeats& frame(int64_t index) const { return frames_[size_t(index) % frames_.size()]; }
  const uint32_t* beat(const FrameBeats& frame, int64_t index) const {
    return &packed_[size_t(frame.from + index) * words_];
  }
  // Bits that carry values; the last beat of a position may be partly filled.
  const uint32_t* mask(int64_t index) const {
    return &mask_[size_t(index % masks_) * words_];
  }
  size_t words() const { return words_; }

 private:
  void readSizes(const Shape& shape, const std::string& file);

  size_t words_;
  int64_t masks_;
  std::vector<FrameBeats> frames_;
  std::vector<uint32_t> packed_;
  std::vector<uint32_t> mask_;
};

// Decides when a port pauses.
class Staller {
 public:
  Staller(double probability, uint64_t seed)
      : threshold_(uint64_t(probability * 4294967296.0)), state_(seed * 2 + 1) {}
  bool pause();
  uint64_t draw() { return next(); }  // any number

 private:
  uint64_t next();

  uint64_t threshold_;
  uint64_t state_;
  int remaining_ = 0;
};

// The first wrong value of a stream.
struct Mismatch {
  std::string field;  // "data", "tuser", "tlast", "surplus" (behind the last frame) or "missing"
  int64_t beat;
  int64_t frame;
  int row;
  int column;
  int channel;
  int64_t expected;
  int64_t actual;
  uint64_t cycle;
};

// One port during one run.
class Stream {
 public:
  Stream(const Port& port, const Vectors& vectors, int64_t frames, Staller staller, bool record,
         bool capture);

  void quiet();                // pins for the time of a reset
  void prepare();              // pins for the coming clock edge
  bool sample(uint64_t cycle);  // whether the coming edge transfers a beat
  void abandon(uint64_t cycle);  // nothing will come any more

  bool finished() const { return beats_ >= total_; }
  const Port& port() const { return *port_; }
  int64_t beats() const { return beats_; }
  int64_t total() const { return total_; }
  int64_t mismatches() const { return mismatches_; }
  const Mismatch& mismatch() const { return first_; }
  const std::vector<uint64_t>& frameStarts() const { return frameStarts_; }
  const std::vector<uint64_t>& frameEnds() const { return frameEnds_; }
  const std::vector<uint64_t>& times() const { return times_; }
  const std::vector<int32_t>& captured() const { return captured_; }

 private:
  void drive();
  const FrameBeats& frame() const { return vectors_->frame(frame_); }
  const uint32_t* expected() const { return vectors_->beat(frame(), inFrame_); }
  void check(uint64_t cycle);
  void compareLanes(const uint32_t* actual, uint64_t cycle);
  void compareFlag(const char* field, const uint8_t* pin, bool expected, uint64_t cycle);
  void report(const char* field, int lane, int64_t expected, int64_t actual, uint64_t cycle);
  int64_t lane(const uint32_t* words, int index) const;

  const Port* port_;
  const Vectors* vectors_;
  int64_t total_ = 0;
  Staller staller_;
  bool record_;
  bool capture_;
  bool taken_ = false;
  int64_t beats_ = 0;
  int64_t frame_ = 0;
  int64_t inFrame_ = 0;
  int64_t mismatches_ = 0;
  Mismatch first_{};
  std::vector<uint32_t> bus_;
  std::vector<uint64_t> frameStarts_;
  std::vector<uint64_t> frameEnds_;
  std::vector<uint64_t> times_;
  std::vector<int32_t> captured_;
};

}  // namespace tessera
