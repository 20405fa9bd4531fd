package dev.tessera.golden;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tessera.base.Sha256;
import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.TileGrid;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A complete design, weights included, as JSON: what {@code simulate} works on. Each spec is stored
 * as the components of its record beside the name of its unit's kind.
 */
public final class DesignFile {
  /** Version of the layout; another one is refused. */
  private static final int FORMAT = 5;

  private static final int HASH_BYTES = 8;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .build();

  private DesignFile() {}

  private record Stored(
      int format,
      String name,
      String board,
      double clockMhz,
      int frameWidth,
      int frameHeight,
      long macsPerFrame,
      SizeRange sizes,
      List<String> ultra,
      TileGrid tiles,
      MemoryTop memory,
      NormTop norm,
      List<StoredUnit> instances,
      List<Link> links) {
    Stored {
      instances = List.copyOf(instances);
      links = List.copyOf(links);
    }
  }

  private record StoredUnit(
      String kind, JsonNode spec, List<String> inputs, List<String> outputs) {}

  /** The design as text; equal designs give equal text. */
  public static String text(Design design) {
    List<StoredUnit> units =
        design.instances().stream()
            .map(
                i ->
                    new StoredUnit(
                        Units.of(i.spec()).kind(),
                        JSON.valueToTree(i.spec()),
                        i.inputs(),
                        i.outputs()))
            .toList();
    Stored stored =
        new Stored(
            FORMAT,
            design.name(),
            design.board(),
            design.clockMhz(),
            design.frameWidth(),
            design.frameHeight(),
            design.macsPerFrame(),
            design.sizes().orElse(null),
            design.ultra(),
            design.tiles().orElse(null),
            design.memory().orElse(null),
            design.norm().orElse(null),
            units,
            design.links());
    try {
      return JSON.writeValueAsString(stored) + "\n";
    } catch (JsonProcessingException fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** Writes {@link #text} to {@code file}. */
  public static void write(Design design, Path file) throws IOException {
    Files.writeString(file, text(design));
  }

  /**
   * The design in {@code file}.
   *
   * @throws TesseraException {@code design.file} if it cannot be read or is none
   */
  public static Design read(Path file) {
    try {
      Stored stored = JSON.readValue(file.toFile(), Stored.class);
      if (stored.format() != FORMAT) {
        throw refused(file, "has format " + stored.format() + ", not " + FORMAT);
      }
      return new Design(
          stored.name(),
          stored.board(),
          stored.clockMhz(),
          stored.frameWidth(),
          stored.frameHeight(),
          stored.instances().stream().map(DesignFile::instance).toList(),
          stored.links(),
          stored.macsPerFrame(),
          Optional.ofNullable(stored.sizes()),
          stored.ultra(),
          Optional.ofNullable(stored.tiles()),
          Optional.ofNullable(stored.memory()),
          Optional.ofNullable(stored.norm()));
    } catch (JsonProcessingException | IllegalArgumentException fault) {
      throw refused(file, "is not a design");
    } catch (IOException fault) {
      throw refused(file, "cannot be read");
    }
  }

  private static Instance instance(StoredUnit stored) {
    HardwareUnit<?> unit =
        Units.all().stream()
            .filter(u -> u.kind().equals(stored.kind()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no unit kind " + stored.kind()));
    try {
      UnitSpec spec = JSON.treeToValue(stored.spec(), unit.specClass());
      return new Instance(spec, stored.inputs(), stored.outputs());
    } catch (JsonProcessingException fault) {
      throw new IllegalArgumentException(fault);
    }
  }

  /** A short hash of {@link #text}: equal for equal designs. */
  public static String hash(Design design) {
    return Sha256.hex(text(design), HASH_BYTES);
  }

  private static TesseraException refused(Path file, String what) {
    return TesseraException.input(
        "design.file",
        "",
        file.getFileName() + " " + what,
        "name a folder that tessera generate has written with this version");
  }
}
