package dev.tessera.chisel

import dev.tessera.api.TesseraFailure

/** The compiler that Chisel needs. It comes as a jar from Maven, with this library; where that was
  * left out, it is fetched by its coordinates when it is first needed.
  */
object Firtool {
  private val MissingTool = 3

  /** Lines of a reason that are told. */
  private val Reason = 3

  /** The version that belongs to the Chisel on the class path. */
  val version: String = chisel3.BuildInfo.firtoolVersion.getOrElse("unknown")

  /** Finds or fetches it; its program file.
    *
    * @throws dev.tessera.api.TesseraFailure
    *   `tool.missing` if it is nowhere and cannot be fetched
    */
  def require(): java.nio.file.Path =
    firtoolresolver.Resolve(version, false) match {
      case Right(found) => found.path.toPath
      case Left(why) =>
        throw TesseraFailure.of(
          "tessera",
          "tool.missing",
          "",
          s"firtool $version, which Chisel needs, is not there and could not be fetched: " +
            why.linesIterator.map(_.trim).filter(_.nonEmpty).take(Reason).mkString(" "),
          "go online once, it is fetched from Maven as " +
            s"org.chipsalliance:llvm-firtool:$version; offline put that jar on the class path, " +
            "or name the folder that holds firtool in CHISEL_FIRTOOL_PATH",
          MissingTool
        )
    }
}
