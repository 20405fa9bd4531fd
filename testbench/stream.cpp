#include "stream.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace tessera {
namespace {

void deposit(uint32_t* words, int offset, int bits, uint32_t value) {
  for (int done = 0; done < bits;) {
    int at = (offset + done) % 32;
    int part = std::min(bits - done, 32 - at);
    uint32_t field = part == 32 ? ~0u : (1u << part) - 1;
    words[(offset + done) / 32] |= ((value >> done) & field) << at;
    done += part;
  }
}

std::vector<int32_t> readValues(const std::string& file) {
  std::FILE* in = std::fopen(file.c_str(), "rb");
  if (!in) throw std::runtime_error("cannot read " + file);
  std::vector<int32_t> values;
  std::vector<int32_t> block(1 << 16);
  while (size_t n = std::fread(block.data(), sizeof(int32_t), block.size(), in)) {
    values.insert(values.end(), block.begin(), block.begin() + n);
  }
  std::fclose(in);
  return values;
}

}  // namespace

void Vectors::readSizes(const Shape& shape, const std::string& file) {
  std::ifstream in(file);
  int64_t from = 0;
  for (int width = 0, height = 0, bank = 0; in >> width >> height >> bank;) {
    if (width < 1 || height < 1 || width % shape.positions != 0) {
      throw std::runtime_error(file + " holds a size that is none");
    }
    int64_t perRow = int64_t(width) / shape.positions * shape.beatsPerPosition();
    frames_.push_back(FrameBeats{width, height, bank, from, perRow, perRow * height});
    from += perRow * height;
  }
  if (frames_.empty()) throw std::runtime_error("cannot read " + file);
}

Vectors::Vectors(const Shape& shape, const std::string& base)
    : words_(size_t(shape.busBits() + 63) / 64 * 2), masks_(shape.beatsPerPosition()) {
  readSizes(shape, base + ".sizes");
  std::vector<int32_t> values = readValues(base + ".bin");
  int64_t wanted = 0;
  for (const FrameBeats& frame : frames_) {
    wanted += int64_t(frame.width) * frame.height * shape.channels;
  }
  if (int64_t(values.size()) != wanted) {
    throw std::runtime_error(base + ".bin does not hold the frames of its sizes");
  }
  int64_t beats = frames_.back().from + frames_.back().count;
  packed_.resize(size_t(beats) * words_);
  mask_.resize(size_t(masks_) * words_);
  size_t next = 0;
  for (int64_t beat = 0; beat < beats; beat++) {
    int used = std::min(shape.lanes, shape.channels - int(beat % masks_) * shape.lanes);
    for (int position = 0; position < shape.positions; position++) {
      for (int lane = 0; lane < used; lane++) {
        int offset = (position * shape.lanes + lane) * shape.bits;
        deposit(&packed_[size_t(beat) * words_], offset, shape.bits, uint32_t(values[next++]));
        if (beat < masks_) deposit(&mask_[size_t(beat) * words_], offset, shape.bits, ~0u);
      }
    }
  }
}

uint64_t Staller::next() {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return state_ >> 16;
}

bool Staller::pause() {
  if (threshold_ == 0) return false;
  if (remaining_ > 0) {
    remaining_--;
    return true;
  }
  if ((next() & 0xffffffffu) >= threshold_) return false;
  // Mostly single cycles, now and then a pause long enough to fill the buffers behind it.
  uint64_t kind = next() % 16;
  remaining_ = kind == 0 ? int(next() % 128) : kind < 4 ? int(next() % 8) : 0;
  return true;
}

Stream::Stream(const Port& port, const Vectors& vectors, int64_t frames, Staller staller,
               bool record, bool capture)
    : port_(&port),
      vectors_(&vectors),
      staller_(staller),
      record_(record),
      capture_(capture && port.role == Role::SINK),
      bus_(std::max(vectors.words(), port.bytes / 4 + 1)) {
  for (int64_t f = 0; f < frames; f++) total_ += vectors.frame(f).count;
}

void Stream::quiet() {
  if (port_->role == Role::SOURCE) *port_->valid = 0;
  if (port_->role == Role::SINK) *port_->ready = 0;
}

