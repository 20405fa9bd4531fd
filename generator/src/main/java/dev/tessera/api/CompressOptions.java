package dev.tessera.api;

import dev.tessera.flow.Choices;
import dev.tessera.flow.ColorChoice;
import dev.tessera.flow.Compression;
import dev.tessera.flow.CompressionOptions;
import dev.tessera.flow.FrameSize;
import dev.tessera.flow.Precision;
import java.nio.file.Path;
import java.util.List;

/**
 * What is measured of codecs: the options of {@code tessera compress}, with the same words,
 * meanings and defaults. Immutable; every {@code with} gives a copy. What is out of its range is
 * refused when it is measured.
 */
public final class CompressOptions {
  /** One option; the names are those of the command line. */
  private enum Key {
    UNTIL,
    FRAME,
    TRUTH,
    PSNR,
    PRECISION,
    COLOR
  }

  private final Path model;
  private final Path photos;
  private final List<String> codecs;
  private final Words<Key> words;

  private CompressOptions(Path model, Path photos, List<String> codecs, Words<Key> words) {
    this.model = model;
    this.photos = photos;
    this.codecs = List.copyOf(codecs);
    this.words = words;
  }

  /** Everything at its default. */
  public static CompressOptions of(Path model, Path photos) {
    return new CompressOptions(model, photos, List.of(), Words.none(Key.class));
  }

  private CompressOptions with(Key key, Object word) {
    return new CompressOptions(model, photos, codecs, words.with(key, word));
  }

  /** {@code --until}: end with this value or node. */
  public CompressOptions withUntil(String value) {
    return with(Key.UNTIL, value);
  }

  /** {@code --frame}: input frame in pixels. */
  public CompressOptions withFrame(int width, int height) {
    return with(Key.FRAME, width + "x" + height);
  }

  /** {@code --truth}: a folder with what the network should make of the photos. */
  public CompressOptions withTruth(Path folder) {
    return with(Key.TRUTH, folder);
  }

  /** {@code --codec}: what is compared; {@code auto} chooses one per map. */
  public CompressOptions withCodecs(List<String> names) {
    return new CompressOptions(model, photos, names, words);
  }

  /** {@code --psnr}: what {@code auto} keeps of the output, in dB. */
  public CompressOptions withPsnr(double db) {
    return with(Key.PSNR, db);
  }

  /** {@code --precision}: bits of weights and maps, such as {@code int8}. */
  public CompressOptions withPrecision(String precision) {
    return with(Key.PRECISION, precision);
  }

  /** {@code --color}: {@code auto}, {@code rgb} or {@code y}. */
  public CompressOptions withColor(String color) {
    return with(Key.COLOR, color);
  }

  Compression.Request request() {
    return TesseraFailure.parsed(words, this::request);
  }

  private Compression.Request request(Words<Key> told) {
    return new CompressionOptions(
            model,
            told.get(Key.UNTIL),
            told.get(Key.FRAME, FrameSize::parse),
            photos,
            told.get(Key.TRUTH, Path::of),
            codecs,
            told.get(Key.PSNR, Double::valueOf),
            Precision.parse(told.get(Key.PRECISION, "int8")),
            Choices.of("--color", ColorChoice.class, told.get(Key.COLOR, "auto")))
        .request();
  }
}
