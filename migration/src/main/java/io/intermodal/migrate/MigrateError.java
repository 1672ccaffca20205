package io.intermodal.migrate;

import io.intermodal.ErrorCategory;
import io.intermodal.ErrorCode;

/** Names what can go wrong in a migration, beyond what its parts report themselves. */
public enum MigrateError implements ErrorCode {
  /** Preflight found a reason why the machine cannot be migrated. */
  PREFLIGHT_FAILED(ErrorCategory.USER_INPUT),
  /** The source's definition was changed after the plan was made. */
  SOURCE_CHANGED(ErrorCategory.USER_INPUT),
  /** A disk at the target differs from the one at the source. */
  CONTENT_DIFFERS(ErrorCategory.EXTERNAL),
  /** The new machine does not start. */
  TARGET_NOT_RUNNING(ErrorCategory.EXTERNAL),
  /** The source machine does not stop. */
  SOURCE_NOT_STOPPED(ErrorCategory.EXTERNAL),
  /** The source machine cannot be put back into the state it had. */
  SOURCE_NOT_RESTORED(ErrorCategory.EXTERNAL),
  /** The new machine does not stop. */
  TARGET_NOT_STOPPED(ErrorCategory.EXTERNAL),
  /** A disk that the tests attached to a machine cannot be detached again. */
  TEST_DISK_LEFT(ErrorCategory.EXTERNAL),
  /** A network card that the tests attached to a machine cannot be detached again. */
  TEST_CARD_LEFT(ErrorCategory.EXTERNAL),
  /** The image of a disk is larger than its descriptor says. */
  DISK_LARGER_THAN_DECLARED(ErrorCategory.USER_INPUT),
  /** The stored bytes of a disk are not those that its source vouches for. */
  DIGEST_MISMATCH(ErrorCategory.USER_INPUT),
  /** A file of evaluation rules cannot be understood. */
  INVALID_RULES(ErrorCategory.USER_INPUT),
  /** A list of hosts cannot be understood. */
  INVALID_HOSTS(ErrorCategory.USER_INPUT),
  /** What an earlier survey left in its folder does not belong to this one or cannot be read. */
  SURVEY_MISMATCH(ErrorCategory.USER_INPUT),
  /** A document of observations cannot be understood. */
  INVALID_OBSERVATIONS(ErrorCategory.USER_INPUT);

  private final ErrorCategory category;

  MigrateError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