void Stream::prepare() {
  if (port_->role == Role::SINK) *port_->ready = !staller_.pause();
  if (port_->role != Role::SOURCE) return;
  if (taken_) *port_->valid = 0;
  taken_ = false;
  // A beat that was offered stays until it is taken.
  if (!*port_->valid && !finished() && !staller_.pause()) drive();
}

void Stream::drive() {
  std::memcpy(port_->data, expected(), port_->bytes);
  *port_->valid = 1;
  bool first = inFrame_ == 0;
  if (port_->first) *port_->first = first;
  if (port_->last) *port_->last = (inFrame_ + 1) % frame().perRow == 0;
  // At later beats nobody may look at the size.
  if (port_->columns) *port_->columns = first ? uint16_t(frame().width) : 0;
  if (port_->rows) *port_->rows = first ? uint16_t(frame().height) : 0;
  if (port_->bank) *port_->bank = first ? uint8_t(frame().bank) : 0;
}

bool Stream::sample(uint64_t cycle) {
  if (!*port_->valid || !*port_->ready) return false;
  bool due = !finished();  // a beat too many is no progress
  if (port_->role != Role::SOURCE) check(cycle);
  if (record_) times_.push_back(cycle);
  taken_ = true;
  if (inFrame_ == 0) frameStarts_.push_back(cycle);
  beats_++;
  if (++inFrame_ == frame().count) {
    frameEnds_.push_back(cycle);
    frame_++;
    inFrame_ = 0;
  }
  return due;
}

void Stream::abandon(uint64_t cycle) {
  if (port_->role == Role::SINK && !finished()) {
    report("missing", 0, lane(expected(), 0), 0, cycle);
  }
}

void Stream::check(uint64_t cycle) {
  if (finished()) {
    report("surplus", 0, 0, 0, cycle);
    return;
  }
  std::memcpy(bus_.data(), port_->data, port_->bytes);
  const uint32_t* wanted = expected();
  const uint32_t* mask = vectors_->mask(inFrame_);
  uint32_t difference = 0;
  for (size_t i = 0; i < vectors_->words(); i++) difference |= (bus_[i] ^ wanted[i]) & mask[i];
  if (difference || capture_) compareLanes(bus_.data(), cycle);
  compareFlag("tuser", port_->first, inFrame_ == 0, cycle);
  compareFlag("tlast", port_->last, (inFrame_ + 1) % frame().perRow == 0, cycle);
}

void Stream::compareLanes(const uint32_t* actual, uint64_t cycle) {
  const Shape& shape = port_->shape;
  int used = std::min(
      shape.lanes, shape.channels - int(inFrame_ % shape.beatsPerPosition()) * shape.lanes);
  for (int position = 0; position < shape.positions; position++) {
    for (int i = 0; i < used; i++) {
      int index = position * shape.lanes + i;
      int64_t got = lane(actual, index);
      int64_t want = lane(expected(), index);
      if (got != want) report("data", index, want, got, cycle);
      if (capture_) captured_.push_back(int32_t(got));
    }
  }
}

void Stream::compareFlag(const char* field, const uint8_t* pin, bool expected, uint64_t cycle) {
  if (pin && bool(*pin) != expected) report(field, 0, expected, *pin, cycle);
}

void Stream::report(const char* field, int lane, int64_t expected, int64_t actual,
                    uint64_t cycle) {
  if (mismatches_++ > 0) return;
  const Shape& shape = port_->shape;
  int64_t inRow = inFrame_ % frame().perRow;
  int64_t column = inRow / shape.beatsPerPosition() * shape.positions + lane / shape.lanes;
  int64_t channel = inRow % shape.beatsPerPosition() * shape.lanes + lane % shape.lanes;
  first_ = Mismatch{field,
                    beats_,
                    frame_,
                    int(inFrame_ / frame().perRow),
                    int(column),
                    int(channel),
                    expected,
                    actual,
                    cycle};
}

int64_t Stream::lane(const uint32_t* words, int index) const {
  int bits = port_->shape.bits;
  int offset = index * bits;
  uint64_t pair = words[offset / 32];
  if (offset % 32 + bits > 32) pair |= uint64_t(words[offset / 32 + 1]) << 32;
  uint64_t value = (pair >> (offset % 32)) & ((uint64_t(1) << bits) - 1);
  bool negative = port_->shape.isSigned && (value >> (bits - 1));
  return negative ? int64_t(value) - (int64_t(1) << bits) : int64_t(value);
}

}  // namespace tessera
