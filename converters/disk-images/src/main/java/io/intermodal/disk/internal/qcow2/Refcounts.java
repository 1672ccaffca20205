package io.intermodal.disk.internal.qcow2;

import java.nio.ByteBuffer;
import java.util.TreeMap;

/** Counts for each cluster of the file how many entries refer to it, 16 bit each. */
final class Refcounts {

  /** How many clusters one block of counts covers, at 64 KiB. */
  static final int PER_BLOCK = Qcow2Writer.CLUSTER / 2;

  private final TreeMap<Integer, char[]> blocks = new TreeMap<>();

  /** Counts one more reference. */
  void add(long cluster) {
    char[] block = blocks.computeIfAbsent((int) (cluster / PER_BLOCK), n -> new char[PER_BLOCK]);
    int index = (int) (cluster % PER_BLOCK);
    if (block[index] == Character.MAX_VALUE) {
      throw new IllegalStateException("more than 65535 references to cluster " + cluster);
    }
    block[index]++;
  }

  /** Returns how many blocks are held. */
  int held() {
    return blocks.size();
  }

  /** Returns the number of the first block that is held, if any. */
  int first() {
    return blocks.isEmpty() ? Integer.MAX_VALUE : blocks.firstKey();
  }

  /** Tells whether a block is held. */
  boolean holds(int block) {
    return blocks.containsKey(block);
  }

  /** Gives a block away as it is stored. */
  byte[] remove(int block) {
    char[] counts = blocks.remove(block);
    ByteBuffer bytes = ByteBuffer.allocate(Qcow2Writer.CLUSTER);
    if (counts != null) {
      bytes.asCharBuffer().put(counts);
    }
    return bytes.array();
  }
}
