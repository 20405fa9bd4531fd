package dev.tessera.unit.pool;

import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Skid;
import java.util.List;

/** Beat times: one step per cycle, each with a beat or, behind rows and frames, without one. */
final class PoolSchedule {
  /** Cycles from a step to the result of its window. */
  private static final int WINDOW = 4;

  private final PoolSpec spec;
  private final PoolAxis rows;
  private final PoolAxis columns;
  private final int beats;
  private final int latency;
  private final long[] arrivals;
  private final long[] taken;
  private final long[] made;
  private final Skid skid = new Skid();
  private long last = -1;
  private int in;
  private int out;

  private PoolSchedule(PoolSpec spec, long[] arrivals) {
    this.spec = spec;
    this.rows = spec.rows();
    this.columns = spec.columns();
    this.beats = spec.input().beatsPerPosition();
    this.latency = WINDOW + (spec.plain() ? 0 : RequantLanes.LATENCY);
    this.arrivals = arrivals;
    this.taken = new long[arrivals.length];
    long frames = arrivals.length / spec.input().beatsPerFrame();
    this.made = new long[Math.toIntExact(frames * spec.output().beatsPerFrame())];
  }

  /** The schedule for whole frames. */
  static Schedule of(PoolSpec spec, long[] arrivals) {
    return new PoolSchedule(spec, arrivals).run();
  }

  private Schedule run() {
    while (in < arrivals.length) {
      frame();
    }
    return new Schedule(List.of(taken), List.of(made));
  }

  private void frame() {
    for (int y = 0, row = 0; y < rows.walked(); y++) {
      boolean ends = row < rows.outputs() && y == rows.end(row);
      for (int x = 0, column = 0; x < columns.walked(); x++) {
        boolean made = column < columns.outputs() && x == columns.end(column);
        boolean inside = y < spec.input().height() && x < spec.input().width();
        position(inside, made && ends);
        column += made ? 1 : 0;
      }
      row += ends ? 1 : 0;
    }
  }

  private void position(boolean inside, boolean ends) {
    for (int b = 0; b < beats; b++) {
      long step = last + 1;
      if (inside) {
        taken[in] = skid.take(arrivals[in]);
        step = Math.max(step, taken[in++]);
        skid.consume(step);
      }
      if (ends) {
        made[out++] = step + latency;
      }
      last = step;
    }
  }
}
