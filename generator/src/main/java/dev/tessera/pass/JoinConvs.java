package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.pass.Branches.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Turns neighbouring convolutions of equal geometry under one Concat into one: what the subclass
 * says about their inputs decides which.
 */
abstract class JoinConvs implements Pass {
  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Concat concat) {
        concat(editor, concat);
      }
    }
    return editor.build();
  }

  /** Whether {@code next} may stand behind {@code run} in one convolution. */
  abstract boolean extend(Editor editor, List<Branch> run, Branch next);

  /** Groups of the joined convolution. */
  abstract int groups(List<Branch> run);

  /** The value it reads, made if need be. */
  abstract String input(Editor editor, List<Branch> run);

  /** What it pads with. */
  abstract float[] padValue(List<Branch> run);

  private void concat(Editor editor, Node.Concat concat) {
    List<String> inputs = new ArrayList<>();
    boolean joined = false;
    int i = 0;
    while (i < concat.inputs().size()) {
      List<Branch> run = run(editor, concat, i);
      if (run.size() < 2) {
        inputs.add(concat.inputs().get(i));
        i++;
      } else {
        i += run.size();
        boolean whole = run.size() == concat.inputs().size();
        inputs.add(join(editor, run, whole ? concat.output() : null));
        joined = true;
      }
    }
    if (joined && inputs.size() > 1) {
      editor.put(new Node.Concat(concat.name(), inputs, concat.output()));
    }
  }

  private List<Branch> run(Editor editor, Node.Concat concat, int from) {
    List<Branch> run = new ArrayList<>();
    for (String value : concat.inputs().subList(from, concat.inputs().size())) {
      Branch next = Branch.of(editor, value);
      boolean fits =
          next != null
              && (run.isEmpty() || run.get(0).matches(next))
              && run.stream().noneMatch(b -> b.conv() == next.conv())
              && extend(editor, run, next);
      if (!fits) {
        break;
      }
      run.add(next);
    }
    return run;
  }

  private String join(Editor editor, List<Branch> run, String output) {
    Branch first = run.get(0);
    String end =
        Objects.requireNonNullElse(output, editor.fresh(first.conv().output() + "_joined"));
    ValueQuant quant = Branches.quant(run);
    String input = input(editor, run);
    Kernel kernel = Branches.kernel(run, groups(run));
    String sum = quant == null ? end : editor.fresh(end + "_sum");
    Node.Conv conv =
        new Node.Conv(
            first.conv().name(),
            input,
            sum,
            kernel,
            first.conv().stride(),
            first.conv().pads(),
            first.conv().border(),
            padValue(run),
            Branches.activation(run));
    for (Branch branch : run) {
      editor.remove(branch.conv());
      if (branch.quant() != null) {
        editor.remove(branch.quant());
      }
    }
    editor.put(conv);
    if (quant != null) {
      editor.put(new Node.FakeQuant(first.quant().name(), sum, end, quant));
    }
    return end;
  }
}
