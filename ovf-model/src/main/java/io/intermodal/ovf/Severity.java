package io.intermodal.ovf;

/** Ranks findings. */
public enum Severity {
  /** The document breaks a rule that consumers rely on; some will refuse it. */
  ERROR,
  /** The document was understood, but not as it is written, or a consumer may stumble. */
  WARNING,
  /** Worth knowing. */
  INFO
}
