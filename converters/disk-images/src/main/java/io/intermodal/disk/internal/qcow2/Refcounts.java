package io.intermodal.disk.internal.qcow2;

import java.nio.ByteBuffer;
import java.util.TreeMap;

/** Counts for each cluster of the file how many entries refer to it, 16 bit each. */
final class Refcounts {

  private final TreeMap<Integer, char[]> blocks = new TreeMap<>();
  private final int perBlock;

  Refcounts(int clusterBytes) {
    this.perBlock = clusterBytes / 2;
  }

  /** Returns how many clusters one block of counts covers. */
  int perBlock() {
    return perBlock;
  }

  /** Counts one more reference. */
  void add(long cluster) {
    int number = Math.toIntExact(cluster / perBlock);
    char[] block = blocks.computeIfAbsent(number, n -> new char[perBlock]);
    int index = (int) (cluster % perBlock);
    if (block[index] == Character.MAX_VALUE) {
      throw new IllegalStateException("more than 65535 references to cluster " + cluster);
    }
    block[index]++;
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
    ByteBuffer bytes = ByteBuffer.allocate(perBlock * 2);
    if (counts != null) {
      bytes.asCharBuffer().put(counts);
    }
    return bytes.array();
  }
}
