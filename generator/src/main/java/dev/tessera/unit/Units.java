package dev.tessera.unit;

import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.add.AddUnit;
import dev.tessera.unit.codec.CutUnit;
import dev.tessera.unit.conv.ConvUnit;
import dev.tessera.unit.custom.CustomUnit;
import dev.tessera.unit.d2s.D2sUnit;
import dev.tessera.unit.fork.ForkUnit;
import dev.tessera.unit.mul.MulUnit;
import dev.tessera.unit.norm.NormUnit;
import dev.tessera.unit.pool.PoolUnit;
import dev.tessera.unit.resize.ResizeUnit;
import dev.tessera.unit.route.RouteUnit;
import dev.tessera.unit.scale.ScaleUnit;
import dev.tessera.unit.table.TableUnit;
import dev.tessera.unit.video.VideoInUnit;
import dev.tessera.unit.video.VideoOutUnit;
import java.util.List;

/** The catalogue of units. */
public final class Units {
  private static final List<HardwareUnit<?>> ALL =
      List.of(
          new VideoInUnit(),
          new ForkUnit(),
          new RouteUnit(),
          new ConvUnit(),
          new AddUnit(),
          new MulUnit(),
          new PoolUnit(),
          new ScaleUnit(),
          new TableUnit(),
          new NormUnit(),
          new CutUnit(),
          new CustomUnit(),
          new ResizeUnit(),
          new D2sUnit(),
          new VideoOutUnit());

  private Units() {}

  /** Every unit. */
  public static List<HardwareUnit<?>> all() {
    return ALL;
  }

  /**
   * The unit of {@code spec}.
   *
   * @throws IllegalArgumentException if its class is not in the catalogue
   */
  @SuppressWarnings("unchecked")
  public static <S extends UnitSpec> HardwareUnit<S> of(S spec) {
    for (HardwareUnit<?> unit : ALL) {
      if (unit.specClass().equals(spec.getClass())) {
        return (HardwareUnit<S>) unit;
      }
    }
    throw new IllegalArgumentException("no unit for " + spec.getClass().getSimpleName());
  }
}
