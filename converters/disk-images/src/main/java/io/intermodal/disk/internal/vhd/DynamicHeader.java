package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Says where the blocks are, and what they are changes to (specification, "Dynamic Disk Header
 * Format"). Numbers are big-endian.
 *
 * @param at its first byte in the file
 * @param tableOffset the block allocation table's first byte
 * @param tableEntries how many blocks the table can hold
 * @param blockBytes a power of two
 * @param parentUuid the parent's; zeros without one
 * @param parentName the parent's file name; empty without one
 * @param locators where other forms of the parent's name are
 */
record DynamicHeader(
    long at,
    long tableOffset,
    long tableEntries,
    int blockBytes,
    UUID parentUuid,
    String parentName,
    List<Locator> locators) {

  static final int LENGTH = 1024;
  static final int PARENT_UUID_AT = 40;

  private static final String COOKIE = "cxsparse";
  private static final int CHECKSUM_AT = 36;
  private static final int VERSION = 0x00010000;
  private static final int NAME_AT = 64;
  private static final int NAME_LENGTH = 512;
  private static final int LOCATORS_AT = 576;
  private static final int LOCATORS = 8;
  private static final int LOCATOR_LENGTH = 24;

  /** Smaller blocks are in no product; the list of blocks in memory could get out of hand. */
  private static final int LEAST_BLOCK = 512 * 1024;

  private static final int LARGEST_BLOCK = 256 * 1024 * 1024;

  static DynamicHeader forWriting(long tableOffset, long tableEntries, int blockBytes) {
    return new DynamicHeader(
        Footer.LENGTH, tableOffset, tableEntries, blockBytes, new UUID(0, 0), "", List.of());
  }

  static DynamicHeader read(StoredBytes file, Footer footer) {
    String name = file.name();
    long at = footer.dataOffset();
    if (at < 0 || at > file.size() - LENGTH) {
      throw Problems.damaged(
          name,
          0,
          "VHD footer",
          "the header of a "
              + footer.type().word()
              + " disk cannot be at byte "
              + Long.toUnsignedString(at));
    }
    byte[] bytes = new byte[LENGTH];
    file.read(at, bytes, 0, LENGTH, "VHD header");
    ByteBuffer b = ByteBuffer.wrap(bytes);
    if (!new String(bytes, 0, 8, StandardCharsets.ISO_8859_1).equals(COOKIE)) {
      throw Problems.damaged(name, at, "VHD header", "it does not start with " + COOKIE);
    }
    if (b.getInt(CHECKSUM_AT) != Footer.checksum(bytes, CHECKSUM_AT)) {
      throw Problems.damaged(name, at, "VHD header", "its checksum is wrong");
    }
    if (b.getInt(24) >>> 16 != VERSION >>> 16) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          at + 24,
          "VHD header",
          "version " + (b.getInt(24) >>> 16));
    }
    DynamicHeader header =
        new DynamicHeader(
            at,
            b.getLong(16),
            b.getInt(28) & 0xFFFFFFFFL,
            b.getInt(32),
            new UUID(b.getLong(PARENT_UUID_AT), b.getLong(PARENT_UUID_AT + 8)),
            new String(bytes, NAME_AT, NAME_LENGTH, StandardCharsets.UTF_16BE)
                .replaceFirst("(?s)\0.*", ""),
            locators(b, at));
    header.validate(file, footer);
    return header;
  }

  private static List<Locator> locators(ByteBuffer b, long headerAt) {
    List<Locator> locators = new ArrayList<>();
    for (int i = 0; i < LOCATORS; i++) {
      int at = LOCATORS_AT + i * LOCATOR_LENGTH;
      // The space that is reserved for it is given in sectors by some and in bytes by others.
      locators.add(new Locator(b.getInt(at), b.getInt(at + 8), b.getLong(at + 16), headerAt + at));
    }
    return List.copyOf(locators);
  }

  private void validate(StoredBytes file, Footer footer) {
    String name = file.name();
    if (blockBytes < LEAST_BLOCK
        || blockBytes > LARGEST_BLOCK
        || Integer.bitCount(blockBytes) != 1) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          at + 32,
          "VHD header",
          "blocks of "
              + Integer.toUnsignedString(blockBytes)
              + " bytes; read is a power of two from 512 KiB to 256 MiB");
    }
    long needed = blocks(footer.currentSizeBytes());
    if (needed > tableEntries) {
      throw Problems.damaged(
          name,
          at + 28,
          "VHD header",
          "a table of "
              + tableEntries
              + " blocks is too small for a disk of "
              + footer.currentSizeBytes()
              + " bytes");
    }
    if (tableOffset < Footer.LENGTH || tableOffset > file.size() - needed * Integer.BYTES) {
      throw Problems.damaged(
          name,
          at + 16,
          "VHD header",
          "a table of "
              + needed
              + " blocks cannot be at byte "
              + Long.toUnsignedString(tableOffset)
              + " of a file of "
              + file.size());
    }
    long tableEnd = tableOffset + needed * Integer.BYTES;
    if (tableOffset < at + LENGTH && at < tableEnd) {
      throw Problems.damaged(
          name, at + 16, "VHD header", "the table at byte " + tableOffset + " lies on the header");
    }
  }

  /** Returns how many blocks a disk has. */
  long blocks(long sizeBytes) {
    return (sizeBytes + blockBytes - 1) / blockBytes;
  }

  /** Returns the length of the bitmap in front of a block, one bit per sector. */
  int bitmapBytes() {
    return bitmapBytes(blockBytes);
  }

  static int bitmapBytes(int blockBytes) {
    return (int) Geometry.roundUp(blockBytes / SECTOR / Byte.SIZE, SECTOR);
  }

  byte[] bytes() {
    ByteBuffer b = ByteBuffer.allocate(LENGTH);
    b.put(COOKIE.getBytes(StandardCharsets.ISO_8859_1)).putLong(-1).putLong(tableOffset);
    b.putInt(VERSION).putInt((int) tableEntries).putInt(blockBytes);
    b.putInt(CHECKSUM_AT, Footer.checksum(b.array(), CHECKSUM_AT));
    return b.array();
  }

  /**
   * Says where a path of the parent is.
   *
   * @param platform four letters: the kind of path
   * @param length of the path in bytes, as the file says
   * @param offset its first byte, as the file says
   * @param at where this stands
   */
  record Locator(int platform, int length, long offset, long at) {}
}
