package io.intermodal.disk.internal.vhd;

import java.util.HashMap;
import java.util.Map;

/**
 * Remembers where in a file blocks of one length are, and notices two that overlap. Takes 4 bytes
 * per block of the file; pages of that exist only where there are blocks.
 */
final class Footprints {

  private static final int PAGE = 1024;

  /** No block starts here: the first sector of a file is never one's. */
  private static final int NONE = 0;

  private final int sectorsPerBlock;

  /** The start of the only block that can start in each run of sectors as long as a block. */
  private final Map<Integer, int[]> starts = new HashMap<>();

  Footprints(int sectorsPerBlock) {
    this.sectorsPerBlock = sectorsPerBlock;
  }

  /** Adds a block, unless it overlaps one that was added before. */
  boolean add(long sector) {
    long slot = sector / sectorsPerBlock;
    for (long near = Math.max(0, slot - 1); near <= slot + 1; near++) {
      long start = start(near);
      if (start != NONE && Math.abs(start - sector) < sectorsPerBlock) {
        return false;
      }
    }
    starts.computeIfAbsent((int) (slot / PAGE), n -> new int[PAGE])[(int) (slot % PAGE)] =
        (int) sector;
    return true;
  }

  private long start(long slot) {
    int[] page = starts.get((int) (slot / PAGE));
    return page == null ? NONE : page[(int) (slot % PAGE)] & 0xFFFFFFFFL;
  }
}
