package dev.tessera.unit.conv;

import dev.tessera.hw.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Beat times of a convolution whose output never waits: a replay of the line buffer, the staging
 * registers, the window and the passes, each event at the latest of what it waits for.
 *
 * <p>Column step K moves into the window at shift K. With a step lag D the step completes the
 * window of an earlier slot, so that the last D slots of a frame are shifted by the first steps of
 * the next one, or by themselves (a flush) if that has not begun.
 */
final class ConvSchedule {
  private final ConvGeometry g;
  private final long[] arrivals;
  private final long[] taken;
  private final Output output;
  private final long ingestLead;
  private final long beatsPerRow;
  private final long beatsPerStep;
  private final int frames;

  /** Ring of times at which the last beats of a column entered the staging registers. */
  private final long[] staged = new long[ConvTiming.COLUMN];

  /** With rows walked again: when a beat was stored, and when it was read for the last time. */
  private final long[] stores;

  private final long[] retired;

  private long ingested;
  private long ingestTime = -1;
  private long previousIngestTime = -1;
  private long beats;
  private long lastIssue = -1;
  private long lastStaged = -1;
  private long lastShift = -1;
  private long free;

  private ConvSchedule(ConvGeometry g, long[] arrivals) {
    this.g = g;
    this.arrivals = arrivals;
    this.taken = new long[arrivals.length];
    this.stores = new long[g.replays() ? arrivals.length : 0];
    this.retired = new long[stores.length];
    this.beatsPerRow = (long) g.walkedColumns() * g.inBeats();
    this.beatsPerStep = g.inputCyclesPerStep();
    this.ingestLead = g.rowLag() * beatsPerRow;
    long perFrame = beatsPerRow * g.walkedRows();
    if (arrivals.length % perFrame != 0) {
      throw new IllegalArgumentException(arrivals.length + " beats are no whole frames");
    }
    this.frames = Math.toIntExact(arrivals.length / perFrame);
    this.output = new Output(g, frames);
    Arrays.fill(staged, -1);
  }

  /** The schedule for whole frames. */
  static Schedule of(ConvGeometry g, long[] arrivals) {
    return new ConvSchedule(g, arrivals).run();
  }

  private Schedule run() {
    ingestLeadingRows();
    int lag = g.stepLag();
    int warm = lag;
    Slots slots = new Slots();
    for (int f = 0; f < frames; f++) {
      for (int k = 0; k < g.walkedRows() * g.block() * g.columnSteps(); k++) {
        int walk = k / g.columnSteps();
        int step = k % g.columnSteps();
        if (k == 0 && f > 0 && lag > 0 && firstIssue(f) >= free) {
          flush(slots, lag);
          warm = lag;
        }
        long full = fill(f, walk, step);
        shift(Math.max(full, free));
        if (warm > 0) {
          warm--;
        } else {
          slots.execute();
        }
      }
    }
    flush(slots, lag);
    return new Schedule(List.of(taken), List.of(output.made()));
  }

  private void shift(long time) {
    lastShift = time;
    free = time + 1;
  }

  private void flush(Slots slots, int count) {
    long loaded = lastShift;
    for (int i = 0; i < count; i++) {
      shift(free);
      slots.execute();
    }
    lastShift = loaded;
  }

  /** The rows that the first window needs before the line buffer delivers any column. */
  private void ingestLeadingRows() {
    while (!g.replays() && ingested < ingestLead && ingested < arrivals.length) {
      ingest(0);
    }
  }

  /** Takes the next input beat into the line buffer, not before {@code earliest}. */
  private long ingest(long earliest) {
    long time = Math.max(earliest, available());
    int i = Math.toIntExact(ingested);
    taken[i] =
        Math.max(arrivals[i], Math.max(i > 0 ? taken[i - 1] + 1 : 0, previousIngestTime + 1));
    previousIngestTime = ingestTime;
    ingestTime = time;
    ingested++;
    return time;
  }

  /** The earliest cycle in which the next input beat can enter the line buffer. */
  private long available() {
    int i = Math.toIntExact(ingested);
    long portFree = Math.max(i > 0 ? taken[i - 1] + 1 : 0, previousIngestTime + 1);
    return Math.max(Math.max(arrivals[i], portFree) + ConvTiming.INPUT, ingestTime + 1);
  }

  private long beatInRow(int step, int i) {
    return (long) step * beatsPerStep + i;
  }

  /** Reads a beat in walk {@code a} of its row, the first time not before the newest is stored. */
  private long replay(long beat, int a, boolean needed, long earliest) {
    long issue = a == 0 && needed ? Math.max(earliest, stored(beat + ingestLead) + 1) : earliest;
    if (a == g.block() - 1) {
      retired[Math.toIntExact(beat)] = issue;
    }
    return issue;
  }

  /** When a beat is stored: not before the one in its place was read for the last time. */
  private long stored(long beat) {
    while (ingested <= beat) {
      long place = ingested - ingestLead - beatsPerRow;
      int i = Math.toIntExact(ingested);
      stores[i] = ingest(place < 0 ? 0 : retired[Math.toIntExact(place)] + 1);
    }
    return stores[Math.toIntExact(beat)];
  }

