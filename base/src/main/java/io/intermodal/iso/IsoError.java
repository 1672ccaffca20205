package io.intermodal.iso;

import io.intermodal.ErrorCategory;
import io.intermodal.ErrorCode;

/** Names the errors of CD images. */
public enum IsoError implements ErrorCode {
  /** A file is no CD image. */
  NOT_AN_IMAGE(ErrorCategory.USER_INPUT),
  /** A CD image is broken or cut short. */
  IMAGE_MALFORMED(ErrorCategory.USER_INPUT),
  /** A CD image or a file in it is over a bound. */
  IMAGE_LIMIT(ErrorCategory.LIMIT),
  /** A CD image lacks the file that was asked for. */
  IMAGE_FILE_MISSING(ErrorCategory.USER_INPUT),
  /** A label or the name of a file cannot be written to a CD image. */
  IMAGE_NAME(ErrorCategory.USER_INPUT);

  private final ErrorCategory category;

  IsoError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
