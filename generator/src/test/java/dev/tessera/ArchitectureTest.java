package dev.tessera;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house of docs/architecture.md: who may know whom. */
@Tag("fast")
class ArchitectureTest {
  private static final String ROOT = "dev.tessera";

  /** Every room, lowest first; a room may import only rooms before it. */
  private static final List<String> ROOMS =
      List.of(
          "base",
          "num",
          "image",
          "ir",
          "frontend",
          "pass",
          "quantize",
          "hw",
          "unit",
          "plan",
          "golden",
          "emit",
          "cosim",
          "report",
          "flow",
          "api",
          "cli");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final JavaClasses EVERYTHING = new ClassFileImporter().importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> roomsImportOnlyLowerRooms() {
    return ROOMS.stream()
        .map(
            room -> {
              String[] allowed =
                  ROOMS.subList(0, ROOMS.indexOf(room) + 1).stream()
                      .map(ArchitectureTest::inside)
                      .toArray(String[]::new);
              DescribedPredicate<JavaClass> known =
                  DescribedPredicate.not(resideInAPackage(ROOT + ".."))
                      .or(resideInAnyPackage(allowed));
              ArchRule rule =
                  classes()
                      .that()
                      .resideInAPackage(inside(room))
                      .should()
                      .onlyDependOnClassesThat(known)
                      .as("room " + room + " imports only lower rooms");
              return DynamicTest.dynamicTest(room, () -> rule.check(MAIN));
            });
  }

  @Test
  void everyClassLivesInARoom() {
    TreeSet<String> found = new TreeSet<>();
    for (JavaClass type : MAIN) {
      String rest = type.getPackageName().substring(ROOT.length());
      found.add(rest.isEmpty() ? "(none)" : rest.substring(1).split("\\.")[0]);
    }
    assertEquals(new TreeSet<>(ROOMS), found);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void unitsAreIslands() {
    slices().matching(ROOT + ".unit.(*)..").should().notDependOnEachOther().check(MAIN);
  }

  @Test
  void emissionAndGoldenModelAreViewsThatDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(inside("emit"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("golden"))
        .check(MAIN);
  }

  @TestFactory
  Stream<DynamicTest> librariesHaveOneUser() {
    return Stream.of(
        onlyIn("emit", "org.apache.velocity."),
        onlyIn("cosim", "java.lang.ProcessBuilder"),
        onlyIn("frontend", "ai.onnxruntime."),
        onlyIn("frontend", "com.google.protobuf."),
        onlyIn("frontend", "dev.tessera.frontend.proto."),
        onlyIn("golden.vector", "jdk.incubator."),
        onlyIn("cli", "picocli."),
        onlyIn("cli", "me.tongfei."));
  }

  private static DynamicTest onlyIn(String room, String namePrefix) {
    String inside = ROOT + "." + room;
    return DynamicTest.dynamicTest(
        namePrefix + " only in " + room,
        () -> {
          TreeSet<String> users = new TreeSet<>();
          for (JavaClass type : MAIN) {
            boolean uses =
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(use -> use.getTargetClass().getName().startsWith(namePrefix));
            if (uses) {
              String home = type.getPackageName();
              users.add(home.startsWith(inside) ? inside : type.getName());
            }
          }
          assertEquals(new TreeSet<>(List.of(inside)), users);
        });
  }

  @Test
  void onlyTheCommandLineTouchesTheProcess() {
    DescribedPredicate<JavaAccess<?>> process =
        describe(
            "System.out, System.err or System.exit",
            access ->
                access.getTargetOwner().isEquivalentTo(System.class)
                    && List.of("out", "err", "exit").contains(access.getName()));
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("cli"))
        .should()
        .accessTargetWhere(process)
        .check(MAIN);
  }

  @Test
  void randomNumbersComeFromASeed() {
    DescribedPredicate<JavaAccess<?>> unseeded =
        describe(
            "an unseeded source of random numbers",
            access -> {
              JavaClass owner = access.getTargetOwner();
              boolean generator =
                  owner.isEquivalentTo(Random.class)
                      || owner.isEquivalentTo(SplittableRandom.class);
              boolean bare = access.getTarget().getFullName().endsWith("<init>()");
              return generator && bare
                  || owner.isEquivalentTo(ThreadLocalRandom.class)
                  || owner.isEquivalentTo(Math.class) && access.getName().equals("random");
            });
    noClasses().should().accessTargetWhere(unseeded).check(EVERYTHING);
  }

  @Test
  void textDoesNotDependOnTheLocale() {
    DescribedPredicate<JavaAccess<?>> localised =
        describe(
            "formatting in the machine's locale",
            access -> {
              String target = access.getTarget().getFullName();
              return target.startsWith("java.lang.String.format(java.lang.String")
                  || target.startsWith("java.lang.String.formatted(")
                  || target.equals("java.lang.String.toLowerCase()")
                  || target.equals("java.lang.String.toUpperCase()")
                  || target.matches(
                      "java\\.io\\.Print\\w+\\.(printf|format)\\(java\\.lang\\.Str.*");
            });
    noClasses().should().accessTargetWhere(localised).check(EVERYTHING);
  }

  private static String inside(String room) {
    return ROOT + "." + room + "..";
  }
}
