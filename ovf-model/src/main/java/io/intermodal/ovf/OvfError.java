package io.intermodal.ovf;

import io.intermodal.ErrorCategory;
import io.intermodal.ErrorCode;

/** Names the errors of OVF documents and packages. */
public enum OvfError implements ErrorCode {
  /**
   * A file is neither a descriptor nor an archive with one; the message says what it looks like.
   */
  NOT_A_PACKAGE(ErrorCategory.USER_INPUT),
  /** The XML is not an OVF envelope. */
  NOT_AN_ENVELOPE(ErrorCategory.USER_INPUT),
  /** An archive holds no descriptor. */
  DESCRIPTOR_MISSING(ErrorCategory.USER_INPUT),
  /** A name leads out of the package, is absolute, or is a device of the system. */
  NAME_UNSAFE(ErrorCategory.USER_INPUT),
  /** An archive holds two members of one name. */
  MEMBER_DUPLICATE(ErrorCategory.USER_INPUT),
  /** An archive holds a link, a device or another thing that is not a file. */
  MEMBER_FORBIDDEN(ErrorCategory.USER_INPUT),
  /** An archive ends before a member does. */
  ARCHIVE_TRUNCATED(ErrorCategory.USER_INPUT),
  /** A header of an archive is broken. */
  ARCHIVE_MALFORMED(ErrorCategory.USER_INPUT),
  /**
   * A package is over a bound: members, properties, length or memory of the descriptor, manifest or
   * certificate.
   */
  PACKAGE_LIMIT(ErrorCategory.LIMIT),
  /** A file that was asked for is not in the package. */
  FILE_MISSING(ErrorCategory.USER_INPUT),
  /** A file is not the one the manifest was made for. */
  DIGEST_MISMATCH(ErrorCategory.USER_INPUT),
  /** A file is packed in a way that is not supported, or does not unpack. */
  COMPRESSION(ErrorCategory.USER_INPUT),
  /** A deployment option that was asked for is not in the envelope. */
  CONFIGURATION_UNKNOWN(ErrorCategory.USER_INPUT),
  /** A system has no hardware section for the families that were asked for. */
  HARDWARE_UNSUPPORTED(ErrorCategory.USER_INPUT),
  /** A delta disk names a parent that is not there, or the parents go in a circle. */
  DISK_CHAIN(ErrorCategory.USER_INPUT),
  /** A file with translations holds none. */
  STRINGS_INVALID(ErrorCategory.USER_INPUT),
  /** The finished descriptor is longer than the room that was reserved for it. */
  DESCRIPTOR_TOO_LONG(ErrorCategory.LIMIT);

  private final ErrorCategory category;

  OvfError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
