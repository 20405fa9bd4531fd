package dev.tessera.flow;

import dev.tessera.unit.codec.Codec;
import dev.tessera.unit.codec.Codecs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a user asks a comparison of codecs to be, in the words of the command line; null where
 * nothing is asked.
 *
 * @param model the ONNX file
 * @param until value or node to end with
 * @param frame input frame
 * @param photos folder of photos
 * @param truth folder of what the network should make of them
 * @param codecs names; none for a selection
 * @param psnr what the choice of codecs keeps of the output, in dB
 * @param precision bits of weights and maps
 * @param color what the network sees
 */
public record CompressionOptions(
    Path model,
    String until,
    FrameSize frame,
    Path photos,
    Path truth,
    List<String> codecs,
    Double psnr,
    Precision precision,
    ColorChoice color) {
  public CompressionOptions {
    codecs = List.copyOf(codecs);
  }

  /**
   * The request.
   *
   * @throws IllegalArgumentException in words of the command line, if an option is out of its range
   */
  public Compression.Request request() {
    if (psnr != null && !(psnr > 0 && psnr < Comparison.MOST_DB)) {
      throw new IllegalArgumentException("--psnr is above 0 and below 99");
    }
    return new Compression.Request(
        model,
        Optional.ofNullable(until),
        Optional.ofNullable(frame),
        photos,
        Optional.ofNullable(truth),
        compared(),
        codecs.contains(StoredCodecs.AUTO),
        psnr == null ? OptionalDouble.empty() : OptionalDouble.of(psnr),
        precision,
        color);
  }

  private List<Codec> compared() {
    if (codecs.isEmpty()) {
      return Codecs.compared();
    }
    try {
      return codecs.stream()
          .filter(name -> !name.equals(StoredCodecs.AUTO))
          .map(Codecs::of)
          .toList();
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException("--codec: " + refused.getMessage(), refused);
    }
  }
}
