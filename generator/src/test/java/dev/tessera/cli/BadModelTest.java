package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of broken model, and the message it gets. */
@Tag("fast")
class BadModelTest {
  private static final String EXPORT_AGAIN =
      "  hint: export the model again, or check the download";

  @TempDir private Path place;

  static Stream<Arguments> models() {
    byte[] sound = SmallModels.upscaler().toByteArray();
    return Stream.of(
        broken(
            "text",
            "I am not a network.\n".getBytes(StandardCharsets.UTF_8),
            "net.onnx: error[onnx.format]: the file is not an ONNX model, or is cut short",
            EXPORT_AGAIN),
        broken(
            "empty",
            new byte[0],
            "net.onnx: error[onnx.format]: the file is not an ONNX model, or is cut short: it has"
                + " no graph or no opset",
            EXPORT_AGAIN),
        broken(
            "truncated",
            Arrays.copyOf(sound, sound.length / 2),
            "net.onnx: error[onnx.format]: the file is not an ONNX model, or is cut short",
            EXPORT_AGAIN),
        broken(
            "cyclic",
            SmallModels.cyclic(),
            "net.onnx: error[onnx.cycle]: the node needs its own result: the graph has a cycle",
            "  at node 'first' (Add)",
            "  hint: recurrent networks are not supported"),
        broken(
            "unknown operator",
            SmallModels.unknownOperator(),
            "net.onnx: error[onnx.operator]: operator FlyToTheMoon is not supported",
            "  at node 'rocket' (FlyToTheMoon)",
            "  hint: supported are Add, AveragePool, BatchNormalization, Cast, Clip, Concat, "
                + "Constant, Conv, ConvTranspose, DepthToSpace, DequantizeLinear, Div, Elu, Erf, "
                + "Gelu, GlobalAveragePool, HardSigmoid, HardSwish, Identity, InstanceNormalization, "
                + "LeakyRelu, MaxPool, Mish, Mul, Neg, PRelu, Pad, Pow, QuantizeLinear, Reciprocal, Relu, Reshape, Resize, Sigmoid, "
                + "Slice, Softplus, Split, Sqrt, Sub, Tanh, Transpose"),
        broken(
            "dilated convolution",
            SmallModels.dilated(),
            "net.onnx: error[onnx.kernel]: a dilated kernel that spans 41 x 41 is not supported",
            "  at node 'head' (Conv)",
            "  hint: kernels may span 33 x 33 pixels"),
        broken(
            "wrong attribute",
            SmallModels.wrongAttribute(),
            "net.onnx: error[onnx.attribute]: attribute 'wobble' of Conv is not supported",
            "  at node 'head' (Conv)",
            "  hint: export the model without it"),
        broken(
            "huge dimensions",
            SmallModels.hugeDimensions(),
            "net.onnx: error[onnx.size]: the constant is too large: [1099511627776, 1099511627776,"
                + " 3, 3]",
            "  at constant 'w1'",
            "  hint: all constants together may have 33554432 elements"));
  }

  private static Arguments broken(String name, MessageLite model, String... lines) {
    return broken(name, model.toByteArray(), lines);
  }

  private static Arguments broken(String name, byte[] model, String... lines) {
    return Arguments.of(name, model, List.of(lines));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void isRefusedByName(String name, byte[] bytes, List<String> lines) throws IOException {
    Path model = Files.write(place.resolve("net.onnx"), bytes);
    CommandRun run = CommandRun.of("inspect", model);
    assertEquals(lines, run.err().replace(model.toString(), "net.onnx").lines().toList());
    assertEquals("", run.out());
    assertEquals(1, run.exitCode());
  }

  @Test
  void aSoundModelIsShown() throws IOException {
    Path model = place.resolve("net.onnx");
    Files.write(model, SmallModels.upscaler().toByteArray());
    CommandRun run = CommandRun.of("inspect", model);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    // 1 x 4 x 9 and 4 x 4 x 9 products; a window of 3 and one of 3 on top of it see 5 pixels.
    assertEquals("180", fact(run, "MAC per input pixel"));
    assertEquals("5 x 5", fact(run, "receptive field"));
    assertEquals("1 x 2H x 2W", fact(run, "output"));
  }

  @Test
  void aMissingModelIsRefused() {
    CommandRun run = CommandRun.of("inspect", place.resolve("none.onnx"));
    assertEquals(1, run.exitCode());
    assertEquals(
        place.resolve("none.onnx") + ": error[onnx.file]: there is no such model file",
        run.err().lines().findFirst().orElseThrow());
  }

  private static String fact(CommandRun run, String name) {
    return run.out()
        .lines()
        .filter(line -> line.startsWith(name + "  "))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
