package io.intermodal;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries one wish from a caller to long work: stop. Work asks often, cleans up and throws {@link
 * CancelledException}. Thread-safe.
 */
public final class Cancellation {

  private static final Cancellation NONE = new Cancellation(false);

  private final boolean cancellable;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  private Cancellation(boolean cancellable) {
    this.cancellable = cancellable;
  }

  /** Creates one that can be cancelled. */
  public static Cancellation create() {
    return new Cancellation(true);
  }

  /** Returns the one that is never cancelled. */
  public static Cancellation none() {
    return NONE;
  }

  /**
   * Asks the work to stop; asking twice is the same as once.
   *
   * @throws IllegalStateException on {@link #none()}
   */
  public void cancel() {
    if (!cancellable) {
      throw new IllegalStateException("Cancellation.none() cannot be cancelled");
    }
    cancelled.set(true);
  }

  /** Tells whether the work should stop. */
  public boolean isCancelled() {
    return cancelled.get();
  }

  /**
   * Returns when the work may go on.
   *
   * @param what the work, for the message
   * @throws CancelledException when it should stop
   */
  public void check(String what) {
    if (isCancelled()) {
      throw new CancelledException(what);
    }
  }
}
