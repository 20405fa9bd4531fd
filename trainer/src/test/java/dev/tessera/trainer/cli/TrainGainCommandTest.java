package dev.tessera.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.StatisticsOutput;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.image.Png;
import dev.tessera.image.Rgb;
import dev.tessera.trainer.OnnxExport;
import dev.tessera.trainer.OnnxGraph;
import dev.tessera.trainer.Photos;
import dev.tessera.trainer.Untrained;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command refuses before it trains anything. */
@Tag("fast")
class TrainGainCommandTest {
  @TempDir private Path place;

  private void refused(String code, ModelProto model, Path photos) throws IOException {
    Path file = Files.write(place.resolve("model.onnx"), model.toByteArray());
    Path out = place.resolve("out.onnx");
    StringWriter err = new StringWriter();
    int exit =
        Main.line()
            .setErr(new PrintWriter(err, true))
            .execute(
                "train-gain", file.toString(), "--photos", photos.toString(), "--out", out + "");
    assertEquals(1, exit, err.toString());
    assertTrue(err.toString().contains("[" + code + "]"), err.toString());
    assertTrue(Files.notExists(out));
  }

  private static ModelProto plain() throws IOException {
    return ModelProto.parseFrom(OnnxExport.toBytes(Untrained.network()));
  }

  @Test
  void modelsWithoutNormalisationOrWithABranchAreRefused() throws IOException {
    refused("norm.none", plain(), place);
    ModelProto.Builder branched = plain().toBuilder();
    branched
        .getGraphBuilder()
        .addOutput(OnnxGraph.port(StatisticsOutput.NAME, 4, "1", "1"))
        .addNode(
            OnnxGraph.node("GlobalAveragePool", "mean", List.of("input"))
                .setOutput(0, StatisticsOutput.NAME));
    refused("train.branch", branched.build(), place);
  }

  @Test
  void whatWouldFailAtTheEndIsRefusedAtTheBeginning() throws IOException {
    Path file = Files.write(place.resolve("model.onnx"), plain().toByteArray());
    String out = place.resolve("missing/out.onnx").toString();
    StringWriter err = new StringWriter();
    String[] words = {"train-gain", file.toString(), "--photos", place.toString(), "--out", out};
    assertEquals(1, Main.line().setErr(new PrintWriter(err, true)).execute(words));
    assertTrue(err.toString().contains("[out.unwritable]"), err.toString());
    words[5] = place.resolve("out.onnx").toString();
    String[] more = Arrays.copyOf(words, 7);
    more[6] = "--side=8";
    assertEquals(2, Main.line().setErr(new PrintWriter(err, true)).execute(more));
  }

  @Test
  void photosAreFoundInAllFolders() throws IOException {
    Path inner = Files.createDirectories(place.resolve("a/b"));
    Png.write(inner.resolve("2.png"), new Rgb(4, 4));
    assertTrue(message(place).contains("there are no two photos"));
    Png.write(place.resolve("1.PNG"), new Rgb(4, 4));
    Files.writeString(place.resolve("3.txt"), "no photo");
    assertEquals(2, Photos.files(place).size());
  }

  private static String message(Path folder) {
    try {
      Photos.files(folder);
      return "";
    } catch (TesseraException refused) {
      return refused.getMessage();
    }
  }
}
