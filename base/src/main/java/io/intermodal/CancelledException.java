package io.intermodal;

import java.io.Serial;

/** Signals that work stopped because {@link Cancellation} was asked for; nothing is left behind. */
public final class CancelledException extends IntermodalException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the signal.
   *
   * @param what the work that stopped, as the object of "cancelled"
   */
  public CancelledException(String what) {
    super(CommonError.CANCELLED, "cancelled: " + what);
  }
}
