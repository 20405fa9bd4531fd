package dev.tessera.cosim;

import java.util.List;
import java.util.stream.Stream;

/** Seeded faults of the units that pool and resize maps. */
final class WindowFaults {
  private WindowFaults() {}

  /** All of them. */
  static List<Fault> all() {
    return Stream.concat(pooling().stream(), resizing().stream()).toList();
  }

  private static Fault fault(
      String what, String kind, String sample, String file, String from, String to) {
    return new Fault(what, kind, sample, file, from, to);
  }

  private static List<Fault> pooling() {
    String pool = "unit/pool/ts_pool.sv";
    String merge = "unit/pool/ts_pool_merge.sv";
    String axis = "unit/pool/ts_pool_axis.sv";
    return List.of(
        fault(
            "a maximum without signs",
            "pool",
            "max_same",
            merge,
            "$signed(a) > $signed(b)",
            "$unsigned(a) > $unsigned(b)"),
        fault(
            "windows out of step",
            "pool",
            "max_stem",
            axis,
            "(S - BEFORE % S) % S",
            "BEFORE % S - 1"),
        fault("a row of the frame above", "pool", "max_rows", pool, "(firsts[2])", "(firsts[3])"),
        fault("the wrong border", "pool", "around", pool, "EW'(1 + PL + PR)", "EW'(1 + PL)"),
        fault(
            "sums of another column",
            "pool",
            "average_quarter",
            pool,
            ".rd_addr(places[0+:AW])",
            ".rd_addr(places[AW+:AW])"));
  }

  private static List<Fault> resizing() {
    String resize = "unit/resize/ts_resize.sv";
    String axis = "unit/resize/ts_resize_axis.sv";
    String blend = "unit/resize/ts_resize_blend.sv";
    String read = "unit/resize/ts_resize_read.sv";
    return List.of(
        fault(
            "a pixel behind the last",
            "resize",
            "linear_double",
            axis,
            "source_last ? '0 : entry",
            "entry"),
        fault(
            "weights of the other side",
            "resize",
            "linear_corners",
            blend,
            "<<< BITS) + q",
            "<<< BITS) - q"),
        fault(
            "rows exchanged",
            "resize",
            "linear_attention",
            resize,
            "rd_slot[1] ^ rd_slot[0]",
            "rd_slot[1]"),
        fault(
            "a row read before it is there",
            "resize",
            "nearest_double",
            read,
            "stored != '0",
            "1'b1"),
        fault(
            "a row written before its place is free",
            "resize",
            "nearest_double",
            "unit/resize/ts_resize_write.sv",
            "(free != '0)",
            "1'b1"));
  }
}
