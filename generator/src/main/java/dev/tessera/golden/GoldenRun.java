package dev.tessera.golden;

import dev.tessera.hw.Frame;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a design computes for one frame.
 *
 * @param output the frame that leaves the design
 * @param links the frame on every link, by name; empty unless it was asked for
 */
public record GoldenRun(Frame output, Map<String, Frame> links) {
  public GoldenRun {
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
  }
}
