package io.intermodal.migrate;

import io.intermodal.Progress;

/**
 * Is told how a migration goes; called from one thread at a time, must return soon. What it throws
 * is logged and changes nothing; to stop a migration there is {@link io.intermodal.Cancellation}.
 */
public interface MigrationListener extends Progress.Listener {

  /** Is told that a step begins. */
  default void stepStarted(int cycle, Step step) {}

  /** Is told how a step ended. */
  default void stepEnded(StepRecord step) {}

  @Override
  default void progress(Progress progress) {}

  /** Returns one that ignores everything. */
  static MigrationListener none() {
    return new MigrationListener() {};
  }
}
