package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.Geometry.BLOCK;
import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.Compression;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Appender;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a version 3 image with clusters of 64 KiB. Tables go out as soon as the guest is past
 * them, so that memory does not grow with the disk; the header goes last, so that a torn file is
 * none.
 */
final class Qcow2Writer implements ExtentWriter {

  static final int CLUSTER_BITS = 16;
  static final int CLUSTER = 1 << CLUSTER_BITS;

  private static final int L2_ENTRIES = CLUSTER / 8;
  private static final long COPIED = 1L << 63;
  private static final long COMPRESSED = 1L << 62;
  private static final int SECTOR_COUNT_SHIFT = 62 - (CLUSTER_BITS - 8);

  /**
   * Compressed clusters are packed into runs of their own. Were they mixed with plain ones, each
   * change would leave half a cluster unused.
   */
  private static final int RUN = 64;

  private final ByteTarget target;
  private final WriteSettings settings;
  private final Appender plain;
  private final Appender packed;
  private final Refcounts refcounts = new Refcounts();
  private final List<Long> refcountBlocks = new ArrayList<>();
  private final long[] l1;
  private final long[] l2 = new long[L2_ENTRIES];
  private final long l1Offset = CLUSTER;
  private int l2Number = -1;

  /** The first cluster that nobody has been given. */
  private long nextCluster;

  /** The end of the run that compressed clusters go to; the start is where {@code packed} is. */
  private long runEnd;

