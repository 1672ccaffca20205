package io.intermodal.disk.internal.vhdx;

import static io.intermodal.disk.internal.vhdx.Vhdx.LOG_SECTOR;

import java.nio.ByteBuffer;

/** Walks the descriptors of one entry of the log, a sector of them at a time. */
final class DescriptorCursor {

  private static final int PER_SECTOR = LOG_SECTOR / LogEntry.DESCRIPTOR_BYTES;

  /** The header takes the place of two. */
  private static final int IN_HEADER = LogEntry.HEADER_BYTES / LogEntry.DESCRIPTOR_BYTES;

  private final LogRing ring;
  private final LogEntry entry;
  private final byte[] sector = new byte[LOG_SECTOR];
  private final ByteBuffer fields = Vhdx.little(sector);
  private int number = -1;
  private int at;

  DescriptorCursor(LogRing ring, LogEntry entry) {
    this.ring = ring;
    this.entry = entry;
  }

  /** Goes to the next descriptor; false when there is none. */
  boolean next() {
    if (++number >= entry.descriptors()) {
      return false;
    }
    int place = number + IN_HEADER;
    if (number == 0 || place % PER_SECTOR == 0) {
      ring.read(ring.after(entry.at(), place / PER_SECTOR * LOG_SECTOR), sector, LOG_SECTOR);
    }
    at = place % PER_SECTOR * LogEntry.DESCRIPTOR_BYTES;
    return true;
  }

  /** Tells whether it can be what it says. */
  boolean isSound() {
    return (isData() || (isZero() && zeroLength() % LOG_SECTOR == 0))
        && fileOffset() % LOG_SECTOR == 0
        && fields.getLong(at + 24) == entry.sequence();
  }

  boolean isData() {
    return Vhdx.hasSignature(fields, at, "desc");
  }

  private boolean isZero() {
    return Vhdx.hasSignature(fields, at, "zero");
  }

  long zeroLength() {
    return fields.getLong(at + 8);
  }

  long fileOffset() {
    return fields.getLong(at + 16);
  }

  /** Returns the first eight bytes of the sector, whose place in the log its signature has. */
  long leadingBytes() {
    return fields.getLong(at + 8);
  }

  /** Returns the last four bytes of the sector, likewise. */
  int trailingBytes() {
    return fields.getInt(at + 4);
  }
}
