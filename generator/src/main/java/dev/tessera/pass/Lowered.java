package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Macs;

/**
 * A network before and after the passes.
 *
 * @param original as the model states it
 * @param graph as the hardware computes it
 */
public record Lowered(Graph original, Graph graph) {
  /**
   * Useful multiplications of a frame: the smaller count of both, padding taps included, so that
   * neither padding nor expansion looks like work.
   *
   * @param width input columns
   * @param height input rows
   */
  public long macsPerFrame(int width, int height) {
    return Math.min(Macs.perFrame(original, width, height), Macs.perFrame(graph, width, height));
  }

  /** The same per input pixel, borders aside. */
  public double macsPerInputPixel() {
    return Math.min(Macs.perInputPixel(original), Macs.perInputPixel(graph));
  }
}
