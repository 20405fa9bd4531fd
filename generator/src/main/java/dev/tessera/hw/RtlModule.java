package dev.tessera.hw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A unit as an instance of a library module.
 *
 * @param module module name; its file is {@code <module>.sv}
 * @param sources library files needed, relative to {@code templates/}, the module's own last
 * @param parameters Verilog parameter to literal (an integer, or a quoted string for a memory
 *     file), in order
 * @param memories memory images the parameters name
 * @param external pins that go straight to the top (video ports, error flags)
 * @param idle ports of the module that this instance has no use for: inputs are tied to zero
 * @param texts files that are not of the library, name to contents
 */
public record RtlModule(
    String module,
    List<String> sources,
    Map<String, String> parameters,
    List<MemoryImage> memories,
    List<Port> external,
    List<Port> idle,
    Map<String, String> texts) {
  public RtlModule {
    sources = List.copyOf(sources);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    memories = List.copyOf(memories);
    external = List.copyOf(external);
    idle = List.copyOf(idle);
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** A module of the library. */
  public RtlModule(
      String module,
      List<String> sources,
      Map<String, String> parameters,
      List<MemoryImage> memories,
      List<Port> external,
      List<Port> idle) {
    this(module, sources, parameters, memories, external, idle, Map.of());
  }

  /** A module that uses all its ports. */
  public RtlModule(
      String module,
      List<String> sources,
      Map<String, String> parameters,
      List<MemoryImage> memories,
      List<Port> external) {
    this(module, sources, parameters, memories, external, List.of());
  }

  /** This module with another value of a parameter. */
  public RtlModule with(String parameter, String value) {
    Map<String, String> values = new LinkedHashMap<>(parameters);
    values.put(parameter, value);
    return new RtlModule(module, sources, values, memories, external, idle, texts);
  }

  /** This module with a use for {@code ports}, which were idle, and with more external pins. */
  public RtlModule using(List<Port> ports, List<Port> pins) {
    List<Port> left = idle.stream().filter(p -> !ports.contains(p) && !pins.contains(p)).toList();
    List<Port> outside = new ArrayList<>(external);
    outside.addAll(pins);
    return new RtlModule(module, sources, parameters, memories, outside, left, texts);
  }

  /** This module made of files of its own. */
  public RtlModule withTexts(Map<String, String> files) {
    return new RtlModule(module, sources, parameters, memories, external, idle, files);
  }
}
