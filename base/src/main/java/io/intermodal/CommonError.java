package io.intermodal;

/** Names the errors that any module may meet. */
public enum CommonError implements ErrorCode {
  /** Work was stopped because its caller asked for it. */
  CANCELLED(ErrorCategory.USER_INPUT),
  /** A file or folder that was named does not exist. */
  FILE_NOT_FOUND(ErrorCategory.USER_INPUT),
  /** A file that would be written exists already and overwriting was not asked for. */
  FILE_EXISTS(ErrorCategory.USER_INPUT),
  /** Reading a file failed in the operating system. */
  READ_FAILED(ErrorCategory.EXTERNAL),
  /** Writing a file failed in the operating system: no space, no right, a broken disk. */
  WRITE_FAILED(ErrorCategory.EXTERNAL),
  /** XML is not well-formed. */
  XML_MALFORMED(ErrorCategory.USER_INPUT),
  /** XML asks for what is refused always: a DOCTYPE, an entity. */
  XML_FORBIDDEN(ErrorCategory.USER_INPUT),
  /** XML is larger, deeper or wider than the reader's bounds. */
  XML_LIMIT(ErrorCategory.LIMIT),
  /** The memory that the process was given is not enough for the input. */
  OUT_OF_MEMORY(ErrorCategory.LIMIT),
  /** Two plugins of one kind have one id. */
  DUPLICATE_PLUGIN(ErrorCategory.USER_INPUT),
  /** A defect of this library. */
  INTERNAL(ErrorCategory.INTERNAL);

  private final ErrorCategory category;

  CommonError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
