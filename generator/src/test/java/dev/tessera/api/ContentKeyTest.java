package dev.tessera.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A design is made anew when anything that decides it has changed. */
@Tag("fast")
class ContentKeyTest {
  private static final Path MODEL =
      Path.of(System.getProperty("tessera.top", ".."), "examples/sr_x2.onnx");

  private static final String LAYER =
      """
      import dev.tessera.hw.*;
      import java.util.*;
      public class Own implements CustomLayer {
        public static class Maker implements CustomLayer.Factory {
          public String kind() { return "own"; }
          public CustomLayer layer(String settings) { return new Own(); }
        }
        public String kind() { return "own"; }
        public Frame golden(List<StreamType> types, List<Frame> inputs) { return inputs.get(0); }
        public int latency(List<StreamType> types) { return LATENCY; }
        public Cost cost(List<StreamType> types) { return Cost.wiring(1, 1, 1, 0); }
        public Map<String, String> verilog(String module, List<StreamType> types) {
          return Map.of();
        }
      }
      """;

  @TempDir Path folder;

  /** The key with a layer of one's own, compiled from {@code source}. */
  private String key(String source) throws IOException {
    Files.writeString(folder.resolve("Own.java"), source);
    Path service = folder.resolve("META-INF/services/dev.tessera.hw.CustomLayer$Factory");
    Files.createDirectories(service.getParent());
    Files.writeString(service, "Own$Maker\n");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                folder.resolve("Own.java").toString());
    assertEquals(0, compiled);
    Files.delete(folder.resolve("Own.java"));
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    URL[] place = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(place, former)) {
      thread.setContextClassLoader(loader);
      return ContentKey.of(GenerateOptions.of(MODEL).withLayer("relu3_out", "own", ""));
    } finally {
      thread.setContextClassLoader(former);
    }
  }

  @Test
  void theCodeOfALayerCounts() throws IOException {
    String first = key(LAYER.replace("LATENCY", "1"));
    assertEquals(first, key(LAYER.replace("LATENCY", "1")));
    assertNotEquals(first, key(LAYER.replace("LATENCY", "2")));
  }

  @Test
  void everyOptionCounts() {
    GenerateOptions plain = GenerateOptions.of(MODEL);
    String first = ContentKey.of(plain.withFrame(24, 16).withBoard("zcu102"));
    assertEquals(first, ContentKey.of(plain.withBoard("zcu102").withFrame(24, 16)));
    assertNotEquals(first, ContentKey.of(plain.withFrame(24, 16)));
    assertNotEquals(first, ContentKey.of(plain.withFrame(24, 17).withBoard("zcu102")));
    assertNotEquals(first, ContentKey.of(plain.withFrame(24, 16).withBoard("zcu102").withLive()));
  }
}
