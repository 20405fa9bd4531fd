package dev.tessera.cosim;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small change of one place in a library module, as a slip of the designer would be.
 *
 * @param file library file, relative to {@code templates/}
 * @param line of the place, from 1
 * @param column of the place, from 0
 * @param from text that stands there
 * @param to text in its place
 */
record Mutation(String file, int line, int column, String from, String to) {
  /**
   * A kind of slip.
   *
   * @param pattern where it can happen
   * @param to what is written instead, with groups of the pattern
   */
  private record Operator(Pattern pattern, String to) {
    static Operator of(String pattern, String to) {
      return new Operator(Pattern.compile(pattern), to);
    }
  }

  private static final List<Operator> OPERATORS =
      List.of(
          // comparisons
          Operator.of("==", "!="),
          Operator.of("!=", "=="),
          Operator.of(" < ", " <= "),
          Operator.of(" >= ", " > "),
          Operator.of(" > ", " >= "),
          // logic
          Operator.of(" && ", " || "),
          Operator.of(" \\|\\| ", " && "),
          Operator.of(" & ", " | "),
          Operator.of(" \\| ", " & "),
          Operator.of("!(?=[a-z(])", ""),
          Operator.of("~(?=[a-z(])", ""),
          // arithmetic
          Operator.of(" \\+ ", " - "),
          Operator.of(" - ", " + "),
          Operator.of(" - 1(?=\\))", ""),
          Operator.of(">>>", ">>"),
          Operator.of("\\$signed\\(", "\\$unsigned("),
          // constants, resets among them
          Operator.of("1'b1", "1'b0"),
          Operator.of("1'b0", "1'b1"),
          Operator.of("'0(?=[;,])", "'1"),
          Operator.of("(\\d+'d)0\\b", "$11"),
          Operator.of("(\\d+'d)1\\b", "$12"),
          // a pause that is not heard
          Operator.of(" & \\w*ready\\b", ""),
          Operator.of("(?<==) (\\w*ready) &", ""));

  /** All of {@code text}, the module in {@code file}. */
  static List<Mutation> all(String file, String text) {
    List<Mutation> mutations = new ArrayList<>();
    String[] lines = text.split("\n");
    boolean body = false;
    for (int i = 0; i < lines.length; i++) {
      String code = lines[i].replaceFirst("//.*", "");
      boolean fixed = code.contains("unused") || code.contains("(*") || code.contains("for (");
      if (body && !fixed) {
        for (Operator operator : OPERATORS) {
          Matcher place = operator.pattern.matcher(code);
          while (place.find()) {
            String made = replaced(code, place, operator);
            mutations.add(new Mutation(file, i + 1, place.start(), place.group(), made));
          }
        }
      }
      body |= code.startsWith(");");
    }
    return mutations;
  }

  /** What stands at the place in the changed line. */
  private static String replaced(String code, Matcher place, Operator operator) {
    StringBuilder changed = new StringBuilder();
    Matcher again = operator.pattern.matcher(code);
    again.find(place.start());
    again.appendReplacement(changed, operator.to);
    return changed.substring(place.start());
  }

  /** The module with this change. */
  String in(String text) {
    String[] lines = text.split("\n", -1);
    String code = lines[line - 1];
    if (!code.startsWith(from, column)) {
      throw new IllegalStateException(this + " has no place");
    }
    lines[line - 1] = code.substring(0, column) + to + code.substring(column + from.length());
    return String.join("\n", lines);
  }

  /** The line with its change, for people. */
  String shown(String text) {
    String code = text.split("\n")[line - 1];
    return code.substring(0, column)
        + "["
        + from
        + " -> "
        + to
        + "]"
        + code.substring(column + from.length());
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + " '" + from + "' -> '" + to + "'";
  }
}
