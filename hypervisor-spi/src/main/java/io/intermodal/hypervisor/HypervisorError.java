package io.intermodal.hypervisor;

import io.intermodal.ErrorCategory;
import io.intermodal.ErrorCode;

/** Names what can go wrong at a hypervisor. */
public enum HypervisorError implements ErrorCode {
  /** No driver has the scheme of the URI. */
  UNKNOWN_DRIVER(ErrorCategory.USER_INPUT),
  /** The URI of a hypervisor cannot be understood. */
  INVALID_URI(ErrorCategory.USER_INPUT),
  /** The hypervisor does not know the operation. */
  UNSUPPORTED_OPERATION(ErrorCategory.USER_INPUT),
  /** The operation would break a requirement of the caller, or broke it. */
  REQUIREMENT_NOT_MET(ErrorCategory.USER_INPUT),
  /** The machine is in a state that does not allow the operation. */
  ILLEGAL_STATE(ErrorCategory.USER_INPUT),
  /** No machine has that name or id, or several have that name. */
  MACHINE_NOT_FOUND(ErrorCategory.USER_INPUT),
  /** Another machine has the name. */
  NAME_TAKEN(ErrorCategory.USER_INPUT),
  /** A device, snapshot or other part of a machine does not exist, or exists already. */
  NO_SUCH_PART(ErrorCategory.USER_INPUT),
  /** More was asked for than the hypervisor gives one machine. */
  LIMIT_EXCEEDED(ErrorCategory.LIMIT),
  /** Someone else is at work on it. */
  LOCKED(ErrorCategory.EXTERNAL),
  /** There is not enough space. */
  STORAGE_FULL(ErrorCategory.EXTERNAL),
  /** What the hypervisor stores about a machine cannot be read. */
  BROKEN_MACHINE(ErrorCategory.EXTERNAL),
  /** The hypervisor cannot be reached. */
  CONNECTION_FAILED(ErrorCategory.EXTERNAL),
  /** Nobody in the guest answers on the way that was tried. */
  GUEST_UNREACHABLE(ErrorCategory.EXTERNAL),
  /** A command in the guest took longer than it was given. */
  GUEST_TIMEOUT(ErrorCategory.EXTERNAL),
  /** The hypervisor failed at an operation. */
  OPERATION_FAILED(ErrorCategory.EXTERNAL);

  private final ErrorCategory category;

  HypervisorError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
