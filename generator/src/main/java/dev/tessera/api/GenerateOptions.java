package dev.tessera.api;

import dev.tessera.flow.Choices;
import dev.tessera.flow.ColorChoice;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Generation;
import dev.tessera.flow.GenerationOptions;
import dev.tessera.flow.Insertion;
import dev.tessera.flow.NormSource;
import dev.tessera.flow.Precision;
import dev.tessera.flow.TileChoice;
import dev.tessera.hw.CustomLayers;
import dev.tessera.plan.Enlarging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a design shall be: the options of {@code tessera generate}, with the same words, meanings
 * and defaults. Immutable; every {@code with} gives a copy. What excludes each other is refused
 * when the design is made.
 */
public final class GenerateOptions {
  /** One option; the names are those of the command line. */
  private enum Key {
    NAME,
    UNTIL,
    BOARD,
    FRAME,
    TOP,
    AXI_BITS,
    RESIZABLE,
    TILE,
    NORM,
    CODEC,
    BANKS,
    CROP,
    PASSES,
    FPS,
    LIVE,
    MULTIPLIERS,
    CALIBRATE,
    PRECISION,
    COLOR,
    ENLARGE
  }

  private final Path model;
  private final Words<Key> words;
  private final List<Insertion> layers;

  private GenerateOptions(Path model, Words<Key> words, List<Insertion> layers) {
    this.model = model;
    this.words = words;
    this.layers = List.copyOf(layers);
  }

  private static final String REGISTERS = "registers";

  /** Everything at its default. */
  public static GenerateOptions of(Path model) {
    return new GenerateOptions(model, Words.none(Key.class), List.of());
  }

  private GenerateOptions with(Key key, Object word) {
    return new GenerateOptions(model, words.with(key, word), layers);
  }

  /** The ONNX file. */
  public Path model() {
    return model;
  }

  /** {@code --name}: name of the top module, lower case letters, digits and underscores. */
  public GenerateOptions withName(String name) {
    return with(Key.NAME, name);
  }

  /** {@code --until}: end with this value or node; its codes leave as they are. */
  public GenerateOptions withUntil(String value) {
    return with(Key.UNTIL, value);
  }

  /** {@code --board}: name of a board, or a file that describes one. */
  public GenerateOptions withBoard(String board) {
    return with(Key.BOARD, board);
  }

  /** {@code --frame}: input frame in pixels. */
  public GenerateOptions withFrame(int width, int height) {
    return with(Key.FRAME, width + "x" + height);
  }

  /** {@code --top memory}: an AXI4 master reads the frames and writes what is made of them. */
  public GenerateOptions withMemoryTop() {
    return with(Key.TOP, "memory");
  }

  /** {@code --top registers}: the same, started and watched by software through AXI4-Lite. */
  public GenerateOptions withRegisterTop() {
    return with(Key.TOP, REGISTERS);
  }

  /** {@code --axi-bits}: data width of AXI4 masters. */
  public GenerateOptions withAxiBits(int bits) {
    return with(Key.AXI_BITS, bits);
  }

  /** {@code --resizable}: smaller frames are taken too. */
  public GenerateOptions withResizable() {
    return with(Key.RESIZABLE, true);
  }

  /** {@code --tile}: input pixels of a tile without its halo. */
  public GenerateOptions withTile(int width, int height) {
    return with(Key.TILE, width + "x" + height);
  }

  /**
   * {@code --norm}: {@code host}, {@code temporal}, {@code learned}, {@code thumbnail} or {@code
   * exact}.
   */
  public GenerateOptions withNorm(String source) {
    return with(Key.NORM, source);
  }

  /** {@code --codec} of the maps that {@code --norm exact} stores. */
  public GenerateOptions withCodec(String codec) {
    return with(Key.CODEC, codec);
  }

  /** {@code --banks}: tables held for each normalised layer. */
  public GenerateOptions withBanks(int banks) {
    return with(Key.BANKS, banks);
  }

  /** {@code --crop}: input pixels of the crops that {@code --norm thumbnail} measures. */
  public GenerateOptions withCrop(int width, int height) {
    return with(Key.CROP, width + "x" + height);
  }

