package dev.tessera.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Frame;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import dev.tessera.unit.add.AddSamples;
import dev.tessera.unit.add.AddSpec;
import dev.tessera.unit.codec.CutSamples;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.custom.CustomSamples;
import dev.tessera.unit.custom.CustomSpec;
import dev.tessera.unit.d2s.D2sSamples;
import dev.tessera.unit.d2s.D2sSpec;
import dev.tessera.unit.fork.ForkSamples;
import dev.tessera.unit.mul.MulSamples;
import dev.tessera.unit.mul.MulSpec;
import dev.tessera.unit.norm.NormSamples;
import dev.tessera.unit.norm.NormSpec;
import dev.tessera.unit.pool.PoolSamples;
import dev.tessera.unit.pool.PoolSpec;
import dev.tessera.unit.resize.ResizeReference;
import dev.tessera.unit.resize.ResizeSamples;
import dev.tessera.unit.resize.ResizeSpec;
import dev.tessera.unit.route.RouteSamples;
import dev.tessera.unit.route.RouteSpec;
import dev.tessera.unit.scale.ScaleSamples;
import dev.tessera.unit.scale.ScaleSpec;
import dev.tessera.unit.table.TableSamples;
import dev.tessera.unit.table.TableSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden models of the small units against references written differently, and their timing. */
@Tag("fast")
class UnitGoldenTest {
  static Stream<UnitSpec> all() {
    return Stream.of(
            ForkSamples.all(),
            RouteSamples.all(),
            AddSamples.all(),
            MulSamples.all(),
            PoolSamples.all(),
            ResizeSamples.all(),
            ScaleSamples.all(),
            NormSamples.all(),
            CutSamples.all(),
            CustomSamples.all(),
            TableSamples.all(),
            D2sSamples.all())
        .flatMap(List::stream);
  }

  static Stream<UnitSpec> arithmetic() {
    return Stream.of(AddSamples.all(), MulSamples.all(), PoolSamples.all(), ScaleSamples.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("all")
  void equalsTheReference(UnitSpec spec) {
    List<Frame> in = frames(spec.inputs(), 1);
    List<Frame> out = Units.of(spec).golden(spec, in);
    assertEquals(spec.outputs().size(), out.size());
    for (int i = 0; i < out.size(); i++) {
      StreamType type = spec.outputs().get(i);
      for (int c = 0; c < type.channels(); c++) {
        for (int y = 0; y < type.height(); y++) {
          for (int x = 0; x < type.width(); x++) {
            long expected = reference(spec, in, c, y, x);
            assertEquals(expected, out.get(i).at(c, y, x), spec.name() + " at " + c + "," + y);
          }
        }
      }
    }
  }

  private static long reference(UnitSpec spec, List<Frame> in, int c, int y, int x) {
    if (spec instanceof RouteSpec s) {
      return in.get(s.map().get(c).input()).at(s.map().get(c).channel(), y, x);
    } else if (spec instanceof AddSpec s) {
      return add(s, in.get(0).at(c, y, x), in.get(1).at(c, y, x), c);
    } else if (spec instanceof ScaleSpec s) {
      return scale(s.requant(), in.get(0).at(c, y, x), c);
    } else if (spec instanceof NormSpec s) {
      return scale(s.requant(), in.get(0).at(c, y, x), c);
    } else if (spec instanceof CustomSpec s) {
      int other = s.inputs().size() > 1 ? in.get(1).at(c, y, x) : Integer.MAX_VALUE;
      String[] bounds = s.settings().isEmpty() ? new String[0] : s.settings().split(",");
      long code = Math.min(in.get(0).at(c, y, x), other);
      return bounds.length == 0
          ? code
          : Math.min(Math.max(code, Long.parseLong(bounds[0])), Long.parseLong(bounds[1]));
    } else if (spec instanceof CutSpec) {
      return in.get(0).at(c, y, x);
    } else if (spec instanceof PoolSpec s) {
      return pool(s, in.get(0), c, y, x);
    } else if (spec instanceof ResizeSpec s) {
      return scale(s.requant(), ResizeReference.sum(s, in.get(0), c, y, x), c);
    } else if (spec instanceof MulSpec s) {
      int other = s.right().channels() == 1 ? 0 : c;
      long left = (long) in.get(0).at(c, y, x) - s.leftZero()[c];
      long right = (long) in.get(1).at(other, y, x) - s.rightZero()[other];
      return scale(s.requant(), left * right, c);
    } else if (spec instanceof TableSpec s) {
      int code = in.get(0).at(c, y, x);
      return s.entries()[s.input().type().signed() ? code + s.entries().length / 2 : code];
    } else if (spec instanceof D2sSpec s) {
      int b = s.block();
      int a = y % b * b + x % b;
      int channel = s.crd() ? c * b * b + a : a * s.output().channels() + c;
      return in.get(0).at(channel, y / b, x / b);
    }
    return in.get(0).at(c, y, x);
  }

  private static long add(AddSpec s, long left, long right, int c) {
    BigInteger sum =
        BigInteger.valueOf(left)
            .multiply(BigInteger.valueOf(s.leftMultiplier()[c]))
            .add(BigInteger.valueOf(right).multiply(BigInteger.valueOf(s.rightMultiplier()[c])))
            .add(BigInteger.valueOf(s.offset()[c]));
    return clip(sum, s.shift(), s.lo(), s.hi());
  }

  private static long pool(PoolSpec s, Frame in, int c, int y, int x) {
    List<Integer> codes = new ArrayList<>();
    int top = y * s.stride().rows() - s.pads().top();
    int left = x * s.stride().columns() - s.pads().left();
    for (int i = 0; i < s.kernelHeight() * s.kernelWidth(); i++) {
      int row = top + i / s.kernelWidth();
      int column = left + i % s.kernelWidth();
      if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
        codes.add(in.at(c, row, column));
      }
    }
    int acc =
        s.max()
            ? codes.stream().max(Integer::compare).orElseThrow()
            : codes.stream().mapToInt(code -> code).sum();
    int above = Math.max(0, -top);
    int below = Math.max(0, top + s.kernelHeight() - in.height());
    int before = Math.max(0, -left);
    int behind = Math.max(0, left + s.kernelWidth() - in.width());
    int row = above > 0 ? above : below > 0 ? s.pads().top() + below : 0;
    int column = before > 0 ? before : behind > 0 ? s.pads().left() + behind : 0;
    int border = row * (1 + s.pads().left() + s.pads().right()) + column;
    if (s.requant().channels() > in.channels()) {
      return scale(s.requant(), acc, border * in.channels() + c, 0);
    }
    return scale(s.requant(), acc, c, s.requant().borderClasses() == 1 ? 0 : border);
  }

  private static long scale(Requant q, long code, int c) {
    return scale(q, code, c, 0);
  }

  private static long scale(Requant q, long code, int c, int k) {
    long a = Math.floorDiv(code, 1L << q.preShift());
    boolean second = q.twoSided() && a < q.threshold()[c];
    long m = second ? q.negMultiplier()[c] : q.multiplier()[c];
    long b = second ? q.negOffset()[k][c] : q.offset()[k][c];
    BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(m));
    return clip(product.add(BigInteger.valueOf(b)), q.shift(), q.lo(), q.hi());
  }

