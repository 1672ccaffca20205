package io.intermodal.hypervisor;

import java.io.Serial;

/**
 * Signals that a hypervisor does not know an operation; thrown before anything changes. Names what
 * is supported instead.
 */
public final class UnsupportedOperation extends HypervisorException {

  @Serial private static final long serialVersionUID = 1L;

  private final Operation operation;

  /** Creates the signal for a driver whose capabilities lack the operation. */
  public UnsupportedOperation(String driver, Operation operation, Capabilities capabilities) {
    super(
        HypervisorError.UNSUPPORTED_OPERATION,
        driver,
        "cannot "
            + operation.displayName()
            + ": the "
            + driver
            + " driver does not support it here; supported are "
            + capabilities.supportedOperations(),
        null);
    this.operation = operation;
  }

  /** Returns what was asked for. */
  public Operation operation() {
    return operation;
  }
}
