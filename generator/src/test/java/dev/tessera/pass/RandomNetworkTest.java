package dev.tessera.pass;

import dev.tessera.frontend.OnnxBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 3 on networks that chance puts together out of every operator. */
@Tag("fast")
class RandomNetworkTest {
  private static final int NODES = 16;
  private static final int MOST_CHANNELS = 24;

  @TempDir private Path place;

  private record Map(String name, int channels) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyPassKeepsTheResult(long seed) {
    Random random = new Random(seed);
    OnnxBuilder b = new OnnxBuilder(13, seed).frame(3);
    List<Map> maps = new ArrayList<>(List.of(new Map("x", 3)));
    for (int i = 0; i < NODES; i++) {
      maps.add(grow(b, random, maps, "v" + i));
    }
    // Every map counts: the result reads the last few.
    String[] last =
        maps.subList(maps.size() - 5, maps.size()).stream().map(Map::name).toArray(String[]::new);
    b.node("Concat", "all", last).set("axis", 1);
    int channels =
        maps.subList(maps.size() - 5, maps.size()).stream().mapToInt(Map::channels).sum();
    b.conv("e", "all", channels, 8, 1).node("DepthToSpace", "d", "e").set("blocksize", 2);
    b.set("mode", random.nextBoolean() ? "CRD" : "DCR").node("Tanh", "y", "d");
    LawThree.check(b.write(place), 1, seed);
  }

  private static Map grow(OnnxBuilder b, Random random, List<Map> maps, String name) {
    Map in = maps.get(Math.max(0, maps.size() - 1 - random.nextInt(4)));
    int c = in.channels();
    switch (random.nextInt(13)) {
      case 0, 1:
        int out = 2 + random.nextInt(6);
        b.conv(name, in.name(), c, out, 1 + random.nextInt(5));
        return new Map(name, out);
      case 2:
        b.conv(name, in.name(), c, c, 3, 3, c, 1, 1, 1, 1);
        return new Map(name, c);
      case 3:
        b.node("PRelu", name, in.name(), b.random(1, c, 1, 1));
        return new Map(name, c);
      case 4:
        b.node("Clip", name, in.name(), b.number(-0.5), b.number(0.75));
        return new Map(name, c);
      case 5:
        b.node("Mul", name, in.name(), b.random(1, 1, c, 1, 1));
        return new Map(name, c);
      case 6:
        b.node("Sub", name, b.random(0.5, c, 1, 1), in.name());
        return new Map(name, c);
      case 7:
        return concat(b, random, maps, in, name);
      case 8:
        int from = random.nextInt(c);
        b.node("Slice", name, in.name(), b.integers(from), b.integers(c), b.integers(1));
        return new Map(name, c - from);
      case 9:
        b.node("Pad", name + "p", in.name(), b.integers(0, 0, 1, 1, 0, 0, 1, 1));
        b.set("mode", List.of("reflect", "edge", "constant").get(random.nextInt(3)));
        b.conv(name, name + "p", c, 3, 3, 3, 1);
        return new Map(name, 3);
      case 10:
        return split(b, random, in, name);
      case 11:
        return sum(b, random, maps, in, name);
      default:
        b.node("Relu", name, in.name());
        return new Map(name, c);
    }
  }

  private static Map concat(OnnxBuilder b, Random random, List<Map> maps, Map in, String name) {
    Map other = maps.get(random.nextInt(maps.size()));
    if (in.channels() + other.channels() > MOST_CHANNELS) {
      b.node("Sigmoid", name, in.name());
      return new Map(name, in.channels());
    }
    b.node("Concat", name, in.name(), other.name()).set("axis", 1);
    return new Map(name, in.channels() + other.channels());
  }

  /** Halves through convolutions of their own, and together again. */
  private static Map split(OnnxBuilder b, Random random, Map in, String name) {
    if (in.channels() % 2 == 1) {
      b.conv(name, in.name(), in.channels(), 4, 3);
      return new Map(name, 4);
    }
    int half = in.channels() / 2;
    b.node("Split", name + "a", in.name()).also(name + "b").set("axis", 1);
    b.conv(name + "c", name + "a", half, 2, 3).conv(name + "d", name + "b", half, 2, 3);
    b.node("Concat", name, name + "d", name + "c").set("axis", random.nextBoolean() ? 1 : -3);
    return new Map(name, 4);
  }

  private static Map sum(OnnxBuilder b, Random random, List<Map> maps, Map in, String name) {
    for (Map other : maps) {
      if (other.channels() == in.channels() && random.nextInt(3) > 0) {
        b.node(random.nextBoolean() ? "Add" : "Sub", name, in.name(), other.name());
        return new Map(name, in.channels());
      }
    }
    b.node("LeakyRelu", name, in.name()).set("alpha", 0.3f);
    return new Map(name, in.channels());
  }
}
