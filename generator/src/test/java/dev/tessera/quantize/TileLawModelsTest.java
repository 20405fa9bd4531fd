package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxReader;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.hw.Size;
import dev.tessera.hw.TileAxis;
import dev.tessera.hw.TileGrid;
import dev.tessera.image.Png;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Halo;
import dev.tessera.pass.PassManager;
import dev.tessera.testing.SharedFiles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 2 on trained networks: frames in four tiles, and in stripes, are the frames in one. */
class TileLawModelsTest {
  /** A frame in which no halo is cut off. */
  private static final int LARGE = 960;

  private static final String PHOTO = "images/set5/butterfly.png";
  private static final String LARGE_PHOTO = "images/kodak/kodim07.png";

  /** Pixels of a frame that is not cut. */
  private static final int NARROW = 48;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "espcn_tf_x2",
        "fsrcnn_tf_x2",
        "abpn_qat_x3",
        "abpn_qat_int8_x3",
        "xlsr_x3",
        "imdn_rtc_x2",
        "carn_m_x2"
      })
  void tilesOfTrainedNetworksMakeTheWholeFrame(String name) {
    Quantised network = quantised(name);
    Graph made = network.graph();
    Calibration calibration = network.calibration();
    Codes frame =
        frame(
            calibration, PHOTO, extent(Halo.columns(made, LARGE)), extent(Halo.rows(made, LARGE)));
    Halo columns = Halo.columns(made, frame.width());
    Halo rows = Halo.rows(made, frame.height());
    Codes whole = IntegerRunner.run(made, frame);
    for (boolean stripes : new boolean[] {true, false}) {
      int height = stripes ? frame.height() : frame.height() / 2 + 3;
      TileGrid grid =
          new TileGrid(
              axis(columns, frame.width(), whole.width(), frame.width() / 2 - 3),
              axis(rows, frame.height(), whole.height(), height));
      assertTrue(grid.largest().width() < frame.width(), name + ": " + grid);
      assertArrayEquals(whole.data(), TiledRunner.run(made, frame, whole, grid).data(), name);
    }
  }

  /**
   * Attention looks hundreds of pixels far, and where it reads depends on the size of the frame:
   * frames long enough to be cut are narrow here, so that this takes seconds.
   */
  @ParameterizedTest
  @ValueSource(strings = {"efdn_x4", "rfdn_aim_x4"})
  void tilesOfNetworksWithAttentionMakeTheWholeFrame(String name) {
    Quantised network = quantised(name);
    Graph made = network.graph();
    for (boolean wide : new boolean[] {true, false}) {
      int length = extent(wide ? Halo.columns(made, LARGE) : Halo.rows(made, LARGE));
      int width = wide ? length : NARROW;
      int height = wide ? NARROW : length;
      Codes frame = frame(network.calibration(), LARGE_PHOTO, width, height);
      Codes whole = IntegerRunner.run(made, frame);
      int core = length / 2 - 3;
      TileGrid grid =
          new TileGrid(
              axis(Halo.columns(made, width), width, whole.width(), wide ? core : width),
              axis(Halo.rows(made, height), height, whole.height(), wide ? height : core));
      Size largest = grid.largest();
      assertTrue(Math.max(largest.width(), largest.height()) < length, name + ": " + grid);
      assertArrayEquals(whole.data(), TiledRunner.run(made, frame, whole, grid).data(), name);
    }
  }

  private record Quantised(Graph graph, Calibration calibration) {}

  private static Quantised quantised(String name) {
    Graph model =
        OnnxReader.read(
            SharedFiles.require("models/" + name + ".onnx"),
            new ReadOptions(Optional.empty(), true));
    Graph graph = PassManager.run(model);
    Calibration calibration =
        Calibration.of(List.of(Png.read(SharedFiles.require("images/set5/head.png"))), graph);
    return new Quantised(
        Quantizer.quantize(graph, calibration, QuantOptions.INT8).graph(), calibration);
  }

  /** Pixels in which a halo leaves something to cut. */
  private static int extent(Halo halo) {
    return 2 * Math.max(halo.before(), halo.after()) + 22;
  }

  private static TileAxis axis(Halo halo, int frame, int made, int core) {
    return TileAxis.of(halo, frame, made, Math.max(1, core / halo.alignment()) * halo.alignment());
  }

  /** The middle of a photo. */
  private static Codes frame(Calibration calibration, String photo, int width, int height) {
    int side = Math.max(width, height);
    Calibration.Patch patch =
        Calibration.of(List.of(Png.read(SharedFiles.require(photo))), calibration.colour(), 1, side)
            .patches()
            .get(0);
    Codes all = patch.map();
    Codes frame = new Codes(all.channels(), height, width);
    for (int i = 0; i < all.channels() * height; i++) {
      int from = (i / height * all.height() + i % height) * all.width();
      System.arraycopy(all.data(), from, frame.data(), i * width, width);
    }
    return frame;
  }
}
