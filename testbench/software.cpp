// Software that puts frames through a design by its registers: the driver that the design comes with, on the
// simulated port. Compiled for each such design, with the header of its registers.
#include <stdexcept>
#include <string>

#include "session.hpp"
#include "tessera.h"
#include "tessera_regs.h"

namespace tessera {
namespace {

constexpr uint32_t ALL = TESSERA_IRQ_STATUS_DONE_MASK | TESSERA_IRQ_STATUS_LOST_MASK |
                         TESSERA_IRQ_STATUS_REFUSED_MASK | TESSERA_IRQ_STATUS_RESET_MASK |
                         TESSERA_IRQ_STATUS_READ_ERROR_MASK | TESSERA_IRQ_STATUS_WRITE_ERROR_MASK;

uint32_t readRegister(void* context, uint32_t offset) {
  bool good = false;
  uint32_t value = static_cast<Session*>(context)->registers.read(offset, good);
  if (!good) throw std::runtime_error("no register answers at " + std::to_string(offset));
  return value;
}

void writeRegister(void* context, uint32_t offset, uint32_t value) {
  if (!static_cast<Session*>(context)->registers.write(offset, value)) {
    throw std::runtime_error("no register is written at " + std::to_string(offset));
  }
}

void require(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error("registers: " + what);
}

class Software {
 public:
  explicit Software(Session& session) : session_(session), device_{&session, readRegister, writeRegister} {}

  void run() {
    require(tessera_check(&device_) == TESSERA_OK, "another design answers");
    wrongAddresses();
    tables();
    if (session_.cuts) tessera_set_cut_base(&device_, session_.cutBase);
    tessera_enable(&device_, ALL);
    if (session_.softReset > 0) resetInTheMiddle();
    tessera_clear(&device_);
    wrongOrders();
    while (done_ < session_.memory.frames() && turn()) {
    }
    if (done_ == session_.memory.frames()) counters();
  }

 private:
  // Orders a frame if one is left, waits a while, takes events. False when the run is given up.
  bool turn() {
    if (next_ < session_.memory.frames() && tessera_ready(&device_)) {
      Job job = session_.memory.job(next_);
      tessera_frame frame{job.source, job.sourcePitch, job.target, job.targetPitch, job.width, job.height, job.bank};
      require(tessera_start(&device_, &frame) == TESSERA_OK, "an order is not taken");
      next_++;
    }
    bool more = next_ < session_.memory.frames();
    for (int i = 0; i < 200 && !session_.registers.irq() && !(more && i > 20); i++) {
      if (!session_.step()) return false;
    }
    if (session_.registers.irq()) take();
    return true;
  }

  void take() {
    uint32_t events = tessera_take_events(&device_);
    require(events != 0, "an interrupt without an event");
    session_.events |= events;
    since_ |= events;
    if (!(events & TESSERA_IRQ_STATUS_DONE_MASK)) return;
    tessera_counts counts;
    tessera_count(&device_, &counts);
    uint32_t crc = tessera_frame_crc(&device_);
    tessera_counts again;
    tessera_count(&device_, &again);
    done_ = counts.frames;
    // Another frame may have ended meanwhile: then nobody knows whose the value is.
    if (again.frames != counts.frames) return;
    session_.crcs.resize(size_t(done_), -1);
    session_.crcs[size_t(done_) - 1] = crc;
  }

  void tables() {
#ifdef TESSERA_TABLE_WINDOW_OFFSET
    uint32_t layout = readRegister(&session_, TESSERA_TABLE_LAYOUT_OFFSET);
    uint32_t bits = (layout & TESSERA_TABLE_LAYOUT_BITS_MASK) >> TESSERA_TABLE_LAYOUT_BITS_SHIFT;
    for (size_t i = 0; i + 1 < session_.tables.size(); i += 2) {
      uint32_t number = session_.tables[i].address / 8;
      uint32_t bank = number >> bits;
      uint32_t entry = number & ((1u << bits) - 1);
      int written = tessera_set_entry(&device_, bank, entry, int32_t(session_.tables[i].value),
                                      int32_t(session_.tables[i + 1].value));
      require(written == TESSERA_OK, "an entry of a table is refused");
    }
#endif
    require(tessera_set_entry(&device_, 1000, 0, 0, 0) == TESSERA_OUT_OF_RANGE, "bank 1000 is taken");
  }

