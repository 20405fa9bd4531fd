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

  /** `verilog` with every module but `top` renamed to begin with `top`, so that it fits beside
    * any other; definitions and instances are all that a module's name can stand in front of.
    */
  def inside(top: String, verilog: String): String =
    defined(verilog).filter(_ != top).foldLeft(verilog) { (text, name) =>
      val uses = s"(?m)^(\\s*(?:module\\s+)?)${Pattern.quote(name)}(?=\\s*(?:#\\s*\\(|\\(|\\w+\\s*\\())"
      val renamed = "$1" + Matcher.quoteReplacement(s"${top}_$name")
      text.replaceAll(uses, renamed)
    }
}
