package dev.tessera.bridge

import java.util.regex.{Matcher, Pattern}

/** Names of modules in generated Verilog. */
object Modules {
  private val Definition = Pattern.compile("(?m)^\\s*module\\s+(\\w+)")

  /** Names of the modules that `verilog` defines, in order. */
  def defined(verilog: String): Seq[String] =
    Iterator
      .unfold(Definition.matcher(verilog))(m => Option.when(m.find())((m.group(1), m)))
      .toSeq

  /** Warnings of Verilator on how machines write: several modules in a file, ports that a module
    * has and does not use.
    */
  private val Style = Seq("DECLFILENAME", "UNUSEDSIGNAL")

  /** `verilog` as a file of the module `top` beside others: every other module is renamed to begin
    * with `top` (definitions and instances are all that a module's name can stand in front of), and
    * the linter is told not to mind the style of generated text. All other warnings stay on.
    */
  def inside(top: String, verilog: String): String =
    Style.map(code => s"/* verilator lint_off $code */\n").mkString + renamed(top, verilog)

  private def renamed(top: String, verilog: String): String =
    defined(verilog).filter(_ != top).foldLeft(verilog) { (text, name) =>
      val behind = "(?=\\s*(?:#\\s*\\(|\\(|\\w+\\s*\\())"
      val uses = s"(?m)^(\\s*(?:module\\s+)?)${Pattern.quote(name)}$behind"
      val longer = "$1" + Matcher.quoteReplacement(s"${top}_$name")
      text.replaceAll(uses, longer)
    }
}
