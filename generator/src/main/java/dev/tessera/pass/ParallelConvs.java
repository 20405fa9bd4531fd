package dev.tessera.pass;

import dev.tessera.pass.Branches.Branch;
import java.util.List;

/** Concatenated dense convolutions of one value become one with the outputs of all. */
final class ParallelConvs extends JoinConvs {
  @Override
  public String name() {
    return "parallel-convs";
  }

  @Override
  boolean extend(Editor editor, List<Branch> run, Branch next) {
    boolean dense = next.conv().kernel().groups() == 1;
    return dense && (run.isEmpty() || run.get(0).conv().input().equals(next.conv().input()));
  }

  @Override
  int groups(List<Branch> run) {
    return 1;
  }

  @Override
  String input(Editor editor, List<Branch> run) {
    return run.get(0).conv().input();
  }

  @Override
  float[] padValue(List<Branch> run) {
    return run.get(0).conv().padValue();
  }
}
