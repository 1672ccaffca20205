package io.intermodal.disk;

import io.intermodal.ErrorCategory;
import io.intermodal.ErrorCode;

/** Names what can go wrong with a disk image. */
public enum DiskError implements ErrorCode {
  /** The content starts like no format that is known; a raw disk must be named as such. */
  FORMAT_UNKNOWN(ErrorCategory.USER_INPUT),
  /** The format is recognised and not read or written yet, or not from or to a stream. */
  FORMAT_UNSUPPORTED(ErrorCategory.USER_INPUT),
  /** The image uses a feature of its format that is not read: its name is in the message. */
  FEATURE_UNSUPPORTED(ErrorCategory.USER_INPUT),
  /** The format to write has no such option, or not that value for it. */
  OPTION_UNSUPPORTED(ErrorCategory.USER_INPUT),
  /**
   * The image refers to another file (backing file, parent, data file), which is not followed
   * unless {@link DiskSource#withBackingFilesIn} allows it, and only as far as that.
   */
  REFERS_TO_ANOTHER_FILE(ErrorCategory.USER_INPUT),
  /** The image is encrypted. */
  ENCRYPTED(ErrorCategory.USER_INPUT),
  /** A structure of the image contradicts the format, the file or another structure. */
  DAMAGED(ErrorCategory.USER_INPUT),
  /** The image ends before it is complete. */
  TRUNCATED(ErrorCategory.USER_INPUT),
  /** The bytes of the source have another digest than the one expected. */
  DIGEST_MISMATCH(ErrorCategory.USER_INPUT),
  /** The file changed while it was read. */
  SOURCE_CHANGED(ErrorCategory.EXTERNAL),
  /** The disk is larger than the library's cap of 64 TiB, or than the target format can hold. */
  TOO_LARGE(ErrorCategory.LIMIT);

  private final ErrorCategory category;

  DiskError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
