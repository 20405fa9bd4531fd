package dev.tessera.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One rule for the names in generated files. */
@Tag("fast")
class VerilogNameTest {
  @ParameterizedTest
  @CsvSource({
    "conv1, conv1",
    "/model/Conv_3, model_conv_3",
    "a__b, a_b",
    "9lives, n9lives",
    "module, module_n",
    "small, small_n",
    "entity, entity_n",
    "delete, delete_n",
    "größe, gr_e",
    "'', n",
    "___, n",
    "'a b;endmodule', a_b_endmodule"
  })
  void makesIdentifiers(String name, String legal) {
    assertEquals(legal, VerilogName.legal(name));
    assertTrue(VerilogName.isLegal(legal));
  }

  @Test
  void cutsLongNamesWithoutTheirEnd() {
    String cut = VerilogName.legal("a".repeat(100) + "_end");
    assertEquals(64, cut.length());
    assertTrue(cut.endsWith("_end"));
  }

  @Test
  void tellsNamesApart() {
    Set<String> taken = new HashSet<>();
    assertEquals("a_b", VerilogName.unique("a/b", taken));
    assertEquals("a_b_2", VerilogName.unique("a.b", taken));
    assertEquals("a_b_3", VerilogName.unique("A_B", taken));
    assertFalse(VerilogName.isLegal("A"));
  }
}
