package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.COMPRESSED;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.COPIED;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.OFFSET_MASK;

import io.intermodal.Cancellation;
import io.intermodal.disk.CheckReport.Problem;
import io.intermodal.disk.CheckReport.Severity;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.qcow2.L2References.Table;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Holds the reference counts of an image against what refers to its clusters: tables, data,
 * snapshots, bitmaps. The file is gone through in ranges of {@value #RANGE} clusters, so that
 * memory stays under 64 MiB with the tables' own; a file of more than {@value #MOST} clusters (16
 * TiB at 64 KiB) is not checked, which is noted.
 */
final class Qcow2Check {

  private static final int RANGE = 8 * 1024 * 1024;
  private static final long MOST = 256L * 1024 * 1024;
  private static final int MOST_PROBLEMS = 100;

  private final StoredBytes file;
  private final Qcow2Header header;
  private final Cancellation cancellation;
  private final Consumer<Problem> problems;
  private final long clusterBytes;
  private final long clusters;
  private int reported;
  private long unreported;

  private Qcow2Check(StoredBytes file, Cancellation cancellation, Consumer<Problem> problems) {
    this.file = file;
    this.header = HeaderReader.read(file);
    this.cancellation = cancellation;
    this.problems = problems;
    this.clusterBytes = header.clusterBytes();
    this.clusters = (file.size() + clusterBytes - 1) / clusterBytes;
  }

  /** Checks a whole image and hands out what is wrong with it, at most 100 problems and a count. */
  static void run(StoredBytes file, Cancellation cancellation, Consumer<Problem> problems) {
    new Qcow2Check(file, cancellation, problems).run();
  }

  private void run() {
    if (header.dirty()) {
      report(Severity.NOTE, 72, "its counts may be behind, for it was not closed cleanly");
    }
    if (clusters > MOST) {
      report(Severity.NOTE, 0, "its reference counts were not checked, there are too many");
      return;
    }
    long tableBytes = header.refcountTableClusters() * clusterBytes;
    if (tableBytes <= 0
        || tableBytes > Qcow2Header.MAX_REFCOUNT_TABLE_BYTES
        || header.refcountTableOffset() < clusterBytes
        || header.refcountTableOffset() % clusterBytes != 0
        || header.refcountTableOffset() > file.size() - tableBytes) {
      report(Severity.DAMAGE, 48, "the refcount table cannot be where the header says");
      return;
    }
    L2References tables = L2References.read(file, header);
    if (tables == null) {
      report(Severity.NOTE, 0, "its reference counts were not checked: too many tables");
      return;
    }
    StoredRefcounts stored = new StoredRefcounts(file, header);
    for (long first = 0; first < clusters; first += RANGE) {
      checkRange(first, (int) Math.min(RANGE, clusters - first), stored, tables);
    }
    if (unreported > 0) {
      problems.accept(
          new Problem(Severity.NOTE, file.name() + ": " + unreported + " more problems"));
    }
  }

  private void checkRange(long first, int count, StoredRefcounts stored, L2References tables) {
    ClusterUse use = new ClusterUse(first, count, stored);
    boolean once = first == 0;
    use.add(0, 1, ClusterUse.FIXED);
    addRun(use, header.refcountTableOffset(), header.refcountTableClusters() * clusterBytes);
    stored.blocks(
        offset -> use.add(offset / clusterBytes, 1, ClusterUse.FIXED),
        (i, offset) -> {
          if (once) {
            report(
                Severity.DAMAGE,
                header.refcountTableOffset() + i * 8L,
                "refcount table, entry " + i + ": a block cannot be at byte " + offset);
          }
        });
    tables.addOwn(use, (offset, bytes) -> addRun(use, offset, bytes));
    if (once) {
      tables.unsound(what -> report(Severity.DAMAGE, header.l1Offset(), what));
    }
    byte[] bytes = new byte[(int) clusterBytes];
    tables.forEach(
        table -> {
          cancellation.check("check " + file.name());
          addTable(use, table, bytes, once);
        });
    compare(use);
  }

