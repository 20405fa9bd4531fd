package dev.tessera.golden;

import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.codec.CutTop;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Bytes that the stored maps of a frame move to memory, and as many back, exact. */
public final class StoredBytes {
  private StoredBytes() {}

  /**
   * The bytes of every cut.
   *
   * @param design as it works on the frame, tables applied
   * @return by the name of the cut, in the order of the netlist
   */
  public static Map<String, Long> of(Design design, Frame input) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    Optional<CutTop> cuts = CutTop.of(design);
    if (cuts.isEmpty()) {
      return bytes;
    }
    boolean known = cuts.get().specs().stream().allMatch(CutSpec::raw);
    Map<String, Frame> links = known ? Map.of() : GoldenModel.runAll(design, input).links();
    for (Instance instance : cuts.get().cuts()) {
      CutSpec cut = (CutSpec) instance.spec();
      long own = known ? cut.bytes() : cut.bytes(links.get(instance.inputs().get(0)));
      bytes.put(cut.name(), own);
    }
    return bytes;
  }
}
