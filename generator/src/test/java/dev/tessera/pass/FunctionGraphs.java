package dev.tessera.pass;

import static dev.tessera.pass.OperatorGraphs.of;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.ir.Activation.Function;
import dev.tessera.pass.OperatorGraphs.Sample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Small models with products of maps and smooth functions, by name and as exporters write them. */
final class FunctionGraphs {
  private FunctionGraphs() {}

  static Stream<Sample> all() {
    Stream<Sample> written =
        written().entrySet().stream().map(e -> of("as " + e.getKey(), 13, 3, e.getValue()));
    return Stream.of(products(), named(), written).flatMap(s -> s);
  }

  private static Stream<Sample> products() {
    return Stream.of(
        of("product", 13, 3, b -> b.conv("c", "x", 3, 3, 3).node("Mul", "y", "x", "c")),
        of("square", 13, 3, b -> b.node("Mul", "y", "x", "x")),
        of("cube", 13, 3, b -> b.node("Pow", "y", "x", b.number(3))),
        of(
            "product with one channel",
            13,
            3,
            b -> b.conv("c", "x", 3, 1, 3).node("Mul", "y", "c", "x")),
        of(
            "product, clipped",
            13,
            3,
            b -> {
              b.conv("c", "x", 3, 3, 3).conv("d", "x", 3, 3, 1).node("Mul", "m", "c", "d");
              b.node("Clip", "y", "m", b.number(-0.1), b.number(0.2));
            }));
  }

  private static Stream<Sample> named() {
    return Stream.of(
        of("HardSigmoid", 13, 3, b -> wide(b).node("HardSigmoid", "y", "w").set("alpha", 0.3f)),
        of("HardSwish", 14, 3, b -> wide(b).node("HardSwish", "y", "w")),
        of("Elu", 13, 3, b -> wide(b).node("Elu", "y", "w")),
        of("Elu of 0.3", 13, 3, b -> wide(b).node("Elu", "y", "w").set("alpha", 0.3f)),
        of("Erf", 13, 3, b -> wide(b).node("Erf", "y", "w")),
        of("Softplus", 13, 3, b -> wide(b).node("Softplus", "y", "w")),
        of("Sqrt", 13, 3, b -> positive(b).node("Sqrt", "y", "w")),
        of("Reciprocal", 13, 3, b -> positive(b).node("Reciprocal", "y", "w")),
        of("Mish", 18, 3, b -> wide(b).node("Mish", "y", "w")),
        of("Gelu", 20, 3, b -> wide(b).node("Gelu", "y", "w")),
        of("Gelu by tanh", 20, 3, b -> wide(b).node("Gelu", "y", "w").set("approximate", "tanh")));
  }

  /** Values from -6 to 6. */
  private static OnnxBuilder wide(OnnxBuilder b) {
    return b.node("Mul", "v", "x", b.number(12)).node("Sub", "w", "v", b.number(6));
  }

  /** Values from 0.3 to 3.3. */
  private static OnnxBuilder positive(OnnxBuilder b) {
    return b.node("Mul", "v", "x", b.number(3)).node("Add", "w", "v", b.number(0.3));
  }

  /** Functions without a name in set 13, with the function that each has to become. */
  static Map<Function, Consumer<OnnxBuilder>> written() {
    Map<Function, Consumer<OnnxBuilder>> written = new LinkedHashMap<>();
    written.put(Function.SILU, b -> wide(b).node("Sigmoid", "s", "w").node("Mul", "y", "w", "s"));
    written.put(
        Function.MISH,
        b -> wide(b).node("Softplus", "p", "w").node("Tanh", "t", "p").node("Mul", "y", "t", "w"));
    written.put(
        Function.RECIPROCAL_SQRT,
        b -> positive(b).node("Sqrt", "s", "w").node("Reciprocal", "y", "s"));
    written.put(
        Function.HARD_SWISH,
        b -> {
          wide(b).node("Add", "a", "w", b.number(3));
          b.node("Clip", "c", "a", b.number(0), b.number(6)).node("Mul", "m", "w", "c");
          b.node("Div", "y", "m", b.number(6));
        });
    written.put(
        Function.GELU,
        b -> {
          wide(b).node("Div", "d", "w", b.number(Math.sqrt(2))).node("Erf", "e", "d");
          b.node("Add", "a", "e", b.number(1)).node("Mul", "m", "w", "a");
          b.node("Mul", "y", "m", b.number(0.5));
        });
    written.put(
        Function.GELU_TANH,
        b -> {
          wide(b).node("Pow", "q", "w", b.number(3)).node("Mul", "k", "q", b.number(0.044715));
          b.node("Add", "s", "w", "k").node("Mul", "r", "s", b.number(Math.sqrt(2 / Math.PI)));
          b.node("Tanh", "t", "r").node("Add", "a", "t", b.number(1));
          b.node("Mul", "h", "w", b.number(0.5)).node("Mul", "y", "h", "a");
        });
    return written;
  }
}
