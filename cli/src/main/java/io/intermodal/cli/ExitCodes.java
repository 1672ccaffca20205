package io.intermodal.cli;

import io.intermodal.ErrorCategory;

/** Gives the exit codes their meaning. */
final class ExitCodes {

  /** Done. */
  static final int DONE = 0;

  /** Done, but the answer is no, or the score is FAILURE. */
  static final int NEGATIVE = 1;

  /** Wrong usage or input. */
  static final int USAGE = 2;

  /** An outside system failed. */
  static final int EXTERNAL = 3;

  private ExitCodes() {}

  static int of(ErrorCategory category) {
    return switch (category) {
      case USER_INPUT, LIMIT -> USAGE;
      case EXTERNAL, INTERNAL -> EXTERNAL;
    };
  }
}
