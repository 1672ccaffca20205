package io.intermodal.disk.internal.vhdx;

import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Holds what several structures share: places, identifiers, the checksum ([MS-VHDX] 2). */
final class Vhdx {

  static final int MEBIBYTE = 1 << 20;
  static final String FILE_SIGNATURE = "vhdxfile";

  /** Headers and region tables stand in places of 64 KiB, of which the first is the file's name. */
  static final int PLACE = 64 * 1024;

  static final int HEADER_BYTES = 4096;
  static final int HEADER_1 = PLACE;
  static final int HEADER_2 = 2 * PLACE;
  static final int REGION_TABLE_1 = 3 * PLACE;
  static final int REGION_TABLE_2 = 4 * PLACE;

  /** Log entries are made of these. */
  static final int LOG_SECTOR = 4096;

  static final int MIN_BLOCK = MEBIBYTE;
  static final int MAX_BLOCK = 256 * MEBIBYTE;

  /** A disk of 64 TiB takes hardly more; an offset beyond cannot be right. */
  static final long MAX_FILE_BYTES = 128L << 40;

  static final UUID BAT_REGION = UUID.fromString("2dc27766-f623-4200-9d64-115e9bfd4a08");
  static final UUID METADATA_REGION = UUID.fromString("8b7ca206-4790-4b9a-b8fe-575f050f886e");

  static final UUID FILE_PARAMETERS = UUID.fromString("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
  static final UUID VIRTUAL_DISK_SIZE = UUID.fromString("2fa54224-cd1b-4876-b211-5dbed83bf4b8");
  static final UUID VIRTUAL_DISK_ID = UUID.fromString("beca12ab-b2e6-4523-93ef-c309e000c746");
  static final UUID LOGICAL_SECTOR = UUID.fromString("8141bf1d-a96f-4709-ba47-f233a8faab5f");
  static final UUID PHYSICAL_SECTOR = UUID.fromString("cda348c7-445d-4471-9cc9-e9885251c556");
  static final UUID PARENT_LOCATOR = UUID.fromString("a8d35f2d-b30b-454d-abf7-d3d84834ab0c");

  private static final int CHECKSUM_AT = 4;
  private static final byte[] NO_CHECKSUM = new byte[4];

  private Vhdx() {}

  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer little(int size) {
    return little(new byte[size]);
  }

  /** Reads a structure whole. */
  static ByteBuffer read(StoredBytes file, long at, int length, String structure) {
    byte[] bytes = new byte[length];
    file.read(at, bytes, 0, length, structure);
    return little(bytes);
  }

  static boolean hasSignature(ByteBuffer structure, int at, String signature) {
    byte[] wanted = signature.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < wanted.length; i++) {
      if (structure.get(at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  static void putSignature(ByteBuffer structure, int at, String signature) {
    structure.put(at, signature.getBytes(StandardCharsets.US_ASCII));
  }

  /** Tells whether a structure with its checksum at byte 4 is whole. */
  static boolean isWhole(ByteBuffer structure) {
    return structure.getInt(CHECKSUM_AT) == checksum(structure);
  }

  /** Enters the checksum of a structure that is complete otherwise. */
  static void seal(ByteBuffer structure) {
    structure.putInt(CHECKSUM_AT, checksum(structure));
  }

  private static int checksum(ByteBuffer structure) {
    ByteBuffer all = structure.duplicate().clear();
    byte[] bytes = new byte[all.remaining()];
    all.get(bytes);
    CRC32C crc = new CRC32C();
    startChecksum(crc, bytes, bytes.length);
    return (int) crc.getValue();
  }

  /** Feeds the first bytes of a structure, its checksum taken for zero. */
  static void startChecksum(CRC32C crc, byte[] first, int length) {
    crc.update(first, 0, CHECKSUM_AT);
    crc.update(NO_CHECKSUM, 0, NO_CHECKSUM.length);
    int behind = CHECKSUM_AT + NO_CHECKSUM.length;
    crc.update(first, behind, length - behind);
  }

  /** Checks a range that must consist of whole MiB behind the headers. */
  static void checkRegion(
      StoredBytes file, long size, long at, String structure, long offset, long length) {
    boolean aligned = offset % MEBIBYTE == 0 && length % MEBIBYTE == 0;
    if (!aligned || offset < MEBIBYTE || length <= 0 || offset > MAX_FILE_BYTES) {
      throw Problems.damaged(
          file.name(),
          at,
          structure,
          "it cannot be "
              + Long.toUnsignedString(length)
              + " bytes at byte "
              + Long.toUnsignedString(offset)
              + "; both are whole MiB");
    }
    if (offset > size || length > size - offset) {
      throw Problems.truncated(file.name(), size, structure + " at byte " + offset);
    }
  }
}
