package dev.tessera.hw;

import java.util.List;
import java.util.Optional;

/**
 * A netlist: the one description that golden model, emission, simulation and report share.
 *
 * @param name legal Verilog identifier
 * @param board board name
 * @param clockMhz planned clock
 * @param frameWidth input columns
 * @param frameHeight input rows
 * @param instances units in topological order; the first is the video input, the last the video
 *     output
 * @param links streams between them
 * @param macsPerFrame useful multiplications of the network on one frame (design.md section 1)
 * @param sizes the frames it takes, the largest being the input frame above; empty if it takes that
 *     one size only
 * @param ultra links and units whose memories are UltraRAM, by name
 * @param tiles the tiles of a larger frame that go through the pipeline one by one, the input frame
 *     above being the largest; empty if frames are not cut
 * @param memory the AXI4 master around the video streams, or empty
 * @param norm where the tables of normalising units come from, or empty if it has none
 */
public record Design(
    String name,
    String board,
    double clockMhz,
    int frameWidth,
    int frameHeight,
    List<Instance> instances,
    List<Link> links,
    long macsPerFrame,
    Optional<SizeRange> sizes,
    List<String> ultra,
    Optional<TileGrid> tiles,
    Optional<MemoryTop> memory,
    Optional<NormTop> norm) {
  public Design {
    instances = List.copyOf(instances);
    links = List.copyOf(links);
    ultra = List.copyOf(ultra);
  }

  /** A design whose frames are not cut. */
  public Design(
      String name,
      String board,
      double clockMhz,
      int frameWidth,
      int frameHeight,
      List<Instance> instances,
      List<Link> links,
      long macsPerFrame,
      Optional<SizeRange> sizes,
      List<String> ultra) {
    this(
        name,
        board,
        clockMhz,
        frameWidth,
        frameHeight,
        instances,
        links,
        macsPerFrame,
        sizes,
        ultra,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A design for frames of one size, without UltraRAM. */
  public Design(
      String name,
      String board,
      double clockMhz,
      int frameWidth,
      int frameHeight,
      List<Instance> instances,
      List<Link> links,
      long macsPerFrame) {
    this(
        name,
        board,
        clockMhz,
        frameWidth,
        frameHeight,
        instances,
        links,
        macsPerFrame,
        Optional.empty(),
        List.of());
  }

  /**
   * A unit in its place.
   *
   * @param spec its decisions
   * @param inputs link names, one per input stream
   * @param outputs link names, one per output stream
   */
  public record Instance(UnitSpec spec, List<String> inputs, List<String> outputs) {
    public Instance {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * A stream from one unit to one other.
   *
   * @param name legal Verilog identifier
   * @param type what it carries
   * @param depth words of its FIFO; 0 is a direct wire, 2 a register slice
   */
  public record Link(String name, StreamType type, int depth) {}

  /** Size of the input frame. */
  public Size frame() {
    return new Size(frameWidth, frameHeight);
  }

  /** This design for the tiles of a frame. */
  public Design withTiles(TileGrid grid) {
    return with(instances, Optional.of(grid), memory, norm);
  }

  /** This design behind an AXI4 master. */
  public Design withMemory(MemoryTop top) {
    return with(instances, tiles, Optional.of(top), norm);
  }

  /** This design with tables from {@code top}. */
  public Design withNorm(Optional<NormTop> top) {
    return with(instances, tiles, memory, top);
  }

  /** The same netlist of other units, one for one. */
  public Design withInstances(List<Instance> others) {
    return with(others, tiles, memory, norm);
  }

  private Design with(
      List<Instance> units,
      Optional<TileGrid> grid,
      Optional<MemoryTop> master,
      Optional<NormTop> tables) {
    return new Design(
        name,
        board,
        clockMhz,
        frameWidth,
        frameHeight,
        units,
        links,
        macsPerFrame,
        sizes,
        ultra,
        grid,
        master,
        tables);
  }

  /** The tiles of a frame: one if it is not cut. */
  public TileGrid grid() {
    Size made = madePicture();
    return tiles.orElseGet(
        () -> TileGrid.whole(frameWidth, frameHeight, made.width(), made.height()));
  }

  /** Size of what the user takes for a frame: the one that is cut, if one is. */
  public Size picture() {
    return tiles.map(t -> new Size(t.columns().frame(), t.rows().frame())).orElse(frame());
  }

  /** Size of what the network makes of it. */
  public Size madePicture() {
    return tiles
        .map(t -> new Size(t.columns().made(), t.rows().made()))
        .orElseGet(() -> Size.of(sink().spec().inputs().get(0)));
  }

  /** Whether software starts the frames through registers. */
  public boolean hasRegisters() {
    return memory.filter(MemoryTop::registers).isPresent();
  }

  /** Whether each frame that is read comes with its size; tiles have theirs. */
  public boolean isSized() {
    return resizable() && tiles.isEmpty();
  }

  /** Whether frames of other sizes may follow each other. */
  public boolean resizable() {
    return sizes.isPresent();
  }

  /** The link called {@code name}. */
  public Link link(String name) {
    return links.stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  /** The unit that reads the link called {@code name}. */
  public Instance reader(String name) {
    return instances.stream().filter(i -> i.inputs().contains(name)).findFirst().orElseThrow();
  }

  /** The video input. */
  public Instance source() {
    return instances.get(0);
  }

  /** The video output. */
  public Instance sink() {
    return instances.get(instances.size() - 1);
  }
}
