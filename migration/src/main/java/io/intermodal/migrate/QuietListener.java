package io.intermodal.migrate;

import io.intermodal.Progress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a listener what happens and lets none of its failures through: a machine is not taken back
 * because a window could not be painted. The first failure is logged.
 */
final class QuietListener implements MigrationListener {

  private static final System.Logger LOGGER = System.getLogger("io.intermodal.migrate");

  private final MigrationListener listener;
  private final AtomicBoolean failed = new AtomicBoolean();

  QuietListener(MigrationListener listener) {
    this.listener = listener;
  }

  @Override
  public void stepStarted(int cycle, Step step) {
    quietly(() -> listener.stepStarted(cycle, step));
  }

  @Override
  public void stepEnded(StepRecord step) {
    quietly(() -> listener.stepEnded(step));
  }

  @Override
  public void progress(Progress progress) {
    quietly(() -> listener.progress(progress));
  }

  private void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      if (failed.compareAndSet(false, true)) {
        LOGGER.log(System.Logger.Level.WARNING, "a listener failed and was ignored", e);
      }
    }
  }
}