  Qcow2Writer(ByteTarget target, WriteSettings settings) {
    if (!target.seekable()) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED,
          target.name(),
          "qcow2 cannot go to a stream, its header is written last");
    }
    this.target = target;
    this.settings = settings;
    long size = settings.virtualSizeBytes();
    long perL2 = (long) L2_ENTRIES * CLUSTER;
    this.l1 = new long[Math.toIntExact((size + perL2 - 1) / perL2)];
    this.plain = new Appender(target, 0, RUN / 4 * CLUSTER);
    this.packed = new Appender(target, 0, RUN / 4 * CLUSTER);
    for (long i = allocate(1 + l1Clusters()); i < nextCluster; i++) {
      refcounts.add(i);
    }
  }

  private int l1Clusters() {
    return Math.max(1, (l1.length * 8 + CLUSTER - 1) / CLUSTER);
  }

  @Override
  public Encoding wanted() {
    return settings.compression() == Compression.NONE ? Encoding.RAW : Encoding.DEFLATE;
  }

  @Override
  public void write(Extent extent) {
    if (extent.encoding() == Encoding.DEFLATE) {
      enter(extent.offset(), writePacked(extent));
      return;
    }
    for (int done = 0; done < extent.size(); done += BLOCK) {
      long cluster = allocate(1);
      refcounts.add(cluster);
      enter(extent.offset() + done, cluster * CLUSTER | COPIED);
      plain.moveTo(cluster * CLUSTER);
      plain.append(extent.bytes(), extent.from() + done, Math.min(BLOCK, extent.size() - done));
      plain.pad(CLUSTER);
    }
  }

  private long writePacked(Extent extent) {
    int size = extent.size();
    if (packed.position() + size > runEnd) {
      long start = allocate(RUN) * CLUSTER;
      if (start != runEnd) {
        packed.moveTo(start);
      }
      runEnd = start + (long) RUN * CLUSTER;
    }
    long offset = packed.position();
    packed.append(extent.bytes(), extent.from(), size);
    long last = offset + size - 1;
    for (long cluster = offset / CLUSTER; cluster <= last / CLUSTER; cluster++) {
      refcounts.add(cluster);
    }
    long moreSectors = last / SECTOR - offset / SECTOR;
    return COMPRESSED | moreSectors << SECTOR_COUNT_SHIFT | offset;
  }

  private void enter(long guestOffset, long entry) {
    long cluster = guestOffset / CLUSTER;
    int number = (int) (cluster / L2_ENTRIES);
    if (number != l2Number) {
      writeL2();
      writeFinalRefcounts();
      l2Number = number;
    }
    l2[(int) (cluster % L2_ENTRIES)] = entry;
  }

  private void writeL2() {
    if (l2Number < 0) {
      return;
    }
    long cluster = allocate(1);
    refcounts.add(cluster);
    l1[l2Number] = cluster * CLUSTER | COPIED;
    put(cluster, longs(l2, CLUSTER));
    Arrays.fill(l2, 0);
  }

  /** Writes the blocks of counts that no later reference can change. */
  private void writeFinalRefcounts() {
    if (nextCluster - packed.position() / CLUSTER > Refcounts.PER_BLOCK) {
      // Nothing was packed for 2 GiB: what is left of the run is not worth the memory.
      runEnd = 0;
    }
    long frontier = runEnd == 0 ? nextCluster : packed.position() / CLUSTER;
    while ((refcounts.first() + 1L) * Refcounts.PER_BLOCK <= frontier) {
      writeRefcountBlock(refcounts.first());
    }
  }

  private void writeRefcountBlock(int block) {
    long cluster = allocate(1);
    refcounts.add(cluster);
    writeRefcountBlockAt(block, cluster);
  }

  private void writeRefcountBlockAt(int block, long cluster) {
    while (refcountBlocks.size() <= block) {
      refcountBlocks.add(0L);
    }
    refcountBlocks.set(block, cluster * CLUSTER);
    put(cluster, refcounts.remove(block));
  }

  @Override
  public void finish() {
    writeL2();
    giveBackRun();
    List<Integer> blocks = new ArrayList<>();
    int tableClusters = reserveRefcounts(blocks);
    long table = allocate(tableClusters);
    for (int i = 0; i < tableClusters; i++) {
      refcounts.add(table + i);
    }
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      long cluster = allocate(1);
      refcounts.add(cluster);
      places.add(cluster);
    }
    for (int i = 0; i < blocks.size(); i++) {
      writeRefcountBlockAt(blocks.get(i), places.get(i));
    }
    byte[] entries =
        longs(refcountBlocks.stream().mapToLong(n -> n).toArray(), tableClusters * CLUSTER);
    plain.flush();
    packed.flush();
    target.write(ByteBuffer.wrap(entries), table * CLUSTER);
    target.extendTo(nextCluster * CLUSTER);
    target.write(ByteBuffer.wrap(longs(l1, l1Clusters() * CLUSTER)), l1Offset);
    target.write(
        ByteBuffer.wrap(
            Qcow2Header.forWriting(
                settings.virtualSizeBytes(), l1.length, l1Offset, table * CLUSTER, tableClusters)),
        0);
  }

  /** Whole clusters at the end of the run that nothing was packed into are free again. */
  private void giveBackRun() {
    long used = (packed.position() + CLUSTER - 1) / CLUSTER;
    if (runEnd == nextCluster * CLUSTER && used < nextCluster) {
      nextCluster = used;
    }
  }

  /** Finds which blocks of counts are still to be written once they count themselves as well. */
  private int reserveRefcounts(List<Integer> blocks) {
    int tableClusters = 1;
    while (true) {
      blocks.clear();
      long end = nextCluster + tableClusters;
      for (int block = 0; (long) block * Refcounts.PER_BLOCK < end + blocks.size(); block++) {
        boolean reaches = (block + 1L) * Refcounts.PER_BLOCK > nextCluster;
        if (refcounts.holds(block) || reaches) {
          blocks.add(block);
        }
      }
      int all = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1) + 1;
      int needed = Math.max(1, (all * 8 + CLUSTER - 1) / CLUSTER);
      if (needed <= tableClusters) {
        return tableClusters;
      }
      tableClusters = needed;
    }
  }

  private long allocate(int clusters) {
    long first = nextCluster;
    nextCluster += clusters;
    return first;
  }

  private void put(long cluster, byte[] bytes) {
    plain.moveTo(cluster * CLUSTER);
    plain.append(bytes, 0, bytes.length);
  }

  private static byte[] longs(long[] values, int length) {
    ByteBuffer b = ByteBuffer.allocate(length);
    b.asLongBuffer().put(values);
    return b.array();
  }
}
