package io.intermodal.cli;

import io.intermodal.ErrorCategory;
import io.intermodal.ErrorCode;

/** Names what can be wrong with a command itself. */
enum CliError implements ErrorCode {
  /** Options that do not go together, or an argument that means nothing here. */
  WRONG_USAGE(ErrorCategory.USER_INPUT);

  private final ErrorCategory category;

  CliError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
