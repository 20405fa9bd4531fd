package dev.tessera.unit.conv;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Frame;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.Scaling;
import dev.tessera.hw.Schedule;
import dev.tessera.hw.Size;
import dev.tessera.hw.SizeMap;
import dev.tessera.hw.SizeWord;
import dev.tessera.hw.StreamType;
import java.util.List;

/** Line buffer, window, folded MAC array and requantiser of one convolution. */
public final class ConvUnit implements HardwareUnit<ConvSpec> {
  @Override
  public String kind() {
    return "conv";
  }

  @Override
  public Class<ConvSpec> specClass() {
    return ConvSpec.class;
  }

  @Override
  public List<Frame> golden(ConvSpec spec, List<Frame> inputs) {
    Frame input = inputs.get(0).require(spec.in().type(), spec.name());
    return List.of(ConvGolden.run(spec, input).require(spec.type(), spec.name()));
  }

  @Override
  public Cost cost(ConvSpec spec) {
    return ConvCost.of(spec);
  }

  @Override
  public Schedule schedule(ConvSpec spec, List<long[]> arrivals) {
    return ConvSchedule.of(spec.geometry(), arrivals.get(0));
  }

  @Override
  public RtlModule rtl(ConvSpec spec) {
    return ConvRtl.of(spec);
  }

  @Override
  public RtlModule tabled(ConvSpec spec, RtlModule module, NormTop top) {
    return spec.norm() == null ? module : ConvRtl.tabled(spec, module, top);
  }

  @Override
  public ConvSpec resized(ConvSpec spec, Size frame, List<StreamType> inputs) {
    return spec.resized(inputs.get(0));
  }

  @Override
  public SizeMap sizes(ConvSpec spec, SizeMap input) {
    ConvGeometry g = spec.geometry();
    Scaling times = new Scaling(spec.block(), 0, 1);
    return input
        .then(axis(g.stride().columns(), g.lostColumns()), axis(g.stride().rows(), g.lostRows()))
        .then(times, times);
  }

  /** Windows that begin {@code stride} apart on all but the last {@code lost} pixels. */
  private static Scaling axis(int stride, int lost) {
    return new Scaling(1, stride - 1 - lost, stride);
  }

  /** Nothing if every pixel is a position of its own, with no neighbours and no share in a step. */
  @Override
  public List<SizeWord> sizeWords(ConvSpec spec) {
    ConvGeometry g = spec.geometry();
    boolean alike = g.rowless() && g.fold().positions() == 1;
    return alike ? List.of() : List.of(SizeWord.INPUT);
  }

  /** Stores and steps of the lines, slots, loads, drain, and the reorder memory if there is one. */
  @Override
  public int sizeParts(ConvSpec spec) {
    ConvGeometry g = spec.geometry();
    int parts = 3 + (g.rowBanks() > 0 ? 1 : 0) + (g.stepLag() > 0 ? 1 : 0);
    return sizeWords(spec).isEmpty() ? 0 : parts + (g.reorders() ? 1 : 0);
  }

  @Override
  public String summary() {
    return "convolves, dense to depthwise, with strides, padding and phases, and requantises";
  }
}
