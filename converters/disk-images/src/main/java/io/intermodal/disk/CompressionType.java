package io.intermodal.disk;

/** Says what compresses the blocks of a format that leaves the choice (qcow2). */
public enum CompressionType {
  /** Deflate, which every reader knows. */
  DEFLATE,
  /** Zstandard, which QEMU reads from 5.1 on; needs the artifact {@code intermodal-disk-zstd}. */
  ZSTD
}
