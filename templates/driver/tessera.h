/* Driver of a design behind registers: orders frames, takes events, reads counters. It needs no operating system, no
 * memory of its own and no other library. One caller at a time. */
#ifndef TESSERA_H
#define TESSERA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Results. */
enum {
  TESSERA_OK = 0,
  TESSERA_NOT_FOUND = -1,    /* something else answers at this address */
  TESSERA_OTHER_MAP = -2,    /* the registers are of a version that this driver does not know */
  TESSERA_OTHER_DESIGN = -3, /* the hardware is not the design that this driver was made with */
  TESSERA_BUSY = -4,         /* an earlier order waits, or a reset is under way */
  TESSERA_OUT_OF_RANGE = -5  /* no such bank, entry, frame size, or no such feature in this design */
};

/* A design, and how its registers are reached: a byte offset into them. */
typedef struct tessera_device {
  void *context;
  uint32_t (*read)(void *context, uint32_t offset);
  void (*write)(void *context, uint32_t offset, uint32_t value);
} tessera_device;

/* Where a frame lies, and where what is made of it goes. */
typedef struct tessera_frame {
  uint64_t source;       /* address of the first byte that is read */
  uint32_t source_pitch; /* bytes from row to row */
  uint64_t target;       /* address of the first byte that is written */
  uint32_t target_pitch;
  uint32_t width; /* pixels that are read; 0 for the planned size */
  uint32_t height;
  uint32_t bank; /* of tables, where the design has any */
} tessera_frame;

/* What the hardware counted; all wrap. */
typedef struct tessera_counts {
  uint32_t frames;
  uint32_t frame_cycles; /* between the last two frames that were done */
  uint32_t busy_cycles;
  uint32_t starved_cycles;
  uint32_t blocked_cycles;
  uint32_t read_words;
  uint32_t written_words;
  uint32_t read_errors;
  uint32_t write_errors;
  uint32_t cut_read_words; /* of stored maps; 0 where there are none */
  uint32_t cut_written_words;
  uint32_t cut_read_errors;
  uint32_t cut_write_errors;
} tessera_counts;

/* Reaches registers that are mapped into memory at "registers". */
void tessera_map(tessera_device *t, volatile void *registers);

/* Whether the design that this driver was made with answers. */
int tessera_check(const tessera_device *t);

/* Orders a frame; TESSERA_BUSY if one waits already. */
int tessera_start(const tessera_device *t, const tessera_frame *frame);

/* Whether an order would be taken. */
int tessera_ready(const tessera_device *t);

/* Frames that were begun and are not done. */
uint32_t tessera_in_work(const tessera_device *t);

/* Gives the last order again and again, or no more. */
void tessera_repeat(const tessera_device *t, int on);

/* Chooses the events that raise the interrupt: TESSERA_IRQ_STATUS_..._MASK. */
void tessera_enable(const tessera_device *t, uint32_t events);

/* The events since the last call. */
uint32_t tessera_take_events(const tessera_device *t);

/* Ends what is under way and forgets all orders; over when tessera_resetting says so. */
void tessera_reset(const tessera_device *t);
int tessera_resetting(const tessera_device *t);

/* CRC-32 of the pixels of the last frame that was done, tile by tile. */
uint32_t tessera_frame_crc(const tessera_device *t);

void tessera_count(const tessera_device *t, tessera_counts *counts);
void tessera_clear(const tessera_device *t);

/* Writes an entry of a bank of tables: not while a frame with that bank is in work. */
int tessera_set_entry(const tessera_device *t, uint32_t bank, uint32_t entry, int32_t multiplier, int32_t offset);

/* Says where stored maps lie: not while frames are in work. */
int tessera_set_cut_base(const tessera_device *t, uint64_t base);

#ifdef __cplusplus
}
#endif

#endif
