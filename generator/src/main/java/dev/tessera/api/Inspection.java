package dev.tessera.api;

import java.util.List;

/**
 * What a model holds.
 *
 * @param name of the network
 * @param accepted whether a design can be made of it
 * @param output shape of what it makes
 * @param macsPerInputPixel useful multiplications per pixel of the input frame
 * @param parameters trained numbers
 * @param refused what stands in the way
 */
public record Inspection(
    String name,
    boolean accepted,
    String output,
    double macsPerInputPixel,
    long parameters,
    List<TesseraFailure> refused) {
  public Inspection {
    refused = List.copyOf(refused);
  }
}
