package dev.tessera.cli;

import dev.tessera.flow.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the standard error stream that vanishes when the work is done. */
final class TerminalProgress implements Progress {
  private final ProgressBar bar;
  private boolean started;

  TerminalProgress(String task, int steps) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .clearDisplayOnFinish()
            .hideEta()
            .build();
  }

  @Override
  public void step(String what) {
    if (started) {
      bar.step();
    }
    started = true;
    bar.setExtraMessage(what);
  }

  @Override
  public void close() {
    bar.close();
  }
}
