package dev.tessera.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

@Tag("fast")
class ModulesTest {
  private static final String TEXT =
      """
      module Queue (
        input clk
      );
        reg Queue_full;
      endmodule
      module top (
        input clk
      );
        Queue first (
          .clk (clk)
        );
        Queue #(
          .W(3)
        ) second (.clk(clk));
        wire Queue = clk;
      endmodule
      """;

  @Test
  void helpersAreCalledAfterTheTop() {
    String text = Modules.inside("top", TEXT);
    assertEquals(
        java.util.List.of("top_Queue", "top"), CollectionConverters.asJava(Modules.defined(text)));
    assertTrue(text.contains("  top_Queue first (") && text.contains("  top_Queue #("), text);
    assertTrue(text.contains("reg Queue_full;") && text.contains("wire Queue = clk;"), text);
    assertFalse(text.contains("top_top"), text);
  }
}
