package io.intermodal.disk.internal.vhdx;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Walks the block allocation table ([MS-VHDX] 2.5) in the guest's order with a part of it in
 * memory. Each MiB of the file may belong to one structure or block only, so that no table makes a
 * small file yield a large disk.
 */
final class BlockTable {

  private static final int PART_ENTRIES = 8192;

  private static final int NOT_PRESENT = 0;
  private static final int UNDEFINED = 1;
  static final int ZERO = 2;
  private static final int UNMAPPED = 3;

  /** What version 0.95 of the format called unmapped. */
  private static final int UNMAPPED_BEFORE = 5;

  static final int FULLY_PRESENT = 6;
  private static final int PARTIALLY_PRESENT = 7;

  private static final int STATE_MASK = 7;

  private final StoredBytes file;
  private final RegionTable.Region region;
  private final Metadata metadata;
  private final Cancellation cancellation;
  private final byte[] part = new byte[PART_ENTRIES * 8];
  private final ByteBuffer entries = Vhdx.little(part);
  private final BitSet taken = new BitSet();
  private long partNumber = -1;

  BlockTable(
      StoredBytes file,
      VhdxHeader header,
      RegionTable regions,
      Metadata metadata,
      Cancellation cancellation) {
    this.file = file;
    this.region = regions.bat();
    this.metadata = metadata;
    this.cancellation = cancellation;
    if (region.length() / 8 < metadata.tableEntries()) {
      throw Problems.damaged(
          file.name(),
          region.offset(),
          "block allocation table",
          "its region has "
              + region.length()
              + " bytes, a disk of "
              + metadata.virtualSizeBytes()
              + " bytes needs "
              + metadata.tableEntries()
              + " entries of 8");
    }
    take(0, Vhdx.MEBIBYTE, 0, "headers");
    take(header.logOffset(), header.logLength(), header.at() + 68, "log");
    for (RegionTable.Region known : regions.all()) {
      take(known.offset(), known.length(), Vhdx.REGION_TABLE_1, "region " + known.id());
    }
  }

  /** Finds the first block from {@code block} on that is stored; the number of all if none is. */
  long nextStored(long block) {
    for (long at = block; at < metadata.blocks(); at++) {
      long entry = entry(at);
      int state = (int) entry & STATE_MASK;
      switch (state) {
        case NOT_PRESENT, UNDEFINED, ZERO, UNMAPPED, UNMAPPED_BEFORE -> {}
        case FULLY_PRESENT -> {
          return at;
        }
        case PARTIALLY_PRESENT ->
            throw damaged(at, "a block is partly in a parent, and the disk says it has none");
        default -> throw damaged(at, "there is no state " + state);
      }
    }
    return metadata.blocks();
  }

  /** Returns where in the file a block is that is stored; may be asked once for each block. */
  long place(long block) {
    long mebibyte = entry(block) >>> 20;
    long offset = mebibyte * Vhdx.MEBIBYTE;
    long guest = block * metadata.blockBytes();
    long needed = Math.min(metadata.blockBytes(), metadata.virtualSizeBytes() - guest);
    if (mebibyte == 0 || mebibyte > Vhdx.MAX_FILE_BYTES / Vhdx.MEBIBYTE) {
      throw damaged(block, "a block cannot be at MiB " + mebibyte);
    }
    if (offset > file.size() || needed > file.size() - offset) {
      throw Problems.truncated(
          file.name(), file.size(), "block " + block + " of the disk at byte " + offset);
    }
    take(offset, metadata.blockBytes(), placeOf(block), "block " + block + " of the disk");
    return offset;
  }

  private void take(long offset, long length, long at, String structure) {
    int first = (int) (offset / Vhdx.MEBIBYTE);
    int last = (int) ((offset + length - 1) / Vhdx.MEBIBYTE);
    int other = taken.nextSetBit(first);
    if (other >= 0 && other <= last) {
      throw Problems.damaged(
          file.name(),
          at,
          structure,
          "its place from MiB " + first + " to " + last + " belongs to something else already");
    }
    taken.set(first, last + 1);
  }

  /** Sector bitmaps stand between the blocks and mean nothing here; some writers garble them. */
  private long index(long block) {
    return block + block / metadata.chunkRatio();
  }

  private long placeOf(long block) {
    return region.offset() + index(block) * 8;
  }

  private long entry(long block) {
    long index = index(block);
    if (index / PART_ENTRIES != partNumber) {
      cancellation.check("read " + file.name());
      partNumber = index / PART_ENTRIES;
      long at = partNumber * part.length;
      int length = (int) Math.min(part.length, region.length() - at);
      file.read(region.offset() + at, part, 0, length, "block allocation table");
    }
    return entries.getLong((int) (index % PART_ENTRIES) * 8);
  }

  private RuntimeException damaged(long block, String why) {
    return Problems.damaged(
        file.name(), placeOf(block), "block allocation table, block " + block, why);
  }
}