  /** {@code --passes}: layers that {@code --norm thumbnail} measures. */
  public GenerateOptions withPasses(int layers) {
    return with(Key.PASSES, layers);
  }

  /** {@code --fps}: reach this rate with as little hardware as possible. */
  public GenerateOptions withFps(double fps) {
    return with(Key.FPS, fps);
  }

  /** {@code --live}: the source cannot wait. */
  public GenerateOptions withLive() {
    return with(Key.LIVE, true);
  }

  /** {@code --multipliers}: at most so many in the MAC arrays, in place of the board's limits. */
  public GenerateOptions withMultipliers(int bound) {
    return with(Key.MULTIPLIERS, bound);
  }

  /** {@code --calibrate}: a folder with PNG photos like those the network will see. */
  public GenerateOptions withCalibration(Path photos) {
    return with(Key.CALIBRATE, photos);
  }

  /** {@code --precision}: bits of weights and maps, such as {@code int8}. */
  public GenerateOptions withPrecision(String precision) {
    return with(Key.PRECISION, precision);
  }

  /** {@code --color}: {@code auto}, {@code rgb} or {@code y}. */
  public GenerateOptions withColor(String color) {
    return with(Key.COLOR, color);
  }

  /** {@code --enlarge}: {@code auto}, {@code replay} or {@code reorder}. */
  public GenerateOptions withEnlarge(String order) {
    return with(Key.ENLARGE, order);
  }

  /**
   * A user's own layer behind a value of the network: what read that value reads what the layer
   * makes of it. It is part of the golden model, not of the float network.
   *
   * @param value name of the value in the model
   * @param kind of the layer, see {@link dev.tessera.hw.CustomLayer}
   * @param settings of the layer
   * @param others further values that the layer reads, made before {@code value}
   */
  public GenerateOptions withLayer(String value, String kind, String settings, String... others) {
    List<Insertion> more = new ArrayList<>(layers);
    more.add(new Insertion(value, List.of(others), kind, settings));
    return new GenerateOptions(model, words, more);
  }

  /** All that decides the design but the contents of files: equal options give equal text. */
  String text() {
    return words + " " + layers;
  }

  /** The files and folders beside the model that decide the design. */
  List<Path> files() {
    return Stream.of(Key.BOARD, Key.CALIBRATE)
        .filter(words::has)
        .map(key -> words.get(key, Path::of))
        .filter(Files::exists)
        .toList();
  }

  /** The classes of the layers, whose code decides the design as well. */
  List<Class<?>> layerClasses() {
    List<Class<?>> classes = new ArrayList<>();
    layers.forEach(l -> classes.add(CustomLayers.of(l.kind(), l.settings()).getClass()));
    return classes;
  }

  /** The request for a design in {@code out}. */
  Generation.Request request(Path out) {
    return TesseraFailure.parsed(out, this::checked);
  }

  private Generation.Request checked(Path out) {
    return new GenerationOptions(
            model,
            words.get(Key.NAME),
            words.get(Key.UNTIL),
            words.get(Key.BOARD, Generation.DEFAULT_BOARD),
            words.get(Key.FRAME, FrameSize::parse),
            words.has(Key.TOP),
            REGISTERS.equals(words.get(Key.TOP)),
            words.get(Key.AXI_BITS, Integer::valueOf),
            words.has(Key.RESIZABLE),
            TileChoice.parse(words.get(Key.TILE, "auto")),
            words.get(Key.NORM, word -> Choices.of("--norm", NormSource.class, word)),
            words.get(Key.CODEC),
            words.get(Key.BANKS, Integer::valueOf),
            words.get(Key.CROP, FrameSize::parse),
            words.get(Key.PASSES, Integer::valueOf),
            words.get(Key.FPS, Double::valueOf),
            words.has(Key.LIVE),
            words.get(Key.MULTIPLIERS, Integer::valueOf),
            words.get(Key.CALIBRATE, Path::of),
            Precision.parse(words.get(Key.PRECISION, "int8")),
            Choices.of("--color", ColorChoice.class, words.get(Key.COLOR, "auto")),
            Choices.of("--enlarge", Enlarging.class, words.get(Key.ENLARGE, "auto")),
            layers,
            out)
        .request();
  }
}
