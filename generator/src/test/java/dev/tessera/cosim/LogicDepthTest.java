package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class LogicDepthTest {
  @Test
  void theLongestWayCounts() {
    LogicDepth depth = new LogicDepth();
    depth.add("here", -1, List.of(9), List.of(1));
    depth.add("here", 1, List.of(2, 7), List.of(3));
    depth.add("here", 0, List.of(3), List.of(4));
    depth.add("end", 1, List.of(4, 1), List.of(9));
    depth.add("here", 1, List.of(1), List.of(2));
    depth.add("here", 1, List.of(1, 1), List.of(7));
    assertEquals(new LogicDepth.Way(3, "end"), depth.longest());
  }

  @Test
  void registersEndAWay() {
    LogicDepth depth = new LogicDepth();
    depth.add("here", 1, List.of(1), List.of(2));
    depth.add("here", -1, List.of(2), List.of(3));
    depth.add("here", 1, List.of(3), List.of(1));
    assertEquals(2, depth.longest().levels());
    assertEquals(0, new LogicDepth().longest().levels());
  }

  @Test
  void aLoopIsNamed() {
    LogicDepth depth = new LogicDepth();
    depth.add("here", 1, List.of(1, 5), List.of(2));
    depth.add("here", 1, List.of(2), List.of(1));
    assertThrows(IllegalStateException.class, depth::longest);
  }

  @Test
  void longChainsNeedNoStack() {
    LogicDepth depth = new LogicDepth();
    int cells = 100_000;
    for (int i = 0; i < cells; i++) {
      depth.add("here", 1, List.of(i + 1), List.of(i));
    }
    assertEquals(cells, depth.longest().levels());
  }
}
