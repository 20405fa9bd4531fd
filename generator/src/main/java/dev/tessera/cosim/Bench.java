package dev.tessera.cosim;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.TableLayout;
import dev.tessera.num.NormTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A built simulation and its vectors.
 *
 * @param program the simulation
 * @param rtl folder in which it runs, for its memory images
 * @param work folder of vectors, plans and results
 */
public record Bench(Path program, Path rtl, Path work) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes the frames that port {@code port} of {@code unit} carries; their sizes may differ. */
  public void vectors(String unit, String port, List<Frame> frames) {
    vectors(unit, port, frames, frames.stream().map(f -> 0).toList());
  }

  /**
   * Writes the frames that port {@code port} of {@code unit} carries.
   *
   * @param banks of tables, one per frame
   */
  void vectors(String unit, String port, List<Frame> frames, List<Integer> banks) {
    int values = frames.stream().mapToInt(f -> f.data().length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(values * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
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
      List<String> sizes = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        Frame frame = frames.get(i);
        sizes.add(frame.width() + " " + frame.height() + " " + banks.get(i));
      }
      Files.write(file(unit, port, "sizes"), sizes);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /**
   * Writes what the host writes before a run: per value of a table its address and the value.
   *
   * @param tables by the name of the unit, one map per bank
   */
  void tables(Design design, List<Map<String, NormTable>> tables) {
    TableLayout layout = TableLayout.of(design);
    int entries = layout.entries() * tables.size();
    ByteBuffer bytes =
        ByteBuffer.allocate(entries * 4 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int bank = 0; bank < tables.size(); bank++) {
      for (TableLayout.Slice slice : layout.slices()) {
        NormTable table = tables.get(bank).get(slice.instance().spec().name());
        for (int c = 0; c < table.channels(); c++) {
          int address = layout.number(bank, slice.base() + c) * 2 * Integer.BYTES;
          bytes.putInt(address).putInt(table.multiplier()[c]);
          bytes.putInt(address + Integer.BYTES).putInt(table.offset()[c]);
        }
      }
    }
    try {
      Files.write(work.resolve(design.name() + ".tables"), bytes.array());
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

  /**
   * The frames that left {@code port} in the last run that captured.
   *
   * @param shapes what should have left it, again and again
   */
  public List<Frame> captured(String unit, String port, List<Frame> shapes) {
    ByteBuffer bytes = read(unit, port, "out");
    List<Frame> frames = new ArrayList<>();
    while (true) {
      Frame shape = shapes.get(frames.size() % shapes.size());
      if (bytes.remaining() < shape.data().length * Integer.BYTES) {
        return frames;
      }
      frames.add(frame(bytes, shape));
    }
  }

  private static Frame frame(ByteBuffer bytes, Frame shape) {
    Frame frame = new Frame(shape.channels(), shape.height(), shape.width());
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        for (int c = 0; c < frame.channels(); c++) {
          frame.data()[frame.index(c, y, x)] = bytes.getInt();
        }
      }
    }
    return frame;
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
