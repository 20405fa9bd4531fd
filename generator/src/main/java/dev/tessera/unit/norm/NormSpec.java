package dev.tessera.unit.norm;

import dev.tessera.hw.Frame;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.RequantLanes;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.SumArea;
import dev.tessera.num.FixedType;
import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.Normalization;
import dev.tessera.num.Range;
import dev.tessera.num.Requant;
import dev.tessera.num.TableEngine;
import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;

/**
 * Normalisation of a stored map; the code is the accumulator.
 *
 * @param name instance name
 * @param input stream read
 * @param output stream made, of the same channels, lanes and frame
 * @param requant one border class, one entry per channel, of the typical table
 * @param norm how the table of a frame follows from its statistics
 */
public record NormSpec(
    String name, StreamType input, StreamType output, Requant requant, Normalization norm)
    implements Normalizing {
  public NormSpec {
    boolean shape =
        input.withType(output.type()).equals(output)
            && input.positions() == 1
            && requant.channels() == input.channels()
            && norm.channels() == input.channels();
    boolean plain =
        requant.borderClasses() == 1
            && !requant.twoSided()
            && requant.preShift() == 0
            && requant.shift() == norm.shift();
    if (!shape || !plain) {
      throw new IllegalArgumentException(name + ": shapes or tables do not match");
    }
    if (!output.type().holds(requant.lo()) || !output.type().holds(requant.hi())) {
      throw new IllegalArgumentException(
          name + ": " + requant.lo() + ".." + requant.hi() + " in " + output.type());
    }
  }

  /** A unit that keeps the lanes and makes codes of {@code type}. */
  public static NormSpec of(
      String name, StreamType input, FixedType type, Requant requant, Normalization norm) {
    return new NormSpec(name, input, input.withType(type), requant, norm);
  }

  @Override
  public List<StreamType> inputs() {
    return List.of(input);
  }

  @Override
  public List<StreamType> outputs() {
    return List.of(output);
  }

  @Override
  public Optional<Normalization> rule() {
    return Optional.of(norm);
  }

  @Override
  public NormSpec with(NormTable table) {
    return new NormSpec(name, input, output, requant.with(table, norm.offsetShift()), norm);
  }

  @Override
  public Moments moments(Frame frame) {
    return moments(frame, (code, c) -> code);
  }

  @Override
  public Moments moments(Frame frame, TableEngine engine, SumArea area) {
    if (!area.equals(summedArea())) {
      throw new IllegalArgumentException(name + ": sums are taken of all that is stored");
    }
    return moments(frame, (code, c) -> engine.tap(code, (int) c));
  }

  /** Sums of what {@code tap} makes of every code and its channel. */
  private static Moments moments(Frame frame, LongBinaryOperator tap) {
    int plane = frame.width() * frame.height();
    Moments sums = Moments.none(frame.channels());
    for (int i = 0; i < frame.data().length; i++) {
      int c = i / plane;
      long value = tap.applyAsLong(frame.data()[i], c);
      sums.sum()[c] += value;
      sums.squares()[c] = Math.addExact(sums.squares()[c], value * value);
    }
    return new Moments(plane, sums.sum(), sums.squares());
  }

  @Override
  public SumArea summedArea() {
    return SumArea.whole(input.width(), input.height(), 1, 1, false);
  }

  @Override
  public TableEngine engine(long positions) {
    return TableEngine.of(norm, summed(), requant.preShift(), positions);
  }

  @Override
  public Range summed() {
    return input.type().range();
  }

  @Override
  public int summedLanes() {
    return input.lanes();
  }

  /** The requantisers. */
  RequantLanes lanes() {
    return new RequantLanes(input.type().range(), requant, input.lanes());
  }
}
