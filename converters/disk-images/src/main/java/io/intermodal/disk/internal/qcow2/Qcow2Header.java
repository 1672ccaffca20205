package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.CompressionType;
import io.intermodal.disk.DiskFormat;
import org.jspecify.annotations.Nullable;

/**
 * What an image's header says (QEMU docs/interop/qcow2, "Header"), and the sizes that follow from
 * it.
 *
 * @param incompatible bits of features that a reader must know
 * @param bitmaps where the extension for persistent bitmaps is; null without one
 * @param backing what the image is based on; null when on nothing
 */
record Qcow2Header(
    int version,
    int clusterBits,
    long virtualSizeBytes,
    int l1Entries,
    long l1Offset,
    long refcountTableOffset,
    int refcountTableClusters,
    int refcountOrder,
    int snapshots,
    long snapshotsOffset,
    long incompatible,
    CompressionType compression,
    @Nullable Bitmaps bitmaps,
    @Nullable Reference backing) {

  static final int MAGIC = 0x514649FB;

  /** The length of a version 2 header. */
  static final int LENGTH_2 = 72;

  /** The least length of a version 3 header. */
  static final int LENGTH_3 = 104;

  /** The length with a compression type. */
  static final int LENGTH_WITH_COMPRESSION = 112;

  static final int MIN_CLUSTER_BITS = 9;
  static final int MAX_CLUSTER_BITS = 21;

  /** QEMU opens no larger table of L2 tables. */
  static final int MAX_L1_BYTES = 32 * 1024 * 1024;

  /** QEMU opens no larger table of refcount blocks. */
  static final int MAX_REFCOUNT_TABLE_BYTES = 8 * 1024 * 1024;

  static final long DIRTY = 1;
  static final long CORRUPT = 1 << 1;
  static final long EXTERNAL_DATA = 1 << 2;
  static final long COMPRESSION_TYPE = 1 << 3;
  static final long EXTENDED_L2 = 1 << 4;

  /** The bits of a table's entry that hold an offset. */
  static final long OFFSET_MASK = 0x00FFFFFFFFFFFE00L;

  /** The bit of an entry that says that its cluster has this one reference. */
  static final long COPIED = 1L << 63;

  /** The bit of an L2 entry that says that its cluster is compressed. */
  static final long COMPRESSED = 1L << 62;

  /** The bit of an L2 entry that says that its cluster reads as zeros. */
  static final long ZERO = 1;

  /** How many parts a cluster has in an image with extended L2 entries. */
  static final int SUBCLUSTERS = 32;

  /**
   * What an image is based on.
   *
   * @param at where the name stands
   * @param format what the image says about it; null when nothing
   */
  record Reference(long at, String name, @Nullable DiskFormat format) {}

  /** Where the directory of persistent bitmaps is. */
  record Bitmaps(int count, long directoryBytes, long directoryOffset) {}

  boolean dirty() {
    return (incompatible & DIRTY) != 0;
  }

  boolean extendedL2() {
    return (incompatible & EXTENDED_L2) != 0;
  }

  int clusterBytes() {
    return 1 << clusterBits;
  }

  int l2EntryBytes() {
    return extendedL2() ? 16 : 8;
  }

  int l2Entries() {
    return clusterBytes() / l2EntryBytes();
  }

  long bytesPerL2() {
    return (long) l2Entries() << clusterBits;
  }

  /** Returns how many of the L1 table's entries the size needs; there may be more. */
  long neededL1Entries() {
    return (virtualSizeBytes + bytesPerL2() - 1) / bytesPerL2();
  }

  /** Returns where the count of sectors starts in the entry of a compressed cluster. */
  int sectorCountShift() {
    return sectorCountShift(clusterBits);
  }

  static int sectorCountShift(int clusterBits) {
    return 62 - (clusterBits - 8);
  }
}
