package dev.tessera.image;

/**
 * Colour photos through a network that sees luma only: the network gets the rounded Y codes, chroma
 * is resized bicubically beside it, and both meet again in RGB.
 */
public final class LumaPipeline {
  private LumaPipeline() {}

  /** The codes that a luma-only network gets: BT.601 studio luma, rounded. */
  public static Plane input(Rgb photo) {
    return Bt601.luma(photo).rounded();
  }

  /**
   * The picture of the network's luma.
   *
   * @param photo the photo whose luma went in
   * @param luma the network's output in code units; its size is the size of the result
   */
  public static Rgb output(Rgb photo, Plane luma) {
    Plane cb = Bicubic.resize(Bt601.component(photo, 1), luma.width(), luma.height());
    Plane cr = Bicubic.resize(Bt601.component(photo, 2), luma.width(), luma.height());
    return Bt601.toRgb(luma, cb, cr);
  }
}
