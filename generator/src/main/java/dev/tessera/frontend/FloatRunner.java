package dev.tessera.frontend;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime on a float graph, with all its values. */
public final class FloatRunner implements AutoCloseable {
  private final Session session;
  private final String input;
  private final String output;

  /** Loads the graph; every value can be seen. */
  public FloatRunner(Graph graph) {
    this(graph, true);
  }

  /**
   * Loads the graph.
   *
   * @param allValues whether {@link #run} shows every value or the output only, which is faster
   */
  public FloatRunner(Graph graph, boolean allValues) {
    boolean quantised = graph.nodes().stream().anyMatch(n -> n instanceof Node.FakeQuant);
    session = new Session(OnnxWriter.toModel(graph, allValues), quantised);
    input = graph.input().output();
    output = graph.output();
  }

  /**
   * Values of one frame, each channels x height x width; the frame itself included.
   *
   * @param chw the input frame
   */
  public Map<String, float[]> run(float[] chw, int height, int width) {
    Map<String, float[]> values = new LinkedHashMap<>();
    values.put(input, chw);
    values.putAll(session.run(chw, height, width));
    return values;
  }

  /** The output frame alone. */
  public float[] output(float[] chw, int height, int width) {
    return run(chw, height, width).get(output);
  }

  @Override
  public void close() {
    session.close();
  }
}
