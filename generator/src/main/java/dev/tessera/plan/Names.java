package dev.tessera.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Legal, unique Verilog identifiers made of node names: lower-case letters, digits and single
 * underscores. Equal requests in equal order give equal names.
 */
final class Names {
  private static final int MAX_LENGTH = 60;

  /** Reserved words that a node might be called, and names that the top has for itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "always",
          "and",
          "assign",
          "begin",
          "bit",
          "buf",
          "byte",
          "case",
          "clk",
          "const",
          "cover",
          "disable",
          "do",
          "edge",
          "else",
          "end",
          "final",
          "for",
          "force",
          "function",
          "generate",
          "global",
          "if",
          "initial",
          "inout",
          "input",
          "int",
          "integer",
          "join",
          "large",
          "let",
          "local",
          "logic",
          "matches",
          "medium",
          "module",
          "nand",
          "new",
          "nor",
          "not",
          "null",
          "or",
          "output",
          "parameter",
          "priority",
          "property",
          "pure",
          "rand",
          "real",
          "ref",
          "reg",
          "repeat",
          "restrict",
          "return",
          "rst",
          "scalared",
          "sequence",
          "shortint",
          "signed",
          "small",
          "static",
          "string",
          "strong",
          "struct",
          "super",
          "table",
          "tagged",
          "task",
          "this",
          "time",
          "top",
          "tri",
          "type",
          "union",
          "unique",
          "use",
          "vectored",
          "virtual",
          "void",
          "wait",
          "weak",
          "while",
          "wire",
          "with",
          "within",
          "xnor",
          "xor");

  private final Set<String> used = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** A fresh identifier like {@code text}. */
  String unique(String text) {
    String base = legal(text);
    String name = base;
    while (!used.add(name)) {
      name = base + "_" + (counts.merge(base, 1, Integer::sum) + 1);
    }
    return name;
  }

  /** The identifier that reads like {@code text}; its end is kept if it is too long. */
  static String legal(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    name = name.replaceAll("^_|_$", "");
    if (name.length() > MAX_LENGTH) {
      name = name.substring(name.length() - MAX_LENGTH).replaceAll("^[^_]*_", "");
    }
    boolean plain = !name.isEmpty() && Character.isLetter(name.charAt(0));
    return plain && !RESERVED.contains(name) ? name : "u_" + name;
  }
}