  private void addTable(ClusterUse use, Table table, byte[] bytes, boolean once) {
    use.add(table.offset() / clusterBytes, table.references(), ClusterUse.TABLE);
    if (table.active()) {
      checkCopied(use, table.offset(), table.copied(), header.l1Offset(), "L1 table");
    }
    file.read(table.offset(), bytes, 0, bytes.length, "L2 table");
    ByteBuffer b = ByteBuffer.wrap(bytes);
    for (int at = 0; at < bytes.length; at += header.l2EntryBytes()) {
      long entry = b.getLong(at);
      if ((entry & COMPRESSED) != 0) {
        addCompressed(use, table, entry, table.offset() + at, once);
      } else if ((entry & OFFSET_MASK) != 0) {
        addPlain(use, table, entry, table.offset() + at, once);
      }
    }
  }

  private void addPlain(ClusterUse use, Table table, long entry, long at, boolean once) {
    long offset = entry & OFFSET_MASK;
    if (offset % clusterBytes != 0 || offset / clusterBytes >= clusters) {
      if (once) {
        report(Severity.DAMAGE, at, "L2 table: a cluster cannot be at byte " + offset);
      }
      return;
    }
    use.add(offset / clusterBytes, table.references(), ClusterUse.DATA);
    if (table.active()) {
      checkCopied(use, offset, (entry & COPIED) != 0, at, "L2 table");
    }
  }

  private void addCompressed(ClusterUse use, Table table, long entry, long at, boolean once) {
    int x = header.sectorCountShift();
    long offset = entry & ((1L << x) - 1);
    long sectors = (entry & (COMPRESSED - 1)) >>> x;
    long last = (offset / SECTOR + sectors) * SECTOR;
    if (offset / clusterBytes >= clusters || last / clusterBytes >= clusters) {
      if (once) {
        report(Severity.DAMAGE, at, "L2 table: a compressed cluster cannot be at byte " + offset);
      }
      return;
    }
    for (long c = offset / clusterBytes; c <= last / clusterBytes; c++) {
      use.add(c, table.references(), ClusterUse.DATA);
    }
    if ((entry & COPIED) != 0 && once) {
      report(Severity.DAMAGE, at, "L2 table: a compressed cluster is marked as not shared");
    }
  }

  private void checkCopied(ClusterUse use, long offset, boolean copied, long at, String where) {
    long cluster = offset / clusterBytes;
    if (use.covers(cluster) && copied != (use.storedOf(cluster) == 1)) {
      report(
          Severity.DAMAGE,
          at,
          where
              + ": the cluster at byte "
              + offset
              + (copied ? " is marked as not shared" : " is not marked as unshared")
              + ", its count is "
              + (int) use.storedOf(cluster));
    }
  }

  private void addRun(ClusterUse use, long offset, long bytes) {
    use.own(offset / clusterBytes, (offset + bytes - 1) / clusterBytes);
  }

  /** Reports runs of clusters that have the same fault as one problem. */
  private void compare(ClusterUse use) {
    for (int i = 0; i < use.count(); ) {
      int from = i;
      boolean overlaps = use.overlaps(i);
      char stored = use.stored(i);
      char found = use.found(i);
      while (i < use.count()
          && use.stored(i) == stored
          && use.found(i) == found
          && use.overlaps(i) == overlaps) {
        i++;
      }
      long at = use.cluster(from) * clusterBytes;
      String which = i - from == 1 ? "a cluster" : (i - from) + " clusters from there on";
      if (overlaps) {
        report(Severity.DAMAGE, at, "structures overlap in " + which);
      }
      if (stored != found) {
        report(
            stored > found ? Severity.LEAK : Severity.DAMAGE,
            at,
            which + ": counted " + (int) stored + " times, referred to " + (int) found + " times");
      }
    }
  }

  private void report(Severity severity, long at, String what) {
    if (reported == MOST_PROBLEMS) {
      unreported++;
      return;
    }
    reported++;
    problems.accept(new Problem(severity, file.name() + " at byte " + at + ": " + what));
  }
}
