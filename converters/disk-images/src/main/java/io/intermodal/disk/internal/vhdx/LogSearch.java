package io.intermodal.disk.internal.vhdx;

import static io.intermodal.disk.internal.vhdx.Vhdx.LOG_SECTOR;

import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries that must be replayed: of all runs of whole entries with ascending numbers the
 * one with the highest, from the tail that its last entry names ([MS-VHDX] 2.3.2, 2.3.3).
 */
final class LogSearch {

  /** Old entries may overlap; more than this only where somebody wants the search to last. */
  private static final int MAX_ROUNDS = 8;

  private static final int PART = 64 * 1024;

  private final StoredBytes file;
  private final VhdxHeader header;
  private final LogRing ring;
  private final byte[] part = new byte[PART];
  private final byte[] sector = new byte[LOG_SECTOR];
  private long checksummed;

  LogSearch(StoredBytes file, VhdxHeader header, LogRing ring) {
    this.file = file;
    this.header = header;
    this.ring = ring;
  }

  /** Returns the entries to replay, oldest first; an empty list when no run is whole. */
  List<LogEntry> activeSequence() {
    List<LogEntry> best = List.of();
    int tail = 0;
    while (tail < ring.length()) {
      List<LogEntry> run = runFrom(tail);
      List<LogEntry> needed = fromTail(run);
      if (!needed.isEmpty() && (best.isEmpty() || last(needed) > last(best))) {
        best = needed;
      }
      long covered = run.stream().mapToLong(LogEntry::length).sum();
      tail = (int) Math.min(ring.length(), tail + Math.max(covered, LOG_SECTOR));
    }
    return best;
  }

  private static long last(List<LogEntry> run) {
    return run.get(run.size() - 1).sequence();
  }

  private List<LogEntry> runFrom(int tail) {
    List<LogEntry> run = new ArrayList<>();
    int head = tail;
    int left = ring.length();
    while (left > 0) {
      LogEntry entry = entryAt(head, left);
      if (entry == null || (!run.isEmpty() && entry.sequence() != last(run) + 1)) {
        break;
      }
      run.add(entry);
      left -= entry.length();
      head = ring.after(head, entry.length());
    }
    return run;
  }

  /** Cuts a run to what its last entry needs; nothing when that is not part of the run. */
  private static List<LogEntry> fromTail(List<LogEntry> run) {
    for (int i = 0; i < run.size(); i++) {
      if (run.get(i).at() == run.get(run.size() - 1).tail()) {
        return run.subList(i, run.size());
      }
    }
    return List.of();
  }

  /** Returns the entry at a place; null when there is none that is whole. */
  private @Nullable LogEntry entryAt(int at, int most) {
    ring.read(at, sector, LOG_SECTOR);
    ByteBuffer b = Vhdx.little(sector);
    long length = b.getInt(8) & 0xFFFFFFFFL;
    long tail = b.getInt(12) & 0xFFFFFFFFL;
    long descriptors = b.getInt(24) & 0xFFFFFFFFL;
    if (!Vhdx.hasSignature(b, 0, "loge")
        || !Guid.get(b, 32).equals(header.logGuid())
        || b.getLong(16) == 0
        || length < LOG_SECTOR
        || length > most
        || length % LOG_SECTOR != 0
        || tail >= ring.length()
        || tail % LOG_SECTOR != 0
        || descriptors > (length - LogEntry.HEADER_BYTES) / LogEntry.DESCRIPTOR_BYTES) {
      return null;
    }
    LogEntry entry =
        new LogEntry(
            at,
            (int) length,
            (int) tail,
            b.getLong(16),
            (int) descriptors,
            b.getLong(48),
            b.getLong(56));
    return isWhole(entry, b.getInt(4)) && descriptorsAreSound(entry) ? entry : null;
  }

  private boolean isWhole(LogEntry entry, int checksum) {
    checksummed += entry.length();
    if (checksummed > (long) MAX_ROUNDS * ring.length()) {
      throw Problems.damaged(
          file.name(),
          ring.inFile(entry.at()),
          "log",
          "its entries overlap more than a log that was written in turn can have it");
    }
    CRC32C crc = new CRC32C();
    for (int done = 0; done < entry.length(); done += PART) {
      int n = Math.min(PART, entry.length() - done);
      ring.read(ring.after(entry.at(), done), part, n);
      if (done == 0) {
        Vhdx.startChecksum(crc, part, n);
      } else {
        crc.update(part, 0, n);
      }
    }
    return (int) crc.getValue() == checksum;
  }

  private boolean descriptorsAreSound(LogEntry entry) {
    int data = entry.frontBytes();
    DescriptorCursor descriptors = new DescriptorCursor(ring, entry);
    while (descriptors.next()) {
      if (!descriptors.isSound()) {
        return false;
      }
      if (descriptors.isData()) {
        if (data >= entry.length()) {
          return false;
        }
        ring.read(ring.after(entry.at(), data), sector, LOG_SECTOR);
        ByteBuffer b = Vhdx.little(sector);
        boolean same =
            b.getInt(4) == (int) (entry.sequence() >>> 32)
                && b.getInt(LOG_SECTOR - 4) == (int) entry.sequence();
        if (!Vhdx.hasSignature(b, 0, "data") || !same) {
          return false;
        }
        data += LOG_SECTOR;
      }
    }
    return true;
  }
}
