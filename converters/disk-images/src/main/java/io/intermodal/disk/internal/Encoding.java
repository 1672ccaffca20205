package io.intermodal.disk.internal;

/** Says how the payload of an extent carries the guest's bytes. */
public enum Encoding {
  /** No payload: zeros, as opposed to what a layer does not hold. */
  ZERO,
  /** The guest's bytes. */
  RAW,
  /** Deflate with a two-byte header and an Adler-32 behind (RFC 1950). */
  ZLIB,
  /** Deflate alone (RFC 1951); bytes that do not belong to it may follow. */
  DEFLATE,
  /** One Zstandard frame (RFC 8878); bytes that do not belong to it may follow. */
  ZSTD
}
