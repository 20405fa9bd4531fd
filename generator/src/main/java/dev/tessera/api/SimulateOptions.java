package dev.tessera.api;

import dev.tessera.cosim.MemoryPlan;
import dev.tessera.flow.SimulationRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a design is simulated: the options of {@code tessera simulate}, with the same meanings and
 * defaults. Immutable; every {@code with} gives a copy.
 */
public final class SimulateOptions {
  private final List<Path> images;
  private final Path output;
  private final Path truth;
  private final Integer frames;
  private final double stall;
  private final long seed;
  private final Path trace;
  private final int latency;
  private final double rate;

  private SimulateOptions(
      List<Path> images,
      Path output,
      Path truth,
      Integer frames,
      double stall,
      long seed,
      Path trace,
      int latency,
      double rate) {
    this.images = List.copyOf(images);
    this.output = output;
    this.truth = truth;
    this.frames = frames;
    this.stall = stall;
    this.seed = seed;
    this.trace = trace;
    this.latency = latency;
    this.rate = rate;
  }

  /** Everything at its default. */
  public static SimulateOptions standard() {
    return new SimulateOptions(List.of(), null, null, null, 0, 1, null, MemoryPlan.LATENCY, 0);
  }

  /** {@code --image}: one more photo, a PNG file. */
  public SimulateOptions withImage(Path photo) {
    List<Path> more = new ArrayList<>(images);
    more.add(photo);
    return new SimulateOptions(more, output, truth, frames, stall, seed, trace, latency, rate);
  }

  /** {@code --output}: where the first photo's result is written. */
  public SimulateOptions withOutput(Path file) {
    return new SimulateOptions(images, file, truth, frames, stall, seed, trace, latency, rate);
  }

  /** {@code --truth}: what the network should make of the first photo. */
  public SimulateOptions withTruth(Path file) {
    return new SimulateOptions(images, output, file, frames, stall, seed, trace, latency, rate);
  }

  /** {@code --frames}: so many back to back. */
  public SimulateOptions withFrames(int count) {
    return new SimulateOptions(images, output, truth, count, stall, seed, trace, latency, rate);
  }

  /** {@code --stall} and {@code --seed}: random pauses of source, sink and memory. */
  public SimulateOptions withStalls(double chance, long number) {
    return new SimulateOptions(images, output, truth, frames, chance, number, trace, latency, rate);
  }

  /** {@code --trace}: where a waveform (FST) is written. */
  public SimulateOptions withTrace(Path file) {
    return new SimulateOptions(images, output, truth, frames, stall, seed, file, latency, rate);
  }

  /**
   * {@code --dram-latency} and {@code --dram-rate}.
   *
   * @param cycles latency of the memory
   * @param bytesPerCycle that it moves at most; 0 for any
   */
  public SimulateOptions withDram(int cycles, double bytesPerCycle) {
    return new SimulateOptions(
        images, output, truth, frames, stall, seed, trace, cycles, bytesPerCycle);
  }

  SimulationRun.Request request(Path folder) {
    return TesseraFailure.parsed(
        folder,
        place ->
            new SimulationRun.Request(
                place,
                images,
                Optional.ofNullable(output),
                Optional.ofNullable(truth),
                SimulationRun.frames(frames, images.size()),
                stall,
                seed,
                Optional.ofNullable(trace),
                latency,
                rate));
  }
}
