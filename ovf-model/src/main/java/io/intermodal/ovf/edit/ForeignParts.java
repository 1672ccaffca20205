package io.intermodal.ovf.edit;

/** Tells a conversion what to do with what is not part of the standard it converts to. */
public enum ForeignParts {
  /** All of it is kept; a plain schema validation may object to it. */
  KEEP,
  /** It is kept where the schema has room for it, and dropped and named elsewhere. */
  WHERE_ALLOWED,
  /** It is dropped and named, also where the schema has room for it. */
  DROP
}
