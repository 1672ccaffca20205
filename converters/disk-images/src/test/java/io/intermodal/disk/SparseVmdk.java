package io.intermodal.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes monolithicSparse images by hand, as no writer of ours does: any size of grain, grains in
 * any order, entries for zeros.
 */
final class SparseVmdk {

  static final int SECTOR = 512;

  private final int grainSectors;
  private final long capacity;
  private final Map<Integer, byte[]> grains = new TreeMap<>();
  private final List<Integer> zeros = new ArrayList<>();
  private boolean redundant = true;
  private String descriptor;

  SparseVmdk(int grainSectors, long capacity) {
    this.grainSectors = grainSectors;
    this.capacity = capacity;
    this.descriptor =
        "# Disk DescriptorFile\nversion = 1\nCID=1234abcd\nparentCID=ffffffff\n"
            + "createType = monolithicSparse\nRW "
            + capacity
            + " SPARSE \"x.vmdk\"\nddb.adapterType = \"buslogic\"\n";
  }

  SparseVmdk grain(int number, byte[] bytes) {
    grains.put(number, bytes);
    return this;
  }

  /** Says by its entry that a grain is zeros. */
  SparseVmdk zero(int number) {
    zeros.add(number);
    return this;
  }

  SparseVmdk withoutRedundantTables() {
    redundant = false;
    return this;
  }

  SparseVmdk descriptor(String text) {
    descriptor = text;
    return this;
  }

  /** The byte where the first table stands. */
  int firstTable() {
    return (21 + directorySectors()) * SECTOR;
  }

  private int tables() {
    long perTable = 512L * grainSectors;
    return (int) ((capacity + perTable - 1) / perTable);
  }

  private int directorySectors() {
    return (tables() * 4 + 511) / 512;
  }

  /** Lays the grains down in an order that the seed decides. */
  byte[] bytes(long seed) {
    int tables = tables();
    int set = directorySectors() + tables * 4;
    int overHead = 21 + (redundant ? 2 : 1) * set;
    List<Integer> order = new ArrayList<>(grains.keySet());
    Collections.shuffle(order, new Random(seed));
    ByteBuffer out =
        ByteBuffer.allocate((overHead + order.size() * grainSectors) * SECTOR)
            .order(ByteOrder.LITTLE_ENDIAN);
    int flags = (redundant ? 3 : 1) | (zeros.isEmpty() ? 0 : 4);
    out.putInt(0x564D444B).putInt(zeros.isEmpty() ? 1 : 2).putInt(flags);
    out.putLong(capacity).putLong(grainSectors).putLong(1).putLong(20).putInt(512);
    out.putLong(redundant ? 21 + set : 0).putLong(21).putLong(overHead);
    out.put((byte) 0).put(new byte[] {'\n', ' ', '\r', '\n'});
    out.position(SECTOR).put(descriptor.getBytes(StandardCharsets.UTF_8));
    for (int copy = 0; copy < (redundant ? 2 : 1); copy++) {
      int at = 21 + copy * set;
      for (int table = 0; table < tables; table++) {
        out.putInt(at * SECTOR + table * 4, at + directorySectors() + table * 4);
      }
      int entries = (at + directorySectors()) * SECTOR;
      zeros.forEach(grain -> out.putInt(entries + grain * 4, 1));
      for (int i = 0; i < order.size(); i++) {
        out.putInt(entries + order.get(i) * 4, overHead + i * grainSectors);
      }
    }
    for (int i = 0; i < order.size(); i++) {
      out.position((overHead + i * grainSectors) * SECTOR).put(grains.get(order.get(i)));
    }
    return out.array();
  }

  /** What a guest sees. */
  byte[] content() {
    byte[] content = new byte[Math.toIntExact(capacity * SECTOR)];
    int grainBytes = grainSectors * SECTOR;
    grains.forEach(
        (number, bytes) ->
            System.arraycopy(
                bytes,
                0,
                content,
                number * grainBytes,
                Math.min(grainBytes, content.length - number * grainBytes)));
    return content;
  }
}
