package io.intermodal.disk.internal.qcow2;

/** Counts who refers to each cluster of a range of the file: 5 bytes for each. */
final class ClusterUse {

  /** Refers to a cluster of data. */
  static final byte DATA = 1;

  /** Refers to an L2 table, which snapshots may share. */
  static final byte TABLE = 2;

  /** Refers to any other structure, which has one owner. */
  static final byte FIXED = 4;

  private static final byte OVERLAP = 8;

  private final long first;
  private final char[] stored;
  private final char[] found;
  private final byte[] kinds;

  ClusterUse(long first, int count, StoredRefcounts counts) {
    this.first = first;
    this.stored = new char[count];
    this.found = new char[count];
    this.kinds = new byte[count];
    for (int i = 0; i < count; i++) {
      stored[i] = counts.get(first + i);
    }
  }

  boolean covers(long cluster) {
    return cluster >= first && cluster - first < stored.length;
  }

  /** Counts references to a cluster of the range; to others nothing happens. */
  void add(long cluster, int references, byte kind) {
    if (covers(cluster)) {
      int i = (int) (cluster - first);
      boolean shared = kinds[i] != 0 && (kinds[i] != kind || kind == FIXED);
      kinds[i] |= shared ? (byte) (kind | OVERLAP) : kind;
      found[i] = (char) Math.min(Character.MAX_VALUE, found[i] + (long) references);
    }
  }

  /** Counts one owner of the clusters of the range from one to another. */
  void own(long from, long to) {
    for (long c = Math.max(from, first); c <= Math.min(to, first + stored.length - 1); c++) {
      add(c, 1, FIXED);
    }
  }

  int count() {
    return stored.length;
  }

  long cluster(int index) {
    return first + index;
  }

  /** Returns what the image says, at most 65535. */
  char stored(int index) {
    return stored[index];
  }

  /** Returns what the image says of a cluster of the range. */
  char storedOf(long cluster) {
    return stored[(int) (cluster - first)];
  }

  /** Returns how many references were found, at most 65535. */
  char found(int index) {
    return found[index];
  }

  /** Tells whether structures of different kinds use a cluster. */
  boolean overlaps(int index) {
    return (kinds[index] & OVERLAP) != 0;
  }
}
