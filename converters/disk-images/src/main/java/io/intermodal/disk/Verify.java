package io.intermodal.disk;

/** Says how a compressed block that is passed on as it is gets checked on its way. */
public enum Verify {
  /** {@link #DIGEST} when a digest of the source is expected, else {@link #CONTENT}. */
  AUTO,
  /** Trusts blocks once the whole source has the expected digest; nothing is inflated for it. */
  DIGEST,
  /** Inflates each block and compares its checksum and length; costs about 3 CPU-seconds per GB. */
  CONTENT,
  /** Checks tables and markers only; a damaged block is copied unseen. */
  NONE
}