  private static long clip(BigInteger sum, int shift, int lo, int hi) {
    BigInteger[] parts = sum.divideAndRemainder(BigInteger.ONE.shiftLeft(shift));
    BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    return floor.max(BigInteger.valueOf(lo)).min(BigInteger.valueOf(hi)).longValueExact();
  }

  @ParameterizedTest
  @MethodSource("arithmetic")
  void samplesDoNotJustSaturate(UnitSpec spec) {
    Frame out = Units.of(spec).golden(spec, frames(spec.inputs(), 2)).get(0);
    long distinct = Arrays.stream(out.data()).distinct().count();
    assertTrue(distinct > out.data().length / 8, spec.name() + ": " + distinct + " codes");
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesValuesOutsideTheirType(UnitSpec spec) {
    List<Frame> in = frames(spec.inputs(), 3);
    int[] data = in.get(in.size() - 1).data();
    data[data.length / 2] = (int) spec.inputs().get(in.size() - 1).type().max() + 1;
    assertThrows(IllegalStateException.class, () -> Units.of(spec).golden(spec, in));
  }

  @ParameterizedTest
  @MethodSource("all")
  void framesFollowAtTheStatedDistance(UnitSpec spec) {
    int frames = 4;
    List<long[]> always =
        spec.inputs().stream().map(t -> new long[(int) (frames * t.beatsPerFrame())]).toList();
    Schedule schedule = Units.of(spec).schedule(spec, always);
    for (int i = 0; i < spec.outputs().size(); i++) {
      long[] made = schedule.made().get(i);
      int beats = (int) spec.outputs().get(i).beatsPerFrame();
      assertEquals(frames * beats, made.length);
      assertEquals(
          Units.of(spec).cost(spec).cyclesPerFrame(),
          made[4 * beats - 1] - made[3 * beats - 1],
          spec.name());
    }
  }

  private static List<Frame> frames(List<StreamType> types, int seed) {
    Random random = new Random(seed);
    List<Frame> frames = new ArrayList<>();
    for (StreamType t : types) {
      Frame frame = new Frame(t.channels(), t.height(), t.width());
      FixedType type = t.type();
      for (int i = 0; i < frame.data().length; i++) {
        frame.data()[i] = (int) (type.min() + random.nextInt(1 << type.bits()));
      }
      frames.add(frame);
    }
    return frames;
  }
}
