package dev.tessera.hw;

import dev.tessera.ir.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a stream's frames as a function of the size of the design's frame, exact: on each
 * axis a few {@link Scaling}s, one after the other; none is the frame's own size.
 *
 * @param columns from the frame's width
 * @param rows from the frame's height
 */
public record SizeMap(List<Scaling> columns, List<Scaling> rows) {
  /** The frame itself. */
  public static final SizeMap FRAME = new SizeMap(List.of(), List.of());

  public SizeMap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** This size, changed once more; the shortest exact form. */
  public SizeMap then(Scaling moreColumns, Scaling moreRows) {
    return new SizeMap(append(columns, moreColumns), append(rows, moreRows));
  }

  /** The sizes that {@code columns} and {@code rows} stand for. */
  public static SizeMap of(Extent columns, Extent rows) {
    return new SizeMap(chain(columns), chain(rows));
  }

  private static List<Scaling> chain(Extent extent) {
    List<Scaling> before = extent.of() == null ? List.of() : chain(extent.of());
    return append(before, new Scaling(extent.mul(), extent.add(), extent.div()));
  }

  private static List<Scaling> append(List<Scaling> chain, Scaling next) {
    List<Scaling> all = new ArrayList<>(chain);
    Scaling last = next;
    while (!all.isEmpty()) {
      Scaling before = all.get(all.size() - 1);
      if (before.then(last).isEmpty()) {
        break;
      }
      last = before.then(last).get();
      all.remove(all.size() - 1);
    }
    if (!last.equals(Scaling.SAME)) {
      all.add(last);
    }
    return all;
  }

  /** The size for a frame of size {@code frame}. */
  public Size at(Size frame) {
    return new Size(along(columns, frame.width()), along(rows, frame.height()));
  }

  private static int along(List<Scaling> chain, int n) {
    int size = n;
    for (Scaling step : chain) {
      size = step.at(size);
    }
    return size;
  }
}