  private boolean needsInput(int row) {
    return row + g.rowLag() < g.walkedRows();
  }

  /** When the first beat of frame f enters the column pipeline. */
  private long firstIssue(int f) {
    if (g.replays()) {
      return Math.max(earliestIssue(), stored(f * (beatsPerRow * g.walkedRows()) + ingestLead) + 1);
    }
    return Math.max(earliestIssue(), needsInput(0) ? available() : 0);
  }

  private long earliestIssue() {
    return Math.max(lastIssue + 1, staged[(int) (beats % staged.length)]);
  }

  /** Collects a column step; the cycle in which the staging registers are full. */
  private long fill(int frame, int walk, int step) {
    int row = walk / g.block();
    for (int i = 0; i < beatsPerStep; i++) {
      int column = step * g.stepColumns() + i / g.inBeats();
      long issue = earliestIssue();
      if (column < g.walkedColumns()) {
        if (g.replays()) {
          long beat = beatsPerRow * ((long) frame * g.walkedRows() + row) + beatInRow(step, i);
          issue = replay(beat, walk % g.block(), needsInput(row), issue);
        } else if (needsInput(row)) {
          issue = ingest(issue);
        } else if (ingested < arrivals.length) {
          ingest(issue);
        }
      }
      long entry = Math.max(issue + ConvTiming.COLUMN, lastStaged + 1);
      if (i == 0) {
        entry = Math.max(entry, lastShift);
      }
      lastIssue = issue;
      lastStaged = entry;
      staged[(int) (beats++ % staged.length)] = entry;
    }
    return lastStaged + 1;
  }

  /** Slots of the window in raster order; executing one occupies the array. */
  private final class Slots {
    private int row;
    private int walk;
    private int step;

    private void execute() {
      boolean yields = row % g.stride().rows() == 0 && row / g.stride().rows() < g.outRows();
      if (yields && step < g.outColumnSteps()) {
        output.group(lastShift + 1, step, walk);
        free = lastShift + output.cycles[walk];
      }
      step++;
      if (step == g.columnSteps()) {
        step = 0;
        walk = (walk + 1) % g.block();
        row = walk == 0 ? (row + 1) % g.walkedRows() : row;
      }
    }
  }

  /** Output beats of position groups. */
  private static final class Output {
    private final ConvGeometry g;
    private final long[] made;
    private final int[] cycles;
    private final int toCode;
    private final int fifoLatency;
    private int count;
    private long lastRead = -1;

    private Output(ConvGeometry g, int frames) {
      this.g = g;
      long perFrame =
          (long) g.outRows() * (g.rowless() ? g.walkedColumns() : g.outWidth()) * g.outBeats();
      this.made = new long[Math.toIntExact(perFrame * frames)];
      this.cycles = IntStream.range(0, g.block()).map(g::cyclesPerStep).toArray();
      this.toCode = ConvTiming.sumToCode(g);
      this.fifoLatency = ConvTiming.fifoLatency(ConvTiming.fifoDepth(g));
    }

    private long[] made() {
      return made;
    }

    /** Adds the beats of the group whose first pass begins at {@code start}. */
    private void group(long start, int step, int walk) {
      int columns = g.rowless() ? g.walkedColumns() : g.outWidth();
      int positions = Math.min(g.fold().positions(), columns - step * g.fold().positions());
      if (g.reorders()) {
        long complete = start + cycles[walk] - 1 + toCode + g.beatsPerPass() - 1;
        long read = Math.max(complete + ConvTiming.REORDER_START, lastRead + 1);
        for (int i = 0; i < positions * g.walkBeats(); i++) {
          made[count++] = read + i + ConvTiming.REORDER_READ;
        }
        lastRead = read + (long) positions * g.walkBeats() - 1;
      } else {
        long end = start;
        for (int pass = 0; pass < g.passes(); pass++) {
          end += g.tapSteps(walk * g.walkGroupSteps() + pass / g.outSteps());
          pass(end - 1 + toCode + fifoLatency, pass, positions);
        }
      }
    }

    private void pass(long first, int pass, int positions) {
      int perPosition = g.beatsPerRun();
      int valid = Math.min(perPosition, g.walkBeats() - passStart(pass));
      if (g.outSteps() > 1) {
        valid = Math.min(perPosition, outputBeatsLeft(pass % g.outSteps()));
      }
      for (int p = 0; p < positions; p++) {
        for (int i = 0; i < valid; i++) {
          made[count++] = first + (long) p * perPosition + i;
        }
      }
    }

    private int passStart(int pass) {
      return g.outSteps() == 1 ? pass * g.beatsPerRun() : 0;
    }

    private int outputBeatsLeft(int outStep) {
      int left = g.outPerGroup() - outStep * g.fold().pe();
      return (left + g.outLanes() - 1) / g.outLanes();
    }
  }
}
