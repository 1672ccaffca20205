package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;

/**
 * Walks the block allocation table in the guest's order with one page of it in memory, and checks
 * each entry against the file and against all before it: what lies in the file is one block's only.
 */
final class BlockTable {

  private static final int PAGE = 16 * 1024;
  private static final int FREE = -1;

  private final StoredBytes file;
  private final DynamicHeader header;
  private final long sizeBytes;
  private final long footerAt;
  private final long blocks;
  private final Footprints footprints;
  private final ByteBuffer page;
  private long pageNumber = -1;
  private long checked = -1;

  BlockTable(StoredBytes file, DynamicHeader header, FooterPlace place) {
    this.file = file;
    this.header = header;
    this.sizeBytes = place.footer().currentSizeBytes();
    this.footerAt = place.at();
    this.blocks = header.blocks(sizeBytes);
    this.footprints = new Footprints((header.bitmapBytes() + header.blockBytes()) / SECTOR);
    this.page = ByteBuffer.allocate((int) Math.min(PAGE, Math.max(1, blocks)) * Integer.BYTES);
  }

  /** Returns how many blocks the disk has. */
  long blocks() {
    return blocks;
  }

  /** Finds the first block from {@code block} on that is stored; the number of all if none. */
  long nextStored(long block) {
    long at = block;
    while (at < blocks && entry(at) == FREE) {
      at++;
    }
    return at;
  }

  /** Tells whether a block is stored. */
  boolean isStored(long block) {
    return entry(block) != FREE;
  }

  /** Returns where the bitmap of a stored block is; its data follows. Not asked for descending. */
  long bitmapAt(long block) {
    long sector = entry(block) & 0xFFFFFFFFL;
    if (block > checked) {
      check(block, sector);
      checked = block;
    }
    return sector * SECTOR;
  }

  private void check(long block, long sector) {
    long start = sector * SECTOR;
    long data = Math.min(header.blockBytes(), sizeBytes - block * header.blockBytes());
    long end = start + header.bitmapBytes() + data;
    if (start < Footer.LENGTH
        || overlaps(start, end, header.at(), DynamicHeader.LENGTH)
        || overlaps(start, end, header.tableOffset(), blocks * Integer.BYTES)
        || overlaps(start, end, footerAt, Footer.LENGTH)) {
      if (end > file.size()) {
        throw truncated(start);
      }
      throw damaged(block, "a block cannot be at byte " + start);
    }
    if (end > file.size()) {
      throw truncated(start);
    }
    if (!footprints.add(sector)) {
      throw damaged(block, "the block at byte " + start + " lies on another one");
    }
  }

  private static boolean overlaps(long start, long end, long from, long length) {
    return start < from + length && from < end;
  }

  private int entry(long block) {
    long number = block / PAGE;
    if (number != pageNumber) {
      int count = (int) Math.min(PAGE, blocks - number * PAGE);
      long at = header.tableOffset() + number * PAGE * Integer.BYTES;
      file.read(at, page.array(), 0, count * Integer.BYTES, "block allocation table");
      pageNumber = number;
    }
    return page.getInt((int) (block % PAGE) * Integer.BYTES);
  }

  private IntermodalException truncated(long start) {
    return Problems.truncated(file.name(), file.size(), "block at byte " + start);
  }

  private IntermodalException damaged(long block, String why) {
    return Problems.damaged(
        file.name(),
        header.tableOffset() + block * Integer.BYTES,
        "block allocation table, entry " + block,
        why);
  }
}
