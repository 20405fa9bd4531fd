package dev.tessera.cosim;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.cosim.Family.Count;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A design in the cells of a device family, as Yosys maps it. Units are mapped one by one and
 * joined afterwards, so that each cell belongs to one.
 */
public final class Synthesis {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What names of cells begin with whose own name is none of the source. */
  private static final String FLAT = "$flatten\\";

  private final Family family;
  private final Map<String, Area> areas = new LinkedHashMap<>();
  private final LogicDepth depth = new LogicDepth();

  private Synthesis(Family family) {
    this.family = family;
  }

  /**
   * What came out.
   *
   * @param all cells of the design
   * @param parts cells of each instance in its top, by name; what lies beside them is {@code ""}
   * @param logicLevels look-up tables on the longest way between cells with a clock
   * @param deepest the part in which that way ends
   */
  public record Result(Area all, Map<String, Area> parts, int logicLevels, String deepest) {
    public Result {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
  }

  /**
   * Maps {@code top}.
   *
   * @param inside instance whose instances are told apart, with a dot at its end; empty for the top
   * @param rtl folder of sources and memory images
   * @param sources Verilog files, relative to {@code rtl}
   * @param work folder for the netlist
   * @throws dev.tessera.base.TesseraException {@code tool.missing} or {@code tool.failed}
   */
  public static Result run(
      String top, String inside, Path rtl, List<String> sources, Family family, Path work) {
    Path netlist = work.toAbsolutePath().resolve("netlist.json");
    try {
      List<String> commands = new ArrayList<>(family.commands(top));
      commands.addAll(List.of("flatten", "opt_clean", "write_json \"" + netlist + "\""));
      YosysScript.run(top, rtl, sources, work, commands);
      Synthesis synthesis = new Synthesis(family);
      synthesis.read(netlist, top, inside);
      Files.delete(netlist);
      return synthesis.result();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private Result result() {
    Area all = areas.values().stream().reduce(Area.NOTHING, Area::plus);
    LogicDepth.Way way = depth.longest();
    return new Result(all, areas, way.levels(), way.place());
  }

  /** Reads cell by cell: a netlist may be larger than memory. */
  private void read(Path netlist, String top, String inside) throws IOException {
    try (JsonParser parser = JSON.createParser(netlist.toFile())) {
      enter(parser, "modules");
      enter(parser, top);
      enter(parser, "cells");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        JsonNode cell = parser.readValueAsTree();
        add(part(name, inside), cell);
      }
    }
  }

  /** Goes on to the value of {@code field}, over those before it. */
  private static void enter(JsonParser parser, String field) throws IOException {
    while (parser.nextToken() != null) {
      if (parser.currentToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(field);
        parser.nextToken();
        if (found) {
          return;
        }
        parser.skipChildren();
      }
    }
    throw new IOException("the netlist has no " + field);
  }

  /** The instance that a cell belongs to: names of a flattened netlist begin with it. */
  private static String part(String cell, String inside) {
    String path = cell.startsWith(FLAT) ? cell.substring(FLAT.length()).replace("\\", "") : cell;
    int dot = path.startsWith(inside) ? path.indexOf('.', inside.length()) : -1;
    return dot < 0 ? "" : path.substring(inside.length(), dot);
  }

  private void add(String part, JsonNode cell) {
    Count count = family.count(cell.get("type").asText());
    areas.merge(part, count.area(), Area::plus);
    List<Integer> read = new ArrayList<>();
    List<Integer> made = new ArrayList<>();
    JsonNode directions = cell.path("port_directions");
    for (Map.Entry<String, JsonNode> port : cell.get("connections").properties()) {
      boolean output = directions.path(port.getKey()).asText().equals("output");
      for (JsonNode bit : port.getValue()) {
        if (bit.isInt()) {
          (output ? made : read).add(bit.asInt());
        }
      }
    }
    depth.add(part, count.level(), read, made);
  }
}
