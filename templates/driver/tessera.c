#include "tessera.h"

#include "tessera_regs.h"

static uint32_t mapped_read(void *context, uint32_t offset) {
  return ((volatile uint32_t *)context)[offset / 4];
}

static void mapped_write(void *context, uint32_t offset, uint32_t value) {
  ((volatile uint32_t *)context)[offset / 4] = value;
}

static uint32_t get(const tessera_device *t, uint32_t offset) { return t->read(t->context, offset); }

static void set(const tessera_device *t, uint32_t offset, uint32_t value) {
  t->write(t->context, offset, value);
}

void tessera_map(tessera_device *t, volatile void *registers) {
  t->context = (void *)registers;
  t->read = mapped_read;
  t->write = mapped_write;
}

int tessera_check(const tessera_device *t) {
  if (get(t, TESSERA_ID_OFFSET) != TESSERA_ID_RESET) return TESSERA_NOT_FOUND;
  uint32_t version = get(t, TESSERA_MAP_VERSION_OFFSET);
  if ((version ^ TESSERA_MAP_VERSION_RESET) & TESSERA_MAP_VERSION_MAJOR_MASK) return TESSERA_OTHER_MAP;
  if (get(t, TESSERA_HASH_LO_OFFSET) != TESSERA_HASH_LO_RESET ||
      get(t, TESSERA_HASH_HI_OFFSET) != TESSERA_HASH_HI_RESET) {
    return TESSERA_OTHER_DESIGN;
  }
  return TESSERA_OK;
}

int tessera_ready(const tessera_device *t) {
  return (get(t, TESSERA_STATUS_OFFSET) & TESSERA_STATUS_READY_MASK) != 0;
}

uint32_t tessera_in_work(const tessera_device *t) {
  uint32_t status = get(t, TESSERA_STATUS_OFFSET);
  return (status & TESSERA_STATUS_IN_WORK_MASK) >> TESSERA_STATUS_IN_WORK_SHIFT;
}

static uint32_t kept_control(const tessera_device *t) {
  return get(t, TESSERA_CONTROL_OFFSET) & TESSERA_CONTROL_REPEAT_MASK;
}

int tessera_start(const tessera_device *t, const tessera_frame *frame) {
  if (!tessera_ready(t)) return TESSERA_BUSY;
  uint32_t limit = get(t, TESSERA_FRAME_LIMIT_OFFSET);
  uint32_t size = frame->width | frame->height << 16;
  if (size == 0) size = limit;
#ifdef TESSERA_FRAME_SIZE_OFFSET
  set(t, TESSERA_FRAME_SIZE_OFFSET, size);
#else
  if (size != limit) return TESSERA_OUT_OF_RANGE;
#endif
#ifdef TESSERA_TABLE_BANK_OFFSET
  set(t, TESSERA_TABLE_BANK_OFFSET, frame->bank);
#endif
  set(t, TESSERA_SOURCE_LO_OFFSET, (uint32_t)frame->source);
  set(t, TESSERA_SOURCE_HI_OFFSET, (uint32_t)(frame->source >> 32));
  set(t, TESSERA_SOURCE_PITCH_OFFSET, frame->source_pitch);
  set(t, TESSERA_TARGET_LO_OFFSET, (uint32_t)frame->target);
  set(t, TESSERA_TARGET_HI_OFFSET, (uint32_t)(frame->target >> 32));
  set(t, TESSERA_TARGET_PITCH_OFFSET, frame->target_pitch);
  set(t, TESSERA_CONTROL_OFFSET, kept_control(t) | TESSERA_CONTROL_START_MASK);
  return TESSERA_OK;
}

void tessera_repeat(const tessera_device *t, int on) {
  set(t, TESSERA_CONTROL_OFFSET, on ? TESSERA_CONTROL_REPEAT_MASK : 0);
}

void tessera_enable(const tessera_device *t, uint32_t events) { set(t, TESSERA_IRQ_ENABLE_OFFSET, events); }

uint32_t tessera_take_events(const tessera_device *t) {
  uint32_t events = get(t, TESSERA_IRQ_STATUS_OFFSET);
  set(t, TESSERA_IRQ_STATUS_OFFSET, events);
  return events;
}

