package io.intermodal.disk.internal.vdi;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Identifiers;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The first 512 bytes of an image of version 1.1. Numbers are little-endian.
 *
 * @param isStatic whether all blocks were allocated when it was made
 * @param mapOffset the first byte of the block map
 * @param dataOffset the first byte of the first block
 * @param sizeBytes what the guest sees, not always in whole sectors
 * @param blockBytes a power of two
 * @param extraBytes what stands in front of each block's data
 * @param blocks how many entries the map has
 * @param allocated how many of them have a block
 */
record VdiHeader(
    boolean isStatic,
    long mapOffset,
    long dataOffset,
    long sizeBytes,
    int blockBytes,
    int extraBytes,
    long blocks,
    long allocated,
    UUID uuid) {

  static final int MAGIC_AT = 0x40;
  static final int MAGIC = 0xBEDA107F;
  static final int MAP_AT = SECTOR;
  static final int BLOCK = 1024 * 1024;

  private static final int LENGTH = 512;
  private static final int VERSION_1_1 = 0x00010001;

  /** Up to the identifiers; what VirtualBox writes has 16 bytes of geometry more. */
  private static final int LEAST_HEADER = 0x180;

  private static final int WRITTEN_HEADER = 0x190;
  private static final int DYNAMIC = 1;
  private static final int STATIC = 2;

  /** Smaller blocks are in no product; the set of blocks in memory could get out of hand. */
  private static final int LEAST_BLOCK = 64 * 1024;

  private static final int LARGEST_BLOCK = 256 * 1024 * 1024;

  static VdiHeader read(StoredBytes file) {
    String name = file.name();
    if (file.size() < LENGTH) {
      throw Problems.truncated(name, file.size(), "VDI header");
    }
    byte[] bytes = new byte[LENGTH];
    file.read(0, bytes, 0, LENGTH, "VDI header");
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getInt(MAGIC_AT) != MAGIC) {
      throw Problems.damaged(name, MAGIC_AT, "VDI header", "it does not have VDI's signature");
    }
    if (b.getInt(0x44) != VERSION_1_1) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          0x44,
          "VDI header",
          "version "
              + (b.getInt(0x44) >>> 16)
              + "."
              + (b.getInt(0x44) & 0xFFFF)
              + " of the format; read is 1.1");
    }
    if (Integer.compareUnsigned(b.getInt(0x48), LEAST_HEADER) < 0) {
      throw Problems.damaged(
          name, 0x48, "VDI header", "a length of " + b.getInt(0x48) + " bytes is too short");
    }
    VdiHeader header =
        new VdiHeader(
            isStatic(name, b.getInt(0x4C)),
            b.getInt(0x154) & 0xFFFFFFFFL,
            b.getInt(0x158) & 0xFFFFFFFFL,
            b.getLong(0x170),
            b.getInt(0x178),
            b.getInt(0x17C),
            b.getInt(0x180) & 0xFFFFFFFFL,
            b.getInt(0x184) & 0xFFFFFFFFL,
            uuid(b, 0x188));
    refuseLinks(name, b);
    header.validate(file, b.getInt(0x168));
    return header;
  }

  private static boolean isStatic(String name, int type) {
    return switch (type) {
      case DYNAMIC -> false;
      case STATIC -> true;
      case 3 -> throw Problems.refersTo(name, 0x4C, "a base that is not named (an undo image)");
      case 4 ->
          throw Problems.refersTo(name, 0x4C, "a base that is not named (a differencing image)");
      default ->
          throw Problems.at(
              DiskError.FEATURE_UNSUPPORTED,
              name,
              0x4C,
              "VDI header",
              "image type " + Integer.toUnsignedString(type));
    };
  }

  private static void refuseLinks(String name, ByteBuffer b) {
    for (int at : new int[] {0x1A8, 0x1B8}) {
      UUID link = uuid(b, at);
      if (link.getMostSignificantBits() != 0 || link.getLeastSignificantBits() != 0) {
        throw Problems.refersTo(name, at, "the image with UUID " + link);
      }
    }
  }

  private void validate(StoredBytes file, int sectorBytes) {
    String name = file.name();
    if (sectorBytes != SECTOR) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          0x168,
          "VDI header",
          "sectors of " + Integer.toUnsignedString(sectorBytes) + " bytes");
    }
    Problems.checkVirtualSize(name, 0x170, sizeBytes);
    if (blockBytes < LEAST_BLOCK
        || blockBytes > LARGEST_BLOCK
        || Integer.bitCount(blockBytes) != 1) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          0x178,
          "VDI header",
          "blocks of "
              + Integer.toUnsignedString(blockBytes)
              + " bytes; read is a power of two from 64 KiB to 256 MiB");
    }
    if (extraBytes < 0 || extraBytes > blockBytes) {
      throw Problems.damaged(
          name,
          0x17C,
          "VDI header",
          Integer.toUnsignedString(extraBytes) + " bytes of extra data per block");
    }
    if (blocks < neededBlocks()) {
      throw Problems.damaged(
          name,
          0x180,
          "VDI header",
          "a map of " + blocks + " blocks is too small for a disk of " + sizeBytes + " bytes");
    }
    long mapEnd = mapOffset + neededBlocks() * Integer.BYTES;
    if (mapOffset < LENGTH || mapEnd > file.size()) {
      throw Problems.damaged(
          name,
          0x154,
          "VDI header",
          "a map of "
              + neededBlocks()
              + " blocks cannot be at byte "
              + mapOffset
              + " of a file of "
              + file.size());
    }
    if (dataOffset < mapEnd || dataOffset % SECTOR != 0) {
      throw Problems.damaged(
          name, 0x158, "VDI header", "blocks cannot start at byte " + dataOffset);
    }
  }

  /** Returns how many blocks the disk has. */
  long neededBlocks() {
    return (sizeBytes + blockBytes - 1) / blockBytes;
  }

  /** Returns the distance of two blocks in the file. */
  long strideBytes() {
    return (long) blockBytes + extraBytes;
  }

  /** Makes the header of a dynamic image. */
  static byte[] forWriting(WriteSettings settings, long dataOffset, long blocks, long allocated) {
    ByteBuffer b = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    b.put("<<< Intermodal Virtual Disk Image >>>\n".getBytes(StandardCharsets.US_ASCII));
    b.putInt(MAGIC_AT, MAGIC).putInt(0x44, VERSION_1_1).putInt(0x48, WRITTEN_HEADER);
    b.putInt(0x4C, DYNAMIC).putInt(0x154, MAP_AT).putInt(0x158, Math.toIntExact(dataOffset));
    b.putInt(0x168, SECTOR).putLong(0x170, settings.virtualSizeBytes());
    b.putInt(0x178, BLOCK).putInt(0x180, (int) blocks).putInt(0x184, (int) allocated);
    putUuid(b, 0x188, Identifiers.uuid(settings, "VDI image"));
    putUuid(b, 0x198, Identifiers.uuid(settings, "VDI modification"));
    // Behind the identifiers: the geometry that a BIOS shows, left to the reader but for the
    // sector.
    b.putInt(0x1D4, SECTOR);
    return b.array();
  }

  /** Identifiers have their first three parts little-endian. */
  private static UUID uuid(ByteBuffer b, int at) {
    long high =
        (b.getInt(at) & 0xFFFFFFFFL) << 32
            | (b.getShort(at + 4) & 0xFFFFL) << 16
            | (b.getShort(at + 6) & 0xFFFFL);
    return new UUID(high, Long.reverseBytes(b.getLong(at + 8)));
  }

  private static void putUuid(ByteBuffer b, int at, UUID uuid) {
    long high = uuid.getMostSignificantBits();
    b.putInt(at, (int) (high >>> 32)).putShort(at + 4, (short) (high >>> 16));
    b.putShort(at + 6, (short) high);
    b.putLong(at + 8, Long.reverseBytes(uuid.getLeastSignificantBits()));
  }
}
