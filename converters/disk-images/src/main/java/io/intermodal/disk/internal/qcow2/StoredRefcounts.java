package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.qcow2.Qcow2Header.OFFSET_MASK;

import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/** Reads the reference counts of an image, of 1 to 64 bits each. */
final class StoredRefcounts {

  private final StoredBytes file;
  private final int clusterBytes;
  private final int order;
  private final ByteBuffer table;
  private final byte[] block;
  private long loaded = -1;

  /** Reads the table, which the caller has found to be inside the file and of a bearable size. */
  StoredRefcounts(StoredBytes file, Qcow2Header header) {
    this.file = file;
    this.clusterBytes = header.clusterBytes();
    this.order = header.refcountOrder();
    this.table = ByteBuffer.allocate(header.refcountTableClusters() * clusterBytes);
    this.block = new byte[clusterBytes];
    file.read(header.refcountTableOffset(), table.array(), 0, table.limit(), "refcount table");
  }

  /** Tells where each block is, and which of them cannot be where they are said to be. */
  void blocks(LongConsumer sound, BiConsumer<Integer, Long> unsound) {
    for (int i = 0; i < table.limit() / 8; i++) {
      long offset = table.getLong(i * 8);
      if (offset != 0) {
        if (isSound(offset)) {
          sound.accept(offset);
        } else {
          unsound.accept(i, offset);
        }
      }
    }
  }

  private boolean isSound(long offset) {
    return (offset & OFFSET_MASK) == offset
        && offset % clusterBytes == 0
        && offset <= file.size() - clusterBytes;
  }

  /** Returns how many clusters one block covers. */
  long perBlock() {
    return ((long) clusterBytes * 8) >> order;
  }

  /** Returns a cluster's count, at most 65535; ascending calls read each block once. */
  char get(long cluster) {
    long number = cluster / perBlock();
    if (number >= table.limit() / 8) {
      return 0;
    }
    long offset = table.getLong((int) number * 8);
    if (offset == 0 || !isSound(offset)) {
      return 0;
    }
    if (number != loaded) {
      file.read(offset, block, 0, clusterBytes, "block of refcounts");
      loaded = number;
    }
    int index = (int) (cluster % perBlock());
    ByteBuffer b = ByteBuffer.wrap(block);
    return switch (order) {
      case 3 -> (char) (block[index] & 0xFF);
      case 4 -> b.getChar(index * 2);
      case 5 -> clipped(b.getInt(index * 4) & 0xFFFFFFFFL);
      case 6 -> clipped(b.getLong(index * 8));
      default -> {
        int bits = 1 << order;
        int shift = index * bits % 8;
        yield (char) ((block[index * bits / 8] & 0xFF) >> shift & ((1 << bits) - 1));
      }
    };
  }

  private static char clipped(long count) {
    return count < 0 || count > Character.MAX_VALUE ? Character.MAX_VALUE : (char) count;
  }
}
