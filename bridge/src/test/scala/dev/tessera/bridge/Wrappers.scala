package dev.tessera.bridge

import dev.tessera.api.GeneratedDesign

import java.nio.file.Path
import java.util
import scala.jdk.CollectionConverters._

/** Wrappers of both languages, and designs of nothing but one, for tests in Java. */
object Wrappers {

  /** Pins of the SpinalHDL wrapper: name, direction, width. */
  def inSpinal(design: GeneratedDesign, folder: Path): util.List[String] = {
    import _root_.spinal.core._
    var pins: Seq[String] = Nil
    SpinalConfig(
      mode = SystemVerilog,
      targetDirectory = folder.toString,
      headerWithDate = false,
      withTimescale = false,
      verbose = false
    ).generate(new Component {
        setDefinitionName("Around")
        val network = new dev.tessera.spinal.Tessera(design)
        pins = network.getOrdredNodeIo.map { pin =>
          s"${pin.getName} ${if (pin.isInput) "input" else "output"} ${pin.getBitsWidth}"
        }.toSeq
        network.getOrdredNodeIo.filter(pin => pin.isInput && !clocks(network, pin)).foreach { pin =>
          val outside = in(cloneOf(pin)).setName("outside_" + pin.getName)
          pin := outside
        }
        network.getOrdredNodeIo.filter(_.isOutput).foreach { pin =>
          val outside = out(cloneOf(pin)).setName("outside_" + pin.getName)
          outside := pin
        }

        private def clocks(box: dev.tessera.spinal.Tessera, pin: BaseType): Boolean =
          Set(box.design.ports.clock, box.design.ports.reset).contains(pin.getName)
      })
    pins.asJava
  }

  /** A Chisel design with the pins of a network, and the wrapper in it. */
  private class Around(design: GeneratedDesign) extends chisel3.Module {
    import _root_.chisel3._
    override val desiredName = "Around"
    private val network = Module(new dev.tessera.chisel.Tessera(design))
    network.clock := clock
    network.resetN := !reset.asBool
    private val clocks = Set(design.ports.clock, design.ports.reset)
    val pins: Seq[String] =
      chisel3.reflect.DataMirror.fullModulePorts(network).collect {
        case (name, leaf: Element) =>
          val input = chisel3.reflect.DataMirror.directionOf(leaf) == ActualDirection.Input
          s"$name ${if (input) "input" else "output"} ${leaf.getWidth}"
      }
    for ((name, port) <- chisel3.reflect.DataMirror.modulePorts(network) if !clocks(name)) {
      val outside = IO(chiselTypeOf(port)).suggestName("outside_" + name)
      outside <> port
    }
  }

  /** Pins of the Chisel wrapper: name, direction, width. */
  def inChisel(design: GeneratedDesign, folder: Path): util.List[String] = {
    var around: Around = null
    dev.tessera.chisel.Tessera.emit({ around = new Around(design); around }, folder)
    around.pins.asJava
  }
}
