package dev.tessera.unit.route;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lane changes, selections and concatenations, down to single beats and single channels. */
public final class RouteSamples {
  private static final int[][] LANES = {
    {1, 1}, {4, 1}, {1, 4}, {3, 2}, {2, 3}, {7, 7}, {7, 2}, {2, 7}, {5, 3}
  };

  private RouteSamples() {}

  /** All samples; the same at every call. */
  public static List<RouteSpec> all() {
    List<RouteSpec> all = new ArrayList<>();
    for (int[] l : LANES) {
      String name = "route_lanes_" + l[0] + "_" + l[1];
      all.add(RouteSpec.lanes(name, stream(7, l[0], new FixedType(true, 9)), l[1]));
    }
    StreamType eight = stream(8, 3, FixedType.UINT8);
    all.add(RouteSpec.lanes("route_wide", stream(64, 16, new FixedType(true, 8)), 8));
    all.add(RouteSpec.select("route_select", eight, new int[] {7, 0, 0, 3, 5}, 2));
    all.add(RouteSpec.select("route_slice", eight, new int[] {3, 4, 5}, 3));
    all.add(RouteSpec.select("route_one", stream(8, 8, FixedType.UINT8), new int[] {6}, 1));
    all.add(RouteSpec.select("route_repeat", stream(1, 1, FixedType.UINT8), new int[9], 4));
    for (int n = 2; n <= RouteSpec.MAX_INPUTS; n++) {
      all.add(concat(n));
    }
    all.add(equalLanes());
    all.add(mixed());
    return all;
  }

  private static StreamType stream(int channels, int lanes, FixedType type) {
    return new StreamType(channels, lanes, type, 5, 4);
  }

  /** Inputs that differ in channels, lanes, width and sign. */
  private static RouteSpec concat(int n) {
    List<StreamType> inputs = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      int channels = 1 + (k * 5 + n) % 7;
      inputs.add(stream(channels, 1 + (k + n) % channels, new FixedType(k % 2 == 0, 4 + k)));
    }
    return RouteSpec.concat("route_concat" + n, inputs, 1 + n % 4, new FixedType(true, 13));
  }

  private static RouteSpec equalLanes() {
    StreamType input = stream(8, 4, FixedType.UINT8);
    return RouteSpec.concat("route_equal", List.of(input, input, input), 4, FixedType.UINT8);
  }

  private static RouteSpec mixed() {
    Random random = new Random(3);
    List<StreamType> inputs = List.of(stream(4, 2, FixedType.UINT8), stream(6, 3, FixedType.UINT8));
    List<RouteSpec.Tap> map = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      int k = random.nextInt(2);
      map.add(new RouteSpec.Tap(k, random.nextInt(inputs.get(k).channels())));
    }
    return new RouteSpec("route_mixed", inputs, stream(9, 4, FixedType.UINT8), map);
  }
}
