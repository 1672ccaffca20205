package io.intermodal.ovf;

/** Chooses how grave findings are taken. Values that are read are the same with both. */
public enum Strictness {
  /** What some product accepts is no error. */
  LENIENT,
  /** The verdict of a careful vendor: what VMware's own conformance tests reject is an error. */
  STRICT
}
