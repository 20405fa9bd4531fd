package dev.tessera.cosim;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.hw.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A built simulation and its vectors.
 *
 * @param program the simulation
 * @param rtl folder in which it runs, for its memory images
 * @param work folder of vectors, plans and results
 */
public record Bench(Path program, Path rtl, Path work) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes the frames that port {@code port} of {@code unit} carries. */
  public void vectors(String unit, String port, List<Frame> frames) {
    Frame shape = frames.get(0);
    ByteBuffer bytes =
        ByteBuffer.allocate(frames.size() * shape.data().length * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Frame frame : frames) {
      for (int y = 0; y < frame.height(); y++) {
        for (int x = 0; x < frame.width(); x++) {
          for (int c = 0; c < frame.channels(); c++) {
            bytes.putInt(frame.at(c, y, x));
          }
        }
      }
    }
    try {
      Files.write(file(unit, port, "bin"), bytes.array());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Runs the plans one after the other in one process. */
  public List<BenchResult> run(List<BenchPlan> plans) {
    return run(plans, null);
  }

  /** Runs the plans and writes waveforms to {@code trace} unless it is null. */
  public List<BenchResult> run(List<BenchPlan> plans, Path trace) {
    try {
      Path folder = work.toAbsolutePath();
      Path plan = folder.resolve("plan.txt");
      Path result = folder.resolve("result.json");
      Files.write(plan, plans.stream().map(p -> p.line(folder)).toList());
      List<String> command = new ArrayList<>();
      command.add(program.toAbsolutePath().toString());
      command.add(plan.toString());
      command.add(result.toString());
      if (trace != null) {
        command.add(trace.toAbsolutePath().toString());
      }
      Processes.require(rtl, command);
      return JSON.readValue(result.toFile(), new TypeReference<List<BenchResult>>() {});
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The frames that left {@code port} in the last run that captured. */
  public List<Frame> captured(String unit, String port, int channels, int height, int width) {
    ByteBuffer bytes = read(unit, port, "out");
    List<Frame> frames = new ArrayList<>();
    while (bytes.remaining() >= channels * height * width * Integer.BYTES) {
      Frame frame = new Frame(channels, height, width);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          for (int c = 0; c < channels; c++) {
            frame.data()[frame.index(c, y, x)] = bytes.getInt();
          }
        }
      }
      frames.add(frame);
    }
    return frames;
  }

  /** The cycle of every beat of {@code port} in the last run that recorded. */
  public long[] times(String unit, String port) {
    ByteBuffer bytes = read(unit, port, "times");
    long[] cycles = new long[bytes.remaining() / Long.BYTES];
    for (int i = 0; i < cycles.length; i++) {
      cycles[i] = bytes.getLong();
    }
    return cycles;
  }

  private ByteBuffer read(String unit, String port, String suffix) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file(unit, port, suffix)))
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private Path file(String unit, String port, String suffix) {
    return work.resolve(unit + "_" + port + "." + suffix);
  }
}
