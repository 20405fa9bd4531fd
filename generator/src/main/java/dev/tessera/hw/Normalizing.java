package dev.tessera.hw;

import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.Normalization;
import dev.tessera.num.Range;
import dev.tessera.num.TableEngine;

/** A unit that can multiply and add by a table of each frame; it does where it has a rule. */
public interface Normalizing extends UnitSpec {
  /** How the table of a frame follows from its statistics; null if the unit has none. */
  Normalization norm();

  /** This unit on a frame whose table is {@code table}. */
  Normalizing with(NormTable table);

  /** The sums of {@code input} from which its table follows. */
  Moments moments(Frame input);

  /** The sums of {@code input} over {@code area} that hardware takes for {@code engine}. */
  Moments moments(Frame input, TableEngine engine, SumArea area);

  /** The same over all of what this unit normalises. */
  default Moments moments(Frame input, TableEngine engine) {
    return moments(input, engine, summedArea());
  }

  /** All of what this unit normalises of a frame. */
  SumArea summedArea();

  /** What makes this unit's tables out of sums over so many positions. */
  TableEngine engine(long positions);

  /** What makes this unit's tables out of sums over one of its frames. */
  default TableEngine engine() {
    return engine(summedArea().positions());
  }

  /** All values that are summed. */
  Range summed();

  /** Values that are summed at a time. */
  int summedLanes();
}
