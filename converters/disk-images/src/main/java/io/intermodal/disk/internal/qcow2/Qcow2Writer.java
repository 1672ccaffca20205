package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.COMPRESSED;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.COPIED;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Appender;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.Zeros;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an image. Tables go out as soon as the guest is past them, so that memory does not grow
 * with the disk but for 8 bytes for each L2 table and each block of refcounts; the header goes
 * last, so that a torn file is none.
 */
final class Qcow2Writer implements ExtentWriter {

  private static final int APPEND_BYTES = 1024 * 1024;

  /**
   * Compressed clusters are packed into runs of their own. Were they mixed with plain ones, each
   * change would leave half a cluster unused. Runs start short and double, for the last one may
   * stay unused for the most part.
   */
  private static final int MIN_RUN_BYTES = 128 * 1024;

  private static final int MAX_RUN_BYTES = 4 * 1024 * 1024;

  /** How far behind its run the file may grow before the rest of the run is given up. */
  private static final int RUN_KEPT_CLUSTERS = 32 * 1024;

  private final ByteTarget target;
  private final Qcow2Layout layout;
  private final int clusterBytes;
  private final Appender plain;
  private final Appender packed;
  private final Refcounts refcounts;
  private long[] refcountBlocks = new long[16];
  private int refcountBlockCount;
  private final long[] l1;
  private final long[] l2;
  private final long l1Offset;
  private long l2Number = -1;

  /** The guest's cluster that was written last, which may go on in the next extent. */
  private long current = -1;

  private long currentOffset;

  /** The first cluster that nobody has been given. */
  private long nextCluster;

  /** The end of the run that compressed clusters go to; the start is where {@code packed} is. */
  private long runEnd;

  private int nextRunBytes = MIN_RUN_BYTES;

