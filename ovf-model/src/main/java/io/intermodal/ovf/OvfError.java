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
  /** An archive that is to be written anew holds two descriptors. */
  DESCRIPTOR_SECOND(ErrorCategory.USER_INPUT),
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
  /**
   * An edit cannot be made: what it names is not there, or is there already, or its value means
   * nothing. The message names what is near.
   */
  EDIT_REJECTED(ErrorCategory.USER_INPUT),
  /** A machine or other entity that was asked for is not in the envelope, or not the only one. */
  ENTITY_UNKNOWN(ErrorCategory.USER_INPUT),
  /** A property that was given a value does not exist, or more than one is meant. */
  PROPERTY_UNKNOWN(ErrorCategory.USER_INPUT),
  /** A property that was given a value is not for the deployer to change. */
  PROPERTY_FIXED(ErrorCategory.USER_INPUT),
  /** The XML is not an OVF environment. */
  NOT_AN_ENVIRONMENT(ErrorCategory.USER_INPUT),
  /** A value has a character that XML, and so an environment, cannot hold. */
  ENVIRONMENT_VALUE(ErrorCategory.USER_INPUT),
  /**
   * A file with keys or trusted certificates cannot be read: of another kind, the wrong password,
   * or without what was asked for.
   */
  KEY_STORE(ErrorCategory.USER_INPUT),
  /** The signature of a package is broken, or not one that was asked for. */
  SIGNATURE_REFUSED(ErrorCategory.USER_INPUT),
  /** A key does not sign for its certificate, or the certificate does not hold now. */
  SIGNER_UNFIT(ErrorCategory.USER_INPUT),
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
