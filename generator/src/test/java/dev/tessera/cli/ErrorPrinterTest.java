package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import dev.tessera.base.TesseraException.Kind;
import dev.tessera.flow.FileFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fast")
class ErrorPrinterTest {
  private static final Diagnostic DIAGNOSTIC =
      new Diagnostic("onnx.operator", "node 'n' (Foo)", "operator is not supported", "remove it");

  private final StringWriter text = new StringWriter();
  private final ErrorPrinter printer = new ErrorPrinter(new PrintWriter(text));

  @Test
  void saysFileCodeSentencePlaceAndHint() {
    Throwable fault = inFile(new TesseraException(Kind.INPUT, DIAGNOSTIC));
    assertEquals(1, printer.print(fault));
    assertEquals(
        """
        net.onnx: error[onnx.operator]: operator is not supported
          at node 'n' (Foo)
          hint: remove it
        """,
        text.toString());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theKindDecidesTheExitCode(Kind kind) {
    assertEquals(kind.exitCode(), printer.print(new TesseraException(kind, DIAGNOSTIC)));
    assertTrue(text.toString().startsWith("tessera: error[onnx.operator]"), text.toString());
  }

  @Test
  void aMissingFileIsTheUsersFault() {
    assertEquals(1, printer.print(new UncheckedIOException(new NoSuchFileException("a.png"))));
    assertEquals(
        "a.png: error[file.missing]: no such file or folder\n  hint: check the path\n",
        text.toString());
  }

  @Test
  void aBugShowsItsTrace() {
    assertEquals(70, printer.print(new IllegalStateException("impossible")));
    assertTrue(text.toString().contains("error[internal.bug]"), text.toString());
    assertTrue(text.toString().contains("\tat "), text.toString());
  }

  private static Throwable inFile(TesseraException fault) {
    try {
      return FileFault.in(
          Path.of("net.onnx"),
          () -> {
            throw fault;
          });
    } catch (RuntimeException thrown) {
      return thrown;
    }
  }
}
