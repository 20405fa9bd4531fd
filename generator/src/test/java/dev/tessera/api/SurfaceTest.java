package dev.tessera.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tessera.hw.Cost;
import dev.tessera.hw.CustomLayer;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that were compiled against an earlier version go on working. */
@Tag("fast")
class SurfaceTest {
  private static final Path LISTED =
      Path.of(System.getProperty("tessera.top", ".."), "docs", "api-surface.txt");

  @Test
  void theStableSurfaceIsTheOneThatIsWrittenDown() throws IOException {
    List<String> found = new ArrayList<>(surface());
    List<String> listed =
        Files.readAllLines(LISTED).stream().filter(line -> !line.startsWith("#")).toList();
    assertTrue(found.size() > 100, "the scan found only " + found.size());
    assertEquals(
        String.join("\n", listed),
        String.join("\n", found),
        "the stable surface has changed: what is gone or different breaks programs of users");
  }

  /** One line for each public type and member, in order. */
  private static TreeSet<String> surface() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tessera.api", "dev.tessera.hw", "dev.tessera.num");
    List<Class<?>> others =
        List.of(
            Cost.class,
            CustomLayer.class,
            CustomLayer.Factory.class,
            Frame.class,
            Schedule.class,
            StreamType.class,
            FixedType.class);
    TreeSet<String> lines = new TreeSet<>();
    for (JavaClass type : classes) {
      boolean stable =
          type.getPackageName().equals("dev.tessera.api")
              || others.stream().anyMatch(type::isEquivalentTo);
      if (stable && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        lines.add(type.getName());
        type.getCodeUnits().stream()
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .forEach(unit -> lines.add(line(unit)));
        type.getFields().stream()
            .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
            .forEach(field -> lines.add(field.getFullName() + " " + field.getRawType().getName()));
      }
    }
    return lines;
  }

  private static String line(JavaCodeUnit unit) {
    String parameters =
        unit.getRawParameterTypes().stream()
            .map(JavaClass::getName)
            .collect(Collectors.joining(", "));
    return unit.getOwner().getName()
        + "."
        + unit.getName()
        + "("
        + parameters
        + ") "
        + unit.getRawReturnType().getName();
  }
}
