package dev.tessera.examples

/** A test pattern of ramps that differ from frame to frame: the same formula in software and, by
  * the examples, in hardware.
  */
object Pattern {

  /** A component of the pixel at a place. */
  def component(c: Int, x: Int, y: Int, frame: Int): Int =
    c match {
      case 0 => (5 * x + 16 * frame) & 0xff
      case 1 => ((7 * y) ^ x) & 0xff
      case _ => (3 * x + 3 * y + frame) & 0xff
    }

  /** A frame as bytes in raster order, the components of a pixel side by side. */
  def frame(width: Int, height: Int, components: Int, number: Int): Array[Byte] =
    (for (y <- 0 until height; x <- 0 until width; c <- 0 until components)
      yield component(c, x, y, number).toByte).toArray

  /** The bytes of a frame as words of so many bytes, the first in the least significant place. */
  def words(bytes: Array[Byte], size: Int): Seq[BigInt] =
    bytes.grouped(size).map(word => BigInt(1, word.reverse)).toSeq
}
