package dev.tessera.golden;

import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.NormTable;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.conv.ConvSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables of the normalising units of a design, by the name of the unit, for one frame. */
public final class Tables {
  private Tables() {}

  /**
   * The tables of a frame's own statistics, each taken with the units before it normalised by
   * theirs: exact instance normalisation of the integer network.
   *
   * @param input the whole frame, also where the design cuts it
   */
  public static Map<String, NormTable> exact(Design design, Frame input) {
    Map<String, NormTable> tables = new LinkedHashMap<>();
    Design whole =
        Size.of(input).equals(design.frame()) ? design : Resizing.resized(design, Size.of(input));
    GoldenModel.run(
        whole,
        input,
        (spec, frame) -> {
          if (spec instanceof ConvSpec conv && conv.norm() != null) {
            NormTable table = conv.norm().table(conv.moments(frame));
            tables.put(conv.name(), table);
            return conv.with(table);
          }
          return spec;
        });
    return tables;
  }

  /**
   * The design as it works on a frame with these tables; a unit without one keeps what it has.
   *
   * @param tables by the name of the unit
   */
  public static Design applied(Design design, Map<String, NormTable> tables) {
    List<Instance> instances = new ArrayList<>();
    for (Instance instance : design.instances()) {
      NormTable table = tables.get(instance.spec().name());
      UnitSpec spec =
          table != null && instance.spec() instanceof ConvSpec conv
              ? conv.with(table)
              : instance.spec();
      instances.add(new Instance(spec, instance.inputs(), instance.outputs()));
    }
    return design.withInstances(instances);
  }
}
