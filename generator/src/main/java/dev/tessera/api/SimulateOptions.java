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
 *
 * @param images PNG photos; a pattern if there are none
 * @param frames frames back to back; 0 for three, or as many as there are photos
 * @param stall chance per cycle and port that a pause begins
 * @param seed of the pauses
 */
public record SimulateOptions(List<Path> images, int frames, double stall, long seed) {
  public SimulateOptions {
    images = List.copyOf(images);
  }

  /** Everything at its default. */
  public static SimulateOptions standard() {
    return new SimulateOptions(List.of(), 0, 0, 1);
  }

  /** One more photo. */
  public SimulateOptions withImage(Path photo) {
    List<Path> more = new ArrayList<>(images);
    more.add(photo);
    return new SimulateOptions(more, frames, stall, seed);
  }

  /** So many frames back to back. */
  public SimulateOptions withFrames(int count) {
    return new SimulateOptions(images, count, stall, seed);
  }

  /** Random pauses of source, sink and memory. */
  public SimulateOptions withStalls(double chance, long number) {
    return new SimulateOptions(images, frames, chance, number);
  }

  SimulationRun.Request request(Path folder) {
    try {
      return new SimulationRun.Request(
          folder,
          images,
          Optional.empty(),
          Optional.empty(),
          SimulationRun.frames(frames == 0 ? null : frames, images.size()),
          stall,
          seed,
          Optional.empty(),
          MemoryPlan.LATENCY,
          0);
    } catch (IllegalArgumentException refused) {
      throw TesseraFailure.usage(refused);
    }
  }
}
