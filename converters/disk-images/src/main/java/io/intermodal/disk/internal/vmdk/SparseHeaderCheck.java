package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;

/** Refuses headers of sparse extents that cannot be right, before anything is made of them. */
record SparseHeaderCheck(String name, long at, SparseHeader header) {

  private static final int BOTH = SparseHeader.COMPRESSED_GRAINS | SparseHeader.MARKERS;

  void common(long maxGrain) {
    if (header.version() < 1 || header.version() > 3) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          at + 4,
          "VMDK header",
          "version " + Integer.toUnsignedString(header.version()));
    }
    checkGrainSize(maxGrain);
    if (header.entriesPerTable() != SparseHeader.ENTRIES_PER_TABLE) {
      throw damaged(44, header.entriesPerTable() + " entries per grain table, not 512");
    }
    if (header.capacity() < 0 || header.capacity() > Geometry.MAX_VIRTUAL_BYTES / SECTOR) {
      throw Problems.at(
          DiskError.TOO_LARGE,
          name,
          at + 12,
          "VMDK header",
          "the capacity of "
              + Long.toUnsignedString(header.capacity())
              + " sectors is over the cap of 64 TiB");
    }
    if (header.overHead() < 1) {
      throw firstGrain();
    }
    boolean outside =
        header.descriptorSize() < 0
            || header.descriptorOffset() < 1
            || header.descriptorOffset() >= header.overHead()
            || header.descriptorSize() > header.overHead() - header.descriptorOffset();
    if (header.descriptorSize() != 0 && outside) {
      throw damaged(28, "the descriptor does not lie before the first grain");
    }
    if (header.descriptorSize() > Descriptor.MAX_BYTES / SECTOR) {
      throw damaged(36, "the descriptor is over 1 MiB long");
    }
  }

  void compressed() {
    if ((header.flags() & BOTH) == 0) {
      throw Problems.at(
          DiskError.FORMAT_UNSUPPORTED,
          name,
          at + 8,
          "VMDK header",
          "it is monolithicSparse (no compressed grains), not streamOptimized; name it as "
              + "vmdk-monolithicSparse, or let its content tell");
    }
    refuseHalf();
    if (header.compressAlgorithm() != 1) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          at + 77,
          "VMDK header",
          "compression algorithm " + header.compressAlgorithm() + ", only deflate (1) exists");
    }
    checkGrainSize(Geometry.MAX_UNIT / SECTOR);
    if (header.overHead() > maxOverHead()) {
      throw firstGrain();
    }
  }

  void plain() {
    if ((header.flags() & BOTH) == BOTH) {
      throw Problems.at(
          DiskError.FORMAT_UNSUPPORTED,
          name,
          at + 8,
          "VMDK header",
          "it is streamOptimized (compressed grains), which is read as a whole image only; name "
              + "this file itself as the image");
    }
    refuseHalf();
  }

  private void refuseHalf() {
    int flags = header.flags() & BOTH;
    if (flags != 0 && flags != BOTH) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          at + 8,
          "VMDK header",
          (flags == SparseHeader.MARKERS)
              ? "markers before grains that are not compressed"
              : "compressed grains without markers");
    }
  }

  private void checkGrainSize(long max) {
    long size = header.grainSize();
    if (Long.bitCount(size) != 1 || size < 8 || size > max) {
      throw damaged(
          20, "grain size " + Long.toUnsignedString(size) + " is no power of 2 in 8.." + max);
    }
  }

  /** Two copies of all tables, the descriptor and generous padding; more would be a bomb. */
  private long maxOverHead() {
    long tables = header.tables() * SparseHeader.TABLE_SECTORS + header.directorySectors();
    return 2 * tables + 65536;
  }

  private IntermodalException firstGrain() {
    return damaged(
        64, "the first grain cannot be at sector " + Long.toUnsignedString(header.overHead()));
  }

  private IntermodalException damaged(int field, String why) {
    return Problems.damaged(name, at + field, "VMDK header", why);
  }
}
