package dev.tessera.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.api.TesseraFailure;
import dev.tessera.chisel.Firtool;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chisel's compiler comes from Maven by its coordinates, and who has neither is told what to do.
 */
@Tag("fast")
class FirtoolTest {
  @TempDir Path home;

  /** Looks for firtool and says where it is, or what the failure says. */
  public static void main(String[] arguments) {
    try {
      System.out.println("found " + Firtool.require());
    } catch (TesseraFailure failure) {
      System.out.println(failure.exitCode() + " " + failure.getMessage());
      System.out.println(failure.hint());
    }
  }

  private static String classPath(boolean firtool) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> firtool || !entry.contains("llvm-firtool"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Runs {@link #main} as a user with an empty home.
   *
   * @param firtool whether its jar is on the class path
   * @param repository where else it may come from
   */
  private String look(boolean firtool, String repository) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    ProcessBuilder program =
        new ProcessBuilder(java.toString(), "-Duser.home=" + home, FirtoolTest.class.getName());
    program.environment().keySet().removeIf(name -> name.startsWith("CHISEL_"));
    program.environment().put("HOME", home.toString());
    program.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    program.environment().put("COURSIER_CACHE", home.resolve("coursier").toString());
    program.environment().put("COURSIER_REPOSITORIES", repository);
    program.environment().put("CLASSPATH", classPath(firtool));
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  @Test
  void itLiesInAJarBesideTheBridge() throws IOException, InterruptedException {
    String said = look(true, home.resolve("nothing").toUri().toString());
    assertTrue(said.contains("found ") && said.contains(Firtool.version()), said);
  }

  @Test
  void whatIsMissingIsFetchedByItsCoordinates() throws IOException, InterruptedException {
    // The local repository of Maven stands for the one in the network.
    Path repository = local();
    assertFalse(classPath(false).contains("llvm-firtool"));
    String said = look(false, repository.toUri().toString());
    assertTrue(said.contains("found ") && said.contains(Firtool.version()), said);
  }

  /** The local repository, from where firtool's jar on the class path lies. */
  private static Path local() {
    String jar =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("llvm-firtool"))
            .findFirst()
            .orElseThrow();
    Path place = Path.of(jar);
    for (int i = 0; i < 5; i++) {
      place = place.getParent();
    }
    assertTrue(Files.isDirectory(place.resolve("org/chipsalliance")), place.toString());
    return place;
  }

  @Test
  void whoIsOfflineIsToldWhatToDo() throws IOException, InterruptedException {
    String said = look(false, home.resolve("nothing").toUri().toString());
    assertTrue(said.contains("3 tessera: error[tool.missing]: firtool " + Firtool.version()), said);
    assertTrue(said.contains("org.chipsalliance:llvm-firtool:" + Firtool.version()), said);
    assertTrue(said.contains("CHISEL_FIRTOOL_PATH"), said);
  }
}