void tessera_reset(const tessera_device *t) { set(t, TESSERA_CONTROL_OFFSET, TESSERA_CONTROL_SOFT_RESET_MASK); }

int tessera_resetting(const tessera_device *t) {
  return (get(t, TESSERA_STATUS_OFFSET) & TESSERA_STATUS_RESETTING_MASK) != 0;
}

uint32_t tessera_frame_crc(const tessera_device *t) { return get(t, TESSERA_FRAME_CRC_OFFSET); }

void tessera_count(const tessera_device *t, tessera_counts *counts) {
  counts->frames = get(t, TESSERA_FRAMES_OFFSET);
  counts->frame_cycles = get(t, TESSERA_FRAME_CYCLES_OFFSET);
  counts->busy_cycles = get(t, TESSERA_BUSY_CYCLES_OFFSET);
  counts->starved_cycles = get(t, TESSERA_STARVED_CYCLES_OFFSET);
  counts->blocked_cycles = get(t, TESSERA_BLOCKED_CYCLES_OFFSET);
  counts->read_words = get(t, TESSERA_READ_WORDS_OFFSET);
  counts->written_words = get(t, TESSERA_WRITTEN_WORDS_OFFSET);
  counts->read_errors = get(t, TESSERA_READ_ERRORS_OFFSET);
  counts->write_errors = get(t, TESSERA_WRITE_ERRORS_OFFSET);
#ifdef TESSERA_CUT_READ_WORDS_OFFSET
  counts->cut_read_words = get(t, TESSERA_CUT_READ_WORDS_OFFSET);
  counts->cut_written_words = get(t, TESSERA_CUT_WRITTEN_WORDS_OFFSET);
  counts->cut_read_errors = get(t, TESSERA_CUT_READ_ERRORS_OFFSET);
  counts->cut_write_errors = get(t, TESSERA_CUT_WRITE_ERRORS_OFFSET);
#else
  counts->cut_read_words = counts->cut_written_words = 0;
  counts->cut_read_errors = counts->cut_write_errors = 0;
#endif
}

void tessera_clear(const tessera_device *t) {
  set(t, TESSERA_CONTROL_OFFSET, kept_control(t) | TESSERA_CONTROL_CLEAR_MASK);
}

int tessera_set_entry(const tessera_device *t, uint32_t bank, uint32_t entry, int32_t multiplier, int32_t offset) {
#ifdef TESSERA_TABLE_WINDOW_OFFSET
  uint32_t layout = get(t, TESSERA_TABLE_LAYOUT_OFFSET);
  uint32_t entries = (layout & TESSERA_TABLE_LAYOUT_ENTRIES_MASK) >> TESSERA_TABLE_LAYOUT_ENTRIES_SHIFT;
  uint32_t bits = (layout & TESSERA_TABLE_LAYOUT_BITS_MASK) >> TESSERA_TABLE_LAYOUT_BITS_SHIFT;
  uint32_t banks = (layout & TESSERA_TABLE_LAYOUT_BANKS_MASK) >> TESSERA_TABLE_LAYOUT_BANKS_SHIFT;
  if (bank >= banks || entry >= entries) return TESSERA_OUT_OF_RANGE;
  uint32_t place = get(t, TESSERA_TABLE_WINDOW_OFFSET) + 8 * (bank << bits | entry);
  set(t, place, (uint32_t)multiplier);
  set(t, place + 4, (uint32_t)offset);
  return TESSERA_OK;
#else
  (void)t, (void)bank, (void)entry, (void)multiplier, (void)offset;
  return TESSERA_OUT_OF_RANGE;
#endif
}

int tessera_set_cut_base(const tessera_device *t, uint64_t base) {
#ifdef TESSERA_CUT_BASE_LO_OFFSET
  set(t, TESSERA_CUT_BASE_LO_OFFSET, (uint32_t)base);
  set(t, TESSERA_CUT_BASE_HI_OFFSET, (uint32_t)(base >> 32));
  return TESSERA_OK;
#else
  (void)t, (void)base;
  return TESSERA_OUT_OF_RANGE;
#endif
}
