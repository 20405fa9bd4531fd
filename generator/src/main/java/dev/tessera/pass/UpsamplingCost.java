package dev.tessera.pass;

import java.util.ArrayList;
import java.util.List;

/**
 * What an enlarging layer costs in one of the forms of the literature, per pixel of the input
 * frame.
 *
 * <p>Multiplications and traffic are those of Colbert, Kreutz-Delgado and Das (IEEE Access 9, 2021,
 * 147967) for a machine that stores every map, one byte a value, each map and each weight moved
 * once. With r the enlargement, K the kernel, Kd = rK or K + s - 1 that of the equal transposed
 * convolution, where a resize spreads a pixel over s (r if nearest), t = ceil(Kd / r), I and O the
 * channels, I O divided by the groups:
 *
 * <pre>
 * sub-pixel           r^2 K^2 I O   reads I + r^2 O,     writes 2 r^2 O
 * resize              r^2 K^2 I O   reads I + r^2 I,     writes r^2 I + r^2 O
 * scatter, REVD       Kd^2 I O      reads I,             writes r^2 O
 * zero insertion      r^2 Kd^2 I O  reads r^2 I,         writes r^2 O
 * TDC                 r^2 t^2 I O   reads I,             writes r^2 O
 * REVD2               Kd^2 I O      reads I,             writes r^2 O
 * </pre>
 *
 * <p>REVD2 counts the taps there are; padded to equal phases it would be as many as TDC's. Time is
 * the longer one of computing and moving (the roofline), energy the sum of both.
 *
 * @param variant form of the layer
 * @param macs multiplications
 * @param weights weights stored
 * @param read bytes of maps read
 * @param written bytes of maps written
 */
public record UpsamplingCost(
    String variant, double macs, double weights, double read, double written) {
  /** Energy of a byte that is read from DRAM, in pJ: 77 pJ a bit (Chmiel et al., see docs). */
  public static final double READ_PJ = 8 * 77;

  /** Energy of a byte that is written to DRAM, in pJ: 63 pJ a bit. */
  public static final double WRITE_PJ = 8 * 63;

  /**
   * A machine.
   *
   * @param macsPerSecond multiplications
   * @param bytesPerSecond traffic
   * @param macPj energy of a multiplication in pJ, an assumption
   */
  public record Machine(double macsPerSecond, double bytesPerSecond, double macPj) {}

  /** Bytes moved. */
  public double bytes() {
    return read + written;
  }

  /** Seconds: the longer one of computing and moving. */
  public double seconds(Machine machine) {
    return Math.max(macs / machine.macsPerSecond(), bytes() / machine.bytesPerSecond());
  }

  /** Energy in pJ: of multiplications and of traffic. */
  public double picojoules(Machine machine) {
    return macs * machine.macPj() + read * READ_PJ + written * WRITE_PJ;
  }

  /** All forms of {@code layer}: the model's own first, the hardware's last. */
  public static List<UpsamplingCost> of(Upsampling layer) {
    double r2 = (double) layer.factor() * layer.factor();
    boolean stated = layer.kind() == Upsampling.Kind.TRANSPOSED;
    int kd =
        switch (layer.kind()) {
          case SUB_PIXEL -> layer.factor() * layer.kernel();
          case NEAREST, BILINEAR -> layer.kernel() + layer.spread() - 1;
          case TRANSPOSED -> layer.kernel();
        };
    double area = (double) kd * kd;
    double t = Math.ceil((double) kd / layer.factor());
    double in = layer.in();
    double out = r2 * layer.out();
    List<UpsamplingCost> all = new ArrayList<>();
    if (layer.kind() == Upsampling.Kind.SUB_PIXEL) {
      double k2 = (double) layer.kernel() * layer.kernel();
      all.add(row(layer, "sub-pixel, then shuffle", r2 * k2, r2 * k2, in + out, 2 * out));
    } else if (!stated) {
      double k2 = (double) layer.kernel() * layer.kernel();
      double large = r2 * in;
      all.add(row(layer, "resize, then convolve", r2 * k2, k2, in + large, large + out));
    }
    all.add(row(layer, "scatter (standard)", area, area, in, out));
    all.add(row(layer, "zero insertion", r2 * area, area, r2 * in, out));
    all.add(row(layer, "TDC", r2 * t * t, r2 * t * t, in, out));
    all.add(row(layer, "REVD", area, area, in, out));
    all.add(row(layer, "REVD2", area, area, in, out));
    double products = layer.products() / pairs(layer);
    all.add(row(layer, "Tessera", products, products, in, out));
    return all;
  }

  private static UpsamplingCost row(
      Upsampling layer, String variant, double taps, double weights, double read, double written) {
    double pairs = pairs(layer);
    return new UpsamplingCost(
        variant,
        taps * pairs * layer.pixels(),
        weights * pairs,
        read * layer.pixels(),
        written * layer.pixels());
  }

  /** Pairs of channels that meet. */
  private static double pairs(Upsampling layer) {
    return (double) layer.in() * layer.out() / layer.groups();
  }
}
