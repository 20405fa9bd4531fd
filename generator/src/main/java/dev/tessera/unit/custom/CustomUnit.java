package dev.tessera.unit.custom;

import dev.tessera.hw.Cost;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.CustomLayers;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/** What a user's own layer is to the rest: a unit like any other. */
public final class CustomUnit implements HardwareUnit<CustomSpec> {
  @Override
  public String kind() {
    return "custom";
  }

  @Override
  public Class<CustomSpec> specClass() {
    return CustomSpec.class;
  }

  private static CustomLayer layer(CustomSpec spec) {
    CustomLayer layer = CustomLayers.of(spec.kind(), spec.settings());
    if (layer.inputs() != spec.inputs().size()) {
      throw new IllegalArgumentException(
          spec.name() + ": a layer of " + layer.inputs() + " maps reads " + spec.inputs().size());
    }
    return layer;
  }

  @Override
  public List<Frame> golden(CustomSpec spec, List<Frame> inputs) {
    List<Frame> checked = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      checked.add(inputs.get(i).require(spec.inputs().get(i).type(), spec.name()));
    }
    Frame made = layer(spec).golden(spec.inputs(), checked);
    return List.of(made.require(spec.outputs().get(0).type(), spec.name()));
  }

  @Override
  public Cost cost(CustomSpec spec) {
    return layer(spec).cost(spec.inputs());
  }

  @Override
  public Schedule schedule(CustomSpec spec, List<long[]> arrivals) {
    return layer(spec).schedule(spec.inputs(), arrivals);
  }

  /** The module is named after all that decides its text: equal ones are one module. */
  @Override
  public RtlModule rtl(CustomSpec spec) {
    String module = module(spec);
    Map<String, String> files = layer(spec).verilog(module, spec.inputs());
    files.keySet().stream()
        .filter(file -> !file.startsWith(module))
        .findFirst()
        .ifPresent(
            file -> {
              throw new IllegalArgumentException(
                  spec.name() + ": the file " + file + " is not called after " + module);
            });
    return new RtlModule(module, List.of(), Map.of(), List.of(), List.of()).withTexts(files);
  }

  private static String module(CustomSpec spec) {
    StringBuilder key = new StringBuilder(spec.kind()).append('\n').append(spec.settings());
    boolean local = layer(spec).reach() == 0;
    for (StreamType in : spec.inputs()) {
      StreamType told = local ? in.withSize(new Size(1, 1)) : in;
      key.append('\n').append(told);
    }
    CRC32 crc = new CRC32();
    crc.update(key.toString().getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%s_%08x", spec.kind(), crc.getValue());
  }

  @Override
  public CustomSpec resized(CustomSpec spec, Size frame, List<StreamType> inputs) {
    if (layer(spec).reach() > 0 && !inputs.equals(spec.inputs())) {
      throw new IllegalArgumentException(
          spec.name() + " is a layer of whole frames of " + Size.of(spec.inputs().get(0)));
    }
    return new CustomSpec(spec.name(), spec.kind(), spec.settings(), inputs);
  }

  @Override
  public String summary() {
    return "a user's own layer";
  }
}
