package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Identifiers;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/**
 * The last sector of every VHD, and the first of those that are not fixed (specification, "Hard
 * Disk Footer Format"). Numbers are big-endian.
 */
record Footer(
    VhdType type,
    String creator,
    long dataOffset,
    long originalSizeBytes,
    long currentSizeBytes,
    Chs geometry,
    UUID uuid,
    boolean savedState) {

  static final int LENGTH = SECTOR;

  /** Microsoft Virtual PC before 2004 left out the last byte. */
  static final int OLD_LENGTH = 511;

  static final String COOKIE = "conectix";

  private static final long NO_DATA_OFFSET = -1;
  private static final int CHECKSUM_AT = 64;
  private static final int FEATURES = 2;
  private static final int VERSION = 0x00010000;

  /**
   * Everybody takes the size of this creator, Windows, as it is; that of others is computed from
   * the geometry by some.
   */
  private static final String CREATOR = "win ";

  private static final Set<String> SIZE_TAKEN_AS_IT_IS =
      Set.of(CREATOR, "qem2", "d2v ", "tap\0", "CTXS");

  static Footer forWriting(VhdType type, WriteSettings settings) {
    long size = settings.virtualSizeBytes();
    return new Footer(
        type,
        CREATOR,
        type == VhdType.FIXED ? NO_DATA_OFFSET : LENGTH,
        size,
        size,
        Chs.of(size),
        Identifiers.uuid(settings, "VHD"),
        false);
  }

  /** Tells whether bytes start like a footer. */
  static boolean hasCookie(byte[] bytes) {
    byte[] cookie = COOKIE.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < cookie.length; i++) {
      if (i >= bytes.length || bytes[i] != cookie[i]) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether bytes are a footer whose checksum is right. */
  static boolean isSound(byte[] bytes) {
    return bytes.length == LENGTH
        && hasCookie(bytes)
        && ByteBuffer.wrap(bytes).getInt(CHECKSUM_AT) == checksum(bytes, CHECKSUM_AT);
  }

  /** Computes the complement of the sum of all bytes but the checksum's own. */
  static int checksum(byte[] bytes, int checksumAt) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i < checksumAt || i >= checksumAt + Integer.BYTES) {
        sum += bytes[i] & 0xFF;
      }
    }
    return ~sum;
  }

  static Footer parse(String name, long at, byte[] bytes) {
    if (!hasCookie(bytes)) {
      throw Problems.damaged(name, at, "VHD footer", "it does not start with " + COOKIE);
    }
    ByteBuffer b = ByteBuffer.wrap(bytes);
    if (!isSound(bytes)) {
      throw Problems.damaged(name, at, "VHD footer", "its checksum is wrong");
    }
    if (b.getInt(12) >>> 16 != VERSION >>> 16) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          at + 12,
          "VHD footer",
          "version " + (b.getInt(12) >>> 16) + " of the format");
    }
    long size = b.getLong(48);
    Problems.checkVirtualSize(name, at + 48, size);
    if (size % SECTOR != 0) {
      throw Problems.damaged(
          name, at + 48, "VHD footer", "a size of " + size + " bytes is not in whole sectors");
    }
    Chs geometry = new Chs(b.getShort(56) & 0xFFFF, b.get(58) & 0xFF, b.get(59) & 0xFF);
    return new Footer(
        VhdType.of(b.getInt(60), name, at + 60),
        new String(bytes, 28, 4, StandardCharsets.ISO_8859_1),
        b.getLong(16),
        b.getLong(40),
        size,
        geometry,
        new UUID(b.getLong(68), b.getLong(76)),
        b.get(84) != 0);
  }

  /** Tells whether readers that go by the geometry see another size. */
  boolean sizeIsInDoubt() {
    return !SIZE_TAKEN_AS_IT_IS.contains(creator)
        && !geometry.isLargest()
        && geometry.bytes() != currentSizeBytes;
  }

  byte[] bytes() {
    ByteBuffer b = ByteBuffer.allocate(LENGTH);
    b.put(COOKIE.getBytes(StandardCharsets.ISO_8859_1)).putInt(FEATURES).putInt(VERSION);
    // The time is always the first second of 2000, so that the same disk gives the same bytes.
    b.putLong(dataOffset).putInt(0);
    b.put(creator.getBytes(StandardCharsets.ISO_8859_1)).putInt(0x000A0000).putInt(0x5769326B);
    b.putLong(originalSizeBytes).putLong(currentSizeBytes);
    b.putShort((short) geometry.cylinders());
    b.put((byte) geometry.heads()).put((byte) geometry.sectors());
    b.putInt(type.number()).putInt(0);
    b.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    b.putInt(CHECKSUM_AT, checksum(b.array(), CHECKSUM_AT));
    return b.array();
  }
}