  // What is no register answers so, and what only reads keeps its value.
  void wrongAddresses() {
    bool good = true;
    session_.registers.read(0xffc, good);
    require(!good, "something is read where no register is");
    require(!session_.registers.write(0xffc, 1), "something is written where no register is");
    session_.registers.write(TESSERA_ID_OFFSET, 0);
    require(readRegister(&session_, TESSERA_ID_OFFSET) == TESSERA_ID_RESET, "the identity is written");
  }

  void wrongOrders() {
    tessera_frame tiny{0, 0, 0, 0, 60000, 60000, 0};
#ifdef TESSERA_FRAME_SIZE_OFFSET
    require(tessera_start(&device_, &tiny) == TESSERA_OK, "a wrong size is not written");
    for (int i = 0; i < 8; i++) session_.step();
    require(tessera_take_events(&device_) == TESSERA_IRQ_STATUS_REFUSED_MASK, "a wrong size is not refused");
#else
    require(tessera_start(&device_, &tiny) == TESSERA_OUT_OF_RANGE, "a wrong size is taken");
#endif
    require(tessera_ready(&device_) && tessera_in_work(&device_) == 0, "a refused order is in work");
  }

  // Resets the design while words come and go, and waits until that is over.
  void resetInTheMiddle() {
    while (session_.memory.dram().readBeats() < session_.softReset && next_ < session_.memory.frames()) {
      if (!turn()) return;
    }
    while (session_.memory.dram().readBeats() < session_.softReset) {
      if (!session_.step()) return;
    }
    tessera_reset(&device_);
    session_.memory.dram().endWriting();
    require(!tessera_ready(&device_), "orders are taken during a reset");
    writeRegister(&session_, TESSERA_CONTROL_OFFSET, TESSERA_CONTROL_START_MASK);
    while (tessera_resetting(&device_)) {
      for (int i = 0; i < 20; i++) {
        if (!session_.step()) return;
      }
    }
    require(session_.memory.dram().idle(), "a reset is over while bursts are under way");
    uint32_t events = tessera_take_events(&device_);
    require(events & TESSERA_IRQ_STATUS_RESET_MASK, "the end of a reset is no event");
    require(events & TESSERA_IRQ_STATUS_LOST_MASK, "an order during a reset is not said to be lost");
    session_.events |= events;
    require(tessera_in_work(&device_) == 0, "a frame survives a reset");
    session_.memory.restart();  // what is written from here on is of new frames
    if (session_.cuts) session_.cuts->restart();
    session_.crcs.clear();
    next_ = done_ = 0;
    since_ = 0;
  }

  void counters() {
    tessera_counts counts;
    tessera_count(&device_, &counts);
    require(counts.frames == uint32_t(session_.memory.frames()), "frames are counted wrong");
    require(counts.busy_cycles >= counts.starved_cycles && counts.busy_cycles > 0, "busy cycles");
    words(session_.memory.dram(), counts.read_words, counts.written_words);
    if (session_.cuts) words(*session_.cuts, counts.cut_read_words, counts.cut_written_words);
    bool failed = since_ & (TESSERA_IRQ_STATUS_READ_ERROR_MASK | TESSERA_IRQ_STATUS_WRITE_ERROR_MASK);
    uint32_t errors = counts.read_errors + counts.write_errors + counts.cut_read_errors + counts.cut_write_errors;
    require(failed == (errors > 0), "errors are counted wrong");
  }

  static void words(const Dram& dram, uint32_t read, uint32_t written) {
    require(read == uint32_t(dram.readBeats()), "words read are counted wrong");
    require(written == uint32_t(dram.writeBeats()), "words written are counted wrong");
  }

  Session& session_;
  tessera_device device_;
  int64_t next_ = 0;
  int64_t done_ = 0;
  uint32_t since_ = 0;  // events since the counters were cleared
};

}  // namespace

void runSoftware(Session& session) { Software(session).run(); }

}  // namespace tessera
