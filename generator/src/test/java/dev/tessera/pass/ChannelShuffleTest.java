package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channel shuffles that are written as reshaping and exchange of axes are wiring (law 3). */
@Tag("fast")
class ChannelShuffleTest {
  @TempDir private Path place;

  private static OnnxBuilder frame() {
    return new OnnxBuilder(13, 5).frame(6, 9, 11);
  }

  /** Two groups of three channels, exchanged. */
  private static OnnxBuilder shuffle(OnnxBuilder b, String output, String input, long... back) {
    b.node("Reshape", input + "_groups", input, b.integers(1, 2, 3, 9, 11));
    b.node("Transpose", input + "_turned", input + "_groups")
        .set("perm", new long[] {0, 2, 1, 3, 4});
    return b.node("Reshape", output, input + "_turned", b.integers(back));
  }

  @Test
  void groupsAreExchangedBySelection() {
    OnnxBuilder b = shuffle(frame(), "s", "x", 1, -1, 9, 11).node("Relu", "y", "s");
    Graph graph = LawThree.check(b.write(place), 1, 5);
    List<Node> selects = graph.nodes().stream().filter(n -> n instanceof Node.Select).toList();
    assertEquals(1, selects.size(), graph.nodes().toString());
    assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5}, ((Node.Select) selects.get(0)).channels());
  }

  @Test
  void aShuffleBetweenGroupedConvolutionsIsNoUnitOfItsOwn() {
    OnnxBuilder b = frame().conv("c", "x", 6, 6, 3, 3, 2, 1, 1, 1, 1);
    shuffle(b, "s", "c", 1, 6, 9, 11).conv("y", "s", 6, 6, 3);
    Graph graph = LawThree.check(b.write(place), 1, 5);
    assertTrue(graph.nodes().stream().noneMatch(n -> n instanceof Node.Select), "" + graph.nodes());
  }

  @Test
  void aReshapeToTheSameShapeIsNothing() {
    OnnxBuilder b = frame().conv("c", "x", 6, 4, 3);
    b.node("Reshape", "r", "c", b.integers(0, 0, -1, 11)).node("Relu", "y", "r");
    Graph graph = LawThree.check(b.write(place), 1, 5);
    assertEquals(2, graph.nodes().size(), graph.nodes().toString());
  }

  @Test
  void theFrameMayBeAnother() {
    OnnxBuilder b = shuffle(frame(), "s", "x", 1, 6, 9, 11).node("Relu", "y", "s");
    Graph any = OnnxReader.read(b.write(place), new ReadOptions(Optional.empty(), true));
    assertEquals(new TensorType(6, Extent.FRAME, Extent.FRAME), any.type("y"));
  }

  private void assertRefused(String sentence, Consumer<OnnxBuilder> body) {
    OnnxBuilder b = frame();
    body.accept(b);
    Path file = b.write(place);
    TesseraException e = assertThrows(TesseraException.class, () -> OnnxReader.read(file));
    assertEquals(sentence, e.diagnostic().sentence());
  }

  @Test
  void pixelsStayWhereTheyAre() {
    assertRefused(
        "Reshape to [1, 6, 11, 9] moves more than channels",
        b -> b.node("Reshape", "y", "x", b.integers(1, 6, 11, 9)));
    assertRefused(
        "Reshape to [1, 3, 18, 11] moves more than channels",
        b -> b.node("Reshape", "y", "x", b.integers(1, 3, 18, 11)));
    assertRefused(
        "Reshape to 2 axes is not supported", b -> b.node("Reshape", "y", "x", b.integers(1, -1)));
    assertRefused(
        "Reshape to [1, 4, -1, 9, 11] moves more than channels",
        b -> b.node("Reshape", "r", "x", b.integers(1, 4, -1, 9, 11)).node("Relu", "y", "r"));
    assertRefused(
        "Transpose by [0, 1, 3, 2] of 4 axes is not supported",
        b -> b.node("Transpose", "y", "x").set("perm", new long[] {0, 1, 3, 2}));
  }

  @Test
  void groupsAreNoMaps() {
    assertRefused(
        "it reads 'r', whose channels are split into groups",
        b -> b.node("Reshape", "r", "x", b.integers(1, 2, 3, 9, 11)).node("Relu", "y", "r"));
  }
}
