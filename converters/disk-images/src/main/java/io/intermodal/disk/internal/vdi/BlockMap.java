package io.intermodal.disk.internal.vdi;

import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Walks the block map in the guest's order with one page of it in memory, and checks each entry
 * against the file and against all before it: a block of the file is one block's of the guest only.
 */
final class BlockMap {

  private static final int PAGE = 16 * 1024;

  /** Nothing was ever written. */
  private static final int FREE = 0xFFFFFFFF;

  /** What was written was zeros, or given back. */
  private static final int ZERO = 0xFFFFFFFE;

  private final StoredBytes file;
  private final VdiHeader header;
  private final long blocks;
  private final BitSet taken = new BitSet();
  private final ByteBuffer page;
  private long pageNumber = -1;
  private long checked = -1;

  BlockMap(StoredBytes file, VdiHeader header) {
    this.file = file;
    this.header = header;
    this.blocks = header.neededBlocks();
    this.page =
        ByteBuffer.allocate((int) Math.min(PAGE, Math.max(1, blocks)) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns how many blocks the disk has. */
  long blocks() {
    return blocks;
  }

  /** Finds the first block from {@code block} on that is stored; the number of all if none. */
  long nextStored(long block) {
    long at = block;
    while (at < blocks && !isStored(at)) {
      at++;
    }
    return at;
  }

  /** Tells whether a block is stored. */
  boolean isStored(long block) {
    int entry = entry(block);
    return entry != FREE && entry != ZERO;
  }

  /** Returns where the data of a stored block is. Not asked for in descending order. */
  long dataAt(long block) {
    long index = entry(block) & 0xFFFFFFFFL;
    if (index >= header.blocks()) {
      throw damaged(block, "block " + index + " of " + header.blocks() + " cannot be");
    }
    long at = header.dataOffset() + index * header.strideBytes() + header.extraBytes();
    if (block > checked) {
      long length = Math.min(header.blockBytes(), header.sizeBytes() - block * header.blockBytes());
      if (at > file.size() - length) {
        throw Problems.truncated(file.name(), file.size(), "block at byte " + at);
      }
      if (taken.get((int) index)) {
        throw damaged(block, "block " + index + " of the file is another one's");
      }
      taken.set((int) index);
      checked = block;
    }
    return at;
  }

  private int entry(long block) {
    long number = block / PAGE;
    if (number != pageNumber) {
      int count = (int) Math.min(PAGE, blocks - number * PAGE);
      long at = header.mapOffset() + number * PAGE * Integer.BYTES;
      file.read(at, page.array(), 0, count * Integer.BYTES, "block map");
      pageNumber = number;
    }
    return page.getInt((int) (block % PAGE) * Integer.BYTES);
  }

  private IntermodalException damaged(long block, String why) {
    return Problems.damaged(
        file.name(), header.mapOffset() + block * Integer.BYTES, "block map, entry " + block, why);
  }
}
