package dev.tessera.pass;

import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.pass.Branches.Branch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Concatenated convolutions of parts of one value become one grouped convolution. */
final class SplitConvConcat extends JoinConvs {
  @Override
  public String name() {
    return "split-conv-concat";
  }

  @Override
  boolean extend(Editor editor, List<Branch> run, Branch next) {
    if (!(editor.producer(next.conv().input()) instanceof Node.Select select)) {
      return false;
    }
    if (run.isEmpty()) {
      return true;
    }
    Node.Conv first = run.get(0).conv();
    Kernel a = first.kernel();
    Kernel b = next.conv().kernel();
    Node.Select other = (Node.Select) editor.producer(first.input());
    // The same part twice is one dense convolution, which is another pass.
    return other.input().equals(select.input())
        && !Arrays.equals(other.channels(), select.channels())
        && a.inChannelsPerGroup() == b.inChannelsPerGroup()
        && a.outChannels() / a.groups() == b.outChannels() / b.groups()
        && first.padValue().length == 1;
  }

  @Override
  int groups(List<Branch> run) {
    return run.stream().mapToInt(b -> b.conv().kernel().groups()).sum();
  }

  @Override
  String input(Editor editor, List<Branch> run) {
    int[] channels =
        run.stream()
            .map(b -> (Node.Select) editor.producer(b.conv().input()))
            .flatMapToInt(s -> Arrays.stream(s.channels()))
            .toArray();
    Node.Select first = (Node.Select) editor.producer(run.get(0).conv().input());
    int all = editor.channels(first.input());
    if (Arrays.equals(channels, IntStream.range(0, all).toArray())) {
      return first.input();
    }
    String name = editor.fresh(first.input() + "_regrouped");
    editor.put(new Node.Select(first.name(), first.input(), name, channels));
    return name;
  }

  @Override
  float[] padValue(List<Branch> run) {
    return run.get(0).conv().padValue();
  }
}
