package io.intermodal.cli;

import io.intermodal.Progress;
import io.intermodal.migrate.Step;
import io.intermodal.migrate.StepRecord;
import io.intermodal.migrate.SurveyCycle;
import io.intermodal.migrate.SurveyListener;

/** Shows the cycles of a survey as they go. */
final class SurveyProgress implements SurveyListener, AutoCloseable {

  private final Console console;
  private final boolean verbose;
  private final TransferProgress transfer;

  /**
   * @param verbose whether each cycle and each long step gets a line
   */
  SurveyProgress(Console console, boolean verbose) {
    this.console = console;
    this.verbose = verbose;
    this.transfer = new TransferProgress(console, verbose);
  }

  @Override
  public void cycleStarted(String from, String to, String route, int cycle, int cycles) {
    say(from + " to " + to + " by " + route + ", cycle " + cycle + " of " + cycles);
  }

  @Override
  public void cycleEnded(SurveyCycle cycle) {
    SurveyCycle.Breakdown breakdown = cycle.breakdown();
    say(
        "  "
            + (breakdown == null
                ? "observed"
                : "broke down at " + breakdown.where() + ": " + breakdown.message())
            + " in "
            + (cycle.duration().toMillis() + 500) / 1000
            + " s");
  }

  @Override
  public void cycleKept(SurveyCycle cycle) {
    say(
        cycle.from()
            + " to "
            + cycle.to()
            + " by "
            + cycle.route()
            + ", cycle "
            + cycle.cycle()
            + ": kept from before");
  }

  @Override
  public void remark(String text) {
    say(text);
  }

  private void say(String line) {
    if (verbose) {
      console.err().println(line);
      console.err().flush();
    }
  }

  @Override
  public void stepStarted(int cycle, Step step) {
    transfer.stepStarted(cycle, step);
  }

  @Override
  public void stepEnded(StepRecord step) {
    transfer.stepEnded(step);
  }

  @Override
  public void progress(Progress progress) {
    transfer.progress(progress);
  }

  @Override
  public void close() {
    transfer.close();
  }
}
