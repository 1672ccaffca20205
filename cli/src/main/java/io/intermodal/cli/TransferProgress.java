package io.intermodal.cli;

import io.intermodal.Progress;
import io.intermodal.migrate.MigrationListener;
import io.intermodal.migrate.Step;
import io.intermodal.migrate.StepRecord;
import java.util.Locale;

/** Shows the steps of a migration as they go, and the bytes within a step. */
final class TransferProgress implements MigrationListener, AutoCloseable {

  private static final long WORTH_A_LINE_MILLIS = 1_000;

  private final Console console;
  private final boolean verbose;
  private final ProgressBar bar;

  /**
   * @param verbose whether steps that took long get a line of their own
   */
  TransferProgress(Console console, boolean verbose) {
    this.console = console;
    this.verbose = verbose;
    this.bar = new ProgressBar(console);
  }

  @Override
  public void stepStarted(int cycle, Step step) {
    if (console.terminal()) {
      bar.clear();
      bar.note(step.number() + "/" + Step.values().length + "  " + step.title());
    }
  }

  @Override
  public void stepEnded(StepRecord step) {
    bar.clear();
    if (verbose && step.duration().toMillis() >= WORTH_A_LINE_MILLIS) {
      console
          .err()
          .println(
              step.step().number()
                  + "/"
                  + Step.values().length
                  + "  "
                  + step.step().title()
                  + ": "
                  + step.outcome().name().toLowerCase(Locale.ROOT)
                  + " in "
                  + step.duration().toMillis() / 1000
                  + " s");
    }
  }

  @Override
  public void progress(Progress progress) {
    bar.progress(progress);
  }

  @Override
  public void close() {
    bar.close();
  }
}
