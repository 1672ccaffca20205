package io.intermodal.migrate;

import io.intermodal.ErrorCode;
import io.intermodal.IntermodalException;

/**
 * Says why a migration did not complete and how things were left.
 *
 * @param step the step that failed
 * @param cause the error, with its code and place
 * @param aftermath what was undone, and how source and target stand now
 */
public record Failure(Step step, IntermodalException cause, String aftermath) {

  /** Returns the code of the error. */
  public ErrorCode code() {
    return cause.code();
  }
}
