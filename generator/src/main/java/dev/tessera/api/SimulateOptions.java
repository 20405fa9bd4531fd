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
  /** One option; the names are those of the command line. */
  private enum Key {
    OUTPUT,
    TRUTH,
    FRAMES,
    STALL,
    SEED,
    TRACE,
    DRAM_LATENCY,
    DRAM_RATE
  }

  private final List<Path> images;
  private final Words<Key> words;

  private SimulateOptions(List<Path> images, Words<Key> words) {
    this.images = List.copyOf(images);
    this.words = words;
  }

  /** Everything at its default. */
  public static SimulateOptions standard() {
    return new SimulateOptions(List.of(), Words.none(Key.class));
  }

  private SimulateOptions with(Key key, Object word) {
    return new SimulateOptions(images, words.with(key, word));
  }

  /** {@code --image}: one more photo, a PNG file. */
  public SimulateOptions withImage(Path photo) {
    List<Path> more = new ArrayList<>(images);
    more.add(photo);
    return new SimulateOptions(more, words);
  }

  /** {@code --output}: where the first photo's result is written. */
  public SimulateOptions withOutput(Path file) {
    return with(Key.OUTPUT, file);
  }

  /** {@code --truth}: what the network should make of the first photo. */
  public SimulateOptions withTruth(Path file) {
    return with(Key.TRUTH, file);
  }

  /** {@code --frames}: so many back to back. */
  public SimulateOptions withFrames(int count) {
    return with(Key.FRAMES, count);
  }

  /** {@code --stall} and {@code --seed}: random pauses of source, sink and memory. */
  public SimulateOptions withStalls(double chance, long number) {
    return with(Key.STALL, chance).with(Key.SEED, number);
  }

  /** {@code --trace}: where a waveform (FST) is written. */
  public SimulateOptions withTrace(Path file) {
    return with(Key.TRACE, file);
  }

  /**
   * {@code --dram-latency} and {@code --dram-rate}.
   *
   * @param cycles latency of the memory
   * @param bytesPerCycle that it moves at most; 0 for any
   */
  public SimulateOptions withDram(int cycles, double bytesPerCycle) {
    return with(Key.DRAM_LATENCY, cycles).with(Key.DRAM_RATE, bytesPerCycle);
  }

  SimulationRun.Request request(Path folder) {
    return TesseraFailure.parsed(folder, this::checked);
  }

  private SimulationRun.Request checked(Path folder) {
    return new SimulationRun.Request(
        folder,
        images,
        Optional.ofNullable(words.get(Key.OUTPUT, Path::of)),
        Optional.ofNullable(words.get(Key.TRUTH, Path::of)),
        SimulationRun.frames(words.get(Key.FRAMES, Integer::valueOf), images.size()),
        Double.parseDouble(words.get(Key.STALL, "0")),
        Long.parseLong(words.get(Key.SEED, "1")),
        Optional.ofNullable(words.get(Key.TRACE, Path::of)),
        Integer.parseInt(words.get(Key.DRAM_LATENCY, "" + MemoryPlan.LATENCY)),
        Double.parseDouble(words.get(Key.DRAM_RATE, "0")));
  }
}
