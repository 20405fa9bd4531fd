package dev.tessera.unit.resize;

import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Skid;
import java.util.Arrays;
import java.util.List;

/**
 * Beat times: a row is written beat by beat once a slot is free; a row of the output is read, one
 * beat per cycle, once the rows that it needs are complete.
 */
final class ResizeSchedule {
  /** Cycles from a beat's reading to its sum. */
  private static final int NEAREST = 2;

  private static final int LINEAR = 9;

  /** Cycles from the last beat of a row to the first that can be read of it. */
  private static final int COMPLETE = 2;

  private final ResizeSpec spec;
  private final long[] arrivals;
  private final long[] taken;
  private final long[] made;
  private final long[] written;
  private final long[] released;
  private final Skid skid = new Skid();
  private final int rowBeats;
  private final int madeBeats;
  private int writes;
  private int releases;
  private long lastWrite = -1;
  private long lastRead = -1;
  private int out;

  private ResizeSchedule(ResizeSpec spec, long[] arrivals) {
    this.spec = spec;
    this.arrivals = arrivals;
    this.taken = new long[arrivals.length];
    this.rowBeats = spec.input().width() * spec.input().beatsPerPosition();
    this.madeBeats = spec.output().width() * spec.output().beatsPerPosition();
    int rows = arrivals.length / rowBeats;
    this.written = new long[rows];
    this.released = new long[rows];
    int frames = rows / spec.input().height();
    this.made = new long[frames * spec.output().height() * madeBeats];
  }

  /** The schedule for whole frames. */
  static Schedule of(ResizeSpec spec, long[] arrivals) {
    return new ResizeSchedule(spec, arrivals).run();
  }

  /** Distance of frames when input is always there: the same in rows. */
  static long cyclesPerFrame(ResizeSpec spec) {
    int rows = spec.input().height();
    long write = (long) spec.input().width() * spec.input().beatsPerPosition();
    long read = (long) spec.output().width() * spec.output().beatsPerPosition();
    int frames = 3;
    long[] ends = new long[frames];
    long[] writes = new long[frames * rows];
    long[] reads = new long[frames * rows];
    Arrays.setAll(writes, i -> -1);
    long lastRead = -1;
    int next = 0;
    for (int f = 0; f < frames; f++) {
      for (int y = 0; y < spec.output().height(); y++) {
        int first = f * rows + spec.rows().tap(y).first();
        int needed = first + (needsNext(spec, y) ? 1 : 0);
        while (next <= needed) {
          long before = next == 0 ? -1 : writes[next - 1];
          long free = next < spec.slots() ? -1 : reads[next - spec.slots()];
          writes[next++] = Math.max(before, free) + write;
        }
        lastRead = Math.max(lastRead + 1, writes[needed] + COMPLETE) + read - 1;
        reads[first] = lastRead;
      }
      ends[f] = lastRead;
    }
    return ends[frames - 1] - ends[frames - 2];
  }

  private static boolean needsNext(ResizeSpec spec, int y) {
    return spec.linear() && spec.rows().tap(y).first() < spec.input().height() - 1;
  }

  private Schedule run() {
    int latency = (spec.linear() ? LINEAR : NEAREST) + (spec.plain() ? 0 : RequantLanes.LATENCY);
    int rows = spec.input().height();
    int frames = written.length / rows;
    int[] first = new int[spec.output().height()];
    Arrays.setAll(first, y -> spec.rows().tap(y).first());
    for (int f = 0; f < frames; f++) {
      for (int y = 0; y < first.length; y++) {
        int needed = f * rows + first[y] + (spec.linear() && first[y] < rows - 1 ? 1 : 0);
        while (writes <= needed) {
          write();
        }
        long step = Math.max(lastRead + 1, written[needed] + COMPLETE);
        for (int i = 0; i < madeBeats; i++) {
          made[out++] = step++ + latency;
        }
        lastRead = step - 1;
        if (y + 1 == first.length || first[y + 1] > first[y]) {
          released[releases++] = lastRead;
        }
      }
    }
    return new Schedule(List.of(taken), List.of(made));
  }

  private void write() {
    int slot = writes - spec.slots();
    long free = slot < 0 ? 0 : released[slot] + 1;
    for (int i = writes * rowBeats; i < (writes + 1) * rowBeats; i++) {
      taken[i] = skid.take(arrivals[i]);
      lastWrite = Math.max(Math.max(lastWrite + 1, taken[i]), free);
      skid.consume(lastWrite);
    }
    written[writes++] = lastWrite;
  }
}
