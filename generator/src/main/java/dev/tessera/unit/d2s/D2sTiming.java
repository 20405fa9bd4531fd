package dev.tessera.unit.d2s;

import dev.tessera.hw.Fifo;
import dev.tessera.hw.Gear;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Skid;
import dev.tessera.hw.StreamType;
import java.util.List;

/** Exact beat times of depth to space: position collector, phase-row FIFOs, width converter. */
final class D2sTiming {
  private final StreamType input;
  private final int block;
  private final int granules;
  private final int positions;
  private final List<Integer> depths;

  private long[] writes;
  private long[][] reads;
  private int written;
  private int nextRead;
  private Gear gear;

  D2sTiming(StreamType input, StreamType output, int block, List<Integer> depths) {
    this.input = input;
    this.block = block;
    this.granules = D2sSpec.granules(output, block);
    this.positions = output.positions();
    this.depths = depths;
  }

  /** Times of a whole number of input rows. */
  Schedule run(long[] arrivals) {
    int beats = input.beatsPerPosition();
    int rowBeats = beats * input.width();
    if (arrivals.length % rowBeats != 0) {
      throw new IllegalArgumentException(arrivals.length + " beats in rows of " + rowBeats);
    }
    int entries = arrivals.length / beats;
    writes = new long[entries];
    reads = new long[block][entries];
    written = 0;
    nextRead = 0;
    gear = new Gear(granules, positions, (int) ((long) entries * block * granules / positions));
    long[] taken = new long[arrivals.length];
    Skid skid = new Skid();
    for (int i = 0; i < arrivals.length; i++) {
      taken[i] = skid.take(arrivals[i]);
      skid.consume(i % beats == beats - 1 ? write(taken[i]) : taken[i]);
    }
    while (nextRead < entries * block) {
      read();
    }
    return new Schedule(List.of(taken), List.of(gear.made()));
  }

  private long write(long ready) {
    long cycle = ready;
    for (int a = 0; a < block; a++) {
      int blocking = written - depths.get(a);
      if (blocking >= 0) {
        while (nextRead <= readIndex(a, blocking)) {
          read();
        }
        cycle = Math.max(cycle, reads[a][blocking] + 1);
      }
    }
    writes[written++] = cycle;
    return cycle;
  }

  private int readIndex(int a, int entry) {
    int width = input.width();
    return (entry / width * block + a) * width + entry % width;
  }

  private void read() {
    int width = input.width();
    int a = nextRead / width % block;
    int entry = nextRead / (width * block) * width + nextRead % width;
    if (entry >= written) {
      throw new IllegalStateException("phase row FIFOs of " + depths + " words deadlock");
    }
    reads[a][entry] = gear.load(writes[entry] + Fifo.latency(depths.get(a)));
    nextRead++;
  }

  /** The cycle in which each position of the last run was written into the FIFOs. */
  long[] writes() {
    return writes.clone();
  }

  /** Words that FIFO a held at most in the last run, counting a word until the cycle after. */
  int occupancy(int a) {
    int most = 0;
    int gone = 0;
    for (int n = 0; n < written; n++) {
      while (gone < n && reads[a][gone] < writes[n]) {
        gone++;
      }
      most = Math.max(most, n - gone + 1);
    }
    return most;
  }
}
