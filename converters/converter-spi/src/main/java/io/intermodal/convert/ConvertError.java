package io.intermodal.convert;

import io.intermodal.ErrorCategory;
import io.intermodal.ErrorCode;

/** Names what can go wrong in converting. */
public enum ConvertError implements ErrorCode {
  /** No converter or format has that id. */
  UNKNOWN_FORMAT(ErrorCategory.USER_INPUT),
  /** No route leads from what the source gives to what the target takes. */
  NO_ROUTE(ErrorCategory.USER_INPUT),
  /** A descriptor cannot be read. */
  UNREADABLE_DESCRIPTOR(ErrorCategory.USER_INPUT),
  /** A converter failed. */
  CONVERSION_FAILED(ErrorCategory.EXTERNAL);

  private final ErrorCategory category;

  ConvertError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
