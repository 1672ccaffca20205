package io.intermodal.disk.internal.vhdx;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.util.List;

/**
 * Replays the log of an image that was not closed cleanly. Read as it lies there, such an image
 * gives wrong data; its file is never written to.
 */
final class LogReplay {

  static final int MAX_LOG_BYTES = 64 << 20;

  /** A log of 1 MiB, as everybody writes it, holds fewer. */
  private static final int MAX_CHANGES = 200_000;

  private final StoredBytes file;
  private final VhdxHeader header;
  private final LogRing ring;
  private final List<LogEntry> entries;

  private LogReplay(StoredBytes file, VhdxHeader header) {
    this.file = file;
    this.header = header;
    this.ring = new LogRing(file, header);
    this.entries = new LogSearch(file, header, ring).activeSequence();
  }

  /** What a replay gives: the file as it should be, and from how many entries. */
  record Outcome(StoredBytes bytes, int entries) {}

  /** Returns the file as it should be; the same when there is nothing to replay. */
  static Outcome run(StoredBytes file, VhdxHeader header) {
    if (!header.hasLog()) {
      return new Outcome(file, 0);
    }
    LogReplay replay = new LogReplay(file, header);
    return new Outcome(replay.replayed(), replay.entries.size());
  }

  private ReplayedBytes replayed() {
    if (entries.isEmpty()) {
      throw Problems.damaged(
          file.name(),
          header.logOffset(),
          "log",
          "the image was not closed cleanly and its log has no sequence of whole entries to replay;"
              + " attach it once on its host, or restore it");
    }
    LogEntry head = entries.get(entries.size() - 1);
    checkSizes(head);
    ReplayedBytes bytes =
        new ReplayedBytes(file, ring, Math.max(file.size(), head.lastFileOffset()));
    for (LogEntry entry : entries) {
      replay(entry, bytes);
    }
    return bytes;
  }

  private void checkSizes(LogEntry head) {
    if (Long.compareUnsigned(head.flushedFileOffset(), file.size()) > 0) {
      throw Problems.at(
          DiskError.TRUNCATED,
          file.name(),
          ring.inFile(head.at()) + 48,
          "log",
          "the file had at least "
              + Long.toUnsignedString(head.flushedFileOffset())
              + " bytes and has "
              + file.size());
    }
    if (head.lastFileOffset() < 0 || head.lastFileOffset() > Vhdx.MAX_FILE_BYTES) {
      throw Problems.damaged(
          file.name(),
          ring.inFile(head.at()) + 56,
          "log",
          "the file cannot be " + Long.toUnsignedString(head.lastFileOffset()) + " bytes long");
    }
  }

  private void replay(LogEntry entry, ReplayedBytes bytes) {
    int data = entry.frontBytes();
    DescriptorCursor descriptor = new DescriptorCursor(ring, entry);
    while (descriptor.next()) {
      long offset = descriptor.fileOffset();
      if (descriptor.isData()) {
        checkTarget(entry, bytes, offset, Vhdx.LOG_SECTOR);
        bytes.data(
            offset,
            ring.after(entry.at(), data),
            descriptor.leadingBytes(),
            descriptor.trailingBytes());
        data += Vhdx.LOG_SECTOR;
      } else {
        checkTarget(entry, bytes, offset, descriptor.zeroLength());
        bytes.zero(offset, descriptor.zeroLength());
      }
      if (bytes.changes() > MAX_CHANGES) {
        throw Problems.at(
            DiskError.TOO_LARGE,
            file.name(),
            ring.inFile(entry.at()),
            "log",
            "it holds more than " + MAX_CHANGES + " changes; attach the disk once on its host");
      }
    }
  }

  /** A log changes tables and blocks; headers and the log itself are not written through it. */
  private void checkTarget(LogEntry entry, StoredBytes bytes, long offset, long length) {
    boolean inside =
        offset >= Vhdx.REGION_TABLE_1 && length >= 0 && length <= bytes.size() - offset;
    boolean inLog =
        offset < header.logOffset() + header.logLength() && offset + length > header.logOffset();
    if (!inside || inLog) {
      throw Problems.damaged(
          file.name(),
          ring.inFile(entry.at()),
          "log",
          "an entry changes "
              + Long.toUnsignedString(length)
              + " bytes at byte "
              + Long.toUnsignedString(offset)
              + ", which is no place of a table or a block");
    }
  }
}