  Qcow2Writer(ByteTarget target, Qcow2Layout layout) {
    if (!target.seekable()) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED,
          target.name(),
          "qcow2 cannot go to a stream, its header is written last");
    }
    this.target = target;
    this.layout = layout;
    this.clusterBytes = layout.clusterBytes();
    this.refcounts = new Refcounts(clusterBytes);
    this.l1 = new long[(int) layout.l1Entries()];
    this.l2 = new long[layout.l2Entries()];
    this.l1Offset = clusterBytes;
    this.plain = new Appender(target, 0, APPEND_BYTES);
    this.packed = new Appender(target, 0, APPEND_BYTES);
    long first = allocate(1 + l1Clusters());
    for (long i = first; i < nextCluster; i++) {
      refcounts.add(i);
    }
  }

  private int l1Clusters() {
    return Math.max(1, (l1.length * 8 + clusterBytes - 1) / clusterBytes);
  }

  @Override
  public Encoding wanted() {
    return layout.wanted();
  }

  @Override
  public int unitBytes() {
    return layout.unitBytes();
  }

  @Override
  public void write(Extent extent) {
    if (extent.encoding() != Encoding.RAW) {
      enter(extent.offset() / clusterBytes, writePacked(extent));
      return;
    }
    for (int done = 0; done < extent.size(); ) {
      long guest = extent.offset() + done;
      int inCluster = (int) (guest % clusterBytes);
      int length = Math.min(clusterBytes - inCluster, extent.size() - done);
      writePlain(guest, extent.bytes(), extent.from() + done, length);
      done += length;
    }
  }

  /** Writes a cluster, or a part of one that the other parts follow; gaps between are holes. */
  private void writePlain(long guest, byte[] bytes, int from, int length) {
    long cluster = guest / clusterBytes;
    if (cluster != current) {
      if (Zeros.isZero(bytes, from, length)) {
        return;
      }
      long host = allocate(1);
      refcounts.add(host);
      enter(cluster, host * clusterBytes | COPIED);
      current = cluster;
      currentOffset = host * clusterBytes;
    }
    plain.moveTo(currentOffset + guest % clusterBytes);
    plain.append(bytes, from, length);
  }

  private long writePacked(Extent extent) {
    int size = extent.size();
    if (packed.position() + size > runEnd) {
      int run = Math.max(2, nextRunBytes / clusterBytes);
      nextRunBytes = Math.min(2 * nextRunBytes, MAX_RUN_BYTES);
      long start = allocate(run) * clusterBytes;
      if (start != runEnd) {
        packed.moveTo(start);
      }
      runEnd = start + (long) run * clusterBytes;
    }
    long offset = packed.position();
    packed.append(extent.bytes(), extent.from(), size);
    long last = offset + size - 1;
    for (long cluster = offset / clusterBytes; cluster <= last / clusterBytes; cluster++) {
      refcounts.add(cluster);
    }
    long moreSectors = last / SECTOR - offset / SECTOR;
    return COMPRESSED | moreSectors << Qcow2Header.sectorCountShift(layout.clusterBits()) | offset;
  }

  private void enter(long cluster, long entry) {
    long number = cluster / l2.length;
    if (number != l2Number) {
      writeL2();
      writeFinalRefcounts();
      l2Number = number;
    }
    l2[(int) (cluster % l2.length)] = entry;
  }

  private void writeL2() {
    if (l2Number < 0) {
      return;
    }
    long cluster = allocate(1);
    refcounts.add(cluster);
    l1[(int) l2Number] = cluster * clusterBytes | COPIED;
    put(cluster, longs(l2, l2.length, clusterBytes));
    Arrays.fill(l2, 0);
  }

  /** Writes the blocks of counts that no later reference can change. */
  private void writeFinalRefcounts() {
    if (nextCluster - runEnd / clusterBytes > Math.max(RUN_KEPT_CLUSTERS, refcounts.perBlock())) {
      // Nothing was packed for a long time: what is left of the run is not worth the memory.
      runEnd = 0;
    }
    long frontier = runEnd == 0 ? nextCluster : packed.position() / clusterBytes;
    while ((refcounts.first() + 1L) * refcounts.perBlock() <= frontier) {
      long cluster = allocate(1);
      refcounts.add(cluster);
      writeRefcountBlock(refcounts.first(), cluster);
    }
  }

  private void writeRefcountBlock(int block, long cluster) {
    if (block >= Qcow2Header.MAX_REFCOUNT_TABLE_BYTES / 8) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE,
          target.name(),
          "there is more data than clusters of " + clusterBytes + " bytes can count");
    }
    if (block >= refcountBlocks.length) {
      refcountBlocks = Arrays.copyOf(refcountBlocks, Math.max(block + 1, block * 2));
    }
    refcountBlocks[block] = cluster * clusterBytes;
    refcountBlockCount = Math.max(refcountBlockCount, block + 1);
    put(cluster, refcounts.remove(block));
  }

  @Override
  public void finish() {
    giveBackRun();
    writeL2();
    List<Integer> blocks = new ArrayList<>();
    int tableClusters = reserveRefcounts(blocks);
    long table = allocate(tableClusters);
    for (int i = 0; i < tableClusters; i++) {
      refcounts.add(table + i);
    }
    long firstBlock = allocate(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      refcounts.add(firstBlock + i);
    }
    for (int i = 0; i < blocks.size(); i++) {
      writeRefcountBlock(blocks.get(i), firstBlock + i);
    }
    byte[] entries = longs(refcountBlocks, refcountBlockCount, tableClusters * clusterBytes);
    plain.flush();
    packed.flush();
    target.write(ByteBuffer.wrap(entries), table * clusterBytes);
    target.extendTo(nextCluster * clusterBytes);
    target.write(ByteBuffer.wrap(longs(l1, l1.length, l1Clusters() * clusterBytes)), l1Offset);
    target.write(ByteBuffer.wrap(layout.header(l1Offset, table * clusterBytes, tableClusters)), 0);
  }

  /** Whole clusters at the end of the run that nothing was packed into are free again. */
  private void giveBackRun() {
    long used = (packed.position() + clusterBytes - 1) / clusterBytes;
    if (runEnd == nextCluster * clusterBytes && used < nextCluster) {
      nextCluster = used;
    }
  }

  /** Finds which blocks of counts are still to be written once they count themselves as well. */
  private int reserveRefcounts(List<Integer> blocks) {
    int tableClusters = 1;
    while (true) {
      blocks.clear();
      long end = nextCluster + tableClusters;
      int perBlock = refcounts.perBlock();
      for (int block = 0; (long) block * perBlock < end + blocks.size(); block++) {
        boolean reaches = (block + 1L) * perBlock > nextCluster;
        if (refcounts.holds(block) || reaches) {
          blocks.add(block);
        }
      }
      int all = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1) + 1;
      int needed =
          Math.max(1, (Math.max(all, refcountBlockCount) * 8 + clusterBytes - 1) / clusterBytes);
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
    plain.moveTo(cluster * clusterBytes);
    plain.append(bytes, 0, bytes.length);
  }

  private static byte[] longs(long[] values, int count, int length) {
    ByteBuffer b = ByteBuffer.allocate(length);
    b.asLongBuffer().put(values, 0, count);
    return b.array();
  }
}
