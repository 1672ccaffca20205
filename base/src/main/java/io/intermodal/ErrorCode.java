package io.intermodal;

/**
 * Names one kind of error. Each module has an enum of its own that implements this; the name is
 * stable and fit for programs, the message of the exception is for people.
 */
public interface ErrorCode {

  /** Returns the stable name, upper-case words joined by underscores, unique within the SDK. */
  String name();

  /** Returns who has to act on it. */
  ErrorCategory category();
}
