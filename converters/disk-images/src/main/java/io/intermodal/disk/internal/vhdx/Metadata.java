package io.intermodal.disk.internal.vhdx;

import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What the metadata region says about the disk ([MS-VHDX] 2.6).
 *
 * @param blockBytes what is allocated at once: a power of two, 1 to 256 MiB
 * @param fixed whether all blocks are meant to stay allocated
 * @param virtualSizeBytes a multiple of the logical sector
 * @param diskId what the guest may see as the disk's identity
 * @param logicalSectorBytes 512 or 4096
 * @param physicalSectorBytes 512 or 4096
 */
record Metadata(
    int blockBytes,
    boolean fixed,
    long virtualSizeBytes,
    UUID diskId,
    int logicalSectorBytes,
    int physicalSectorBytes) {

  private static final int KEEP_ALLOCATED = 1;
  private static final int HAS_PARENT = 2;
  private static final int VIRTUAL_DISK = 2;
  private static final int REQUIRED = 4;

  static Metadata read(StoredBytes file, RegionTable.Region region) {
    MetadataItems items = MetadataItems.read(file, region);
    ByteBuffer parameters = items.required(Vhdx.FILE_PARAMETERS, "file parameters", 8);
    int block = parameters.getInt(0);
    if (Integer.bitCount(block) != 1 || block < Vhdx.MIN_BLOCK || block > Vhdx.MAX_BLOCK) {
      throw items.damaged(
          Vhdx.FILE_PARAMETERS,
          "a block cannot have " + Integer.toUnsignedString(block) + " bytes");
    }
    if ((parameters.getInt(4) & HAS_PARENT) != 0) {
      throw ParentLocator.refusal(file, items);
    }
    int logical = sector(items, Vhdx.LOGICAL_SECTOR, "logical sector size");
    int physical = sector(items, Vhdx.PHYSICAL_SECTOR, "physical sector size");
    long size = items.required(Vhdx.VIRTUAL_DISK_SIZE, "virtual disk size", 8).getLong(0);
    Problems.checkVirtualSize(file.name(), items.placeOf(Vhdx.VIRTUAL_DISK_SIZE), size);
    if (size % logical != 0) {
      throw items.damaged(
          Vhdx.VIRTUAL_DISK_SIZE, "a disk of " + size + " bytes has no whole sectors");
    }
    UUID id = Guid.get(items.required(Vhdx.VIRTUAL_DISK_ID, "virtual disk id", 16), 0);
    boolean fixed = (parameters.getInt(4) & KEEP_ALLOCATED) != 0;
    return new Metadata(block, fixed, size, id, logical, physical);
  }

  private static int sector(MetadataItems items, UUID id, String name) {
    int bytes = items.required(id, name, 4).getInt(0);
    if (bytes != 512 && bytes != 4096) {
      throw items.damaged(id, "a " + name + " of " + Integer.toUnsignedString(bytes) + " bytes");
    }
    return bytes;
  }

  /** Returns how many payload blocks the disk has. */
  long blocks() {
    return (virtualSizeBytes + blockBytes - 1) / blockBytes;
  }

  /** Returns after how many payload entries of the table one for a sector bitmap comes. */
  long chunkRatio() {
    return (1L << 23) * logicalSectorBytes / blockBytes;
  }

  /** Returns how many entries the table has. */
  long tableEntries() {
    return blocks() == 0 ? 0 : blocks() + (blocks() - 1) / chunkRatio();
  }

  /** Makes the metadata region, without the zeros behind its items. */
  ByteBuffer forWriting() {
    ByteBuffer region = Vhdx.little(MetadataItems.TABLE_BYTES + 64);
    MetadataItems.Writer items = new MetadataItems.Writer(region);
    int at = items.add(Vhdx.FILE_PARAMETERS, 8, REQUIRED);
    region.putInt(at, blockBytes);
    region.putInt(at + 4, fixed ? KEEP_ALLOCATED : 0);
    at = items.add(Vhdx.VIRTUAL_DISK_SIZE, 8, REQUIRED | VIRTUAL_DISK);
    region.putLong(at, virtualSizeBytes);
    at = items.add(Vhdx.LOGICAL_SECTOR, 4, REQUIRED | VIRTUAL_DISK);
    region.putInt(at, logicalSectorBytes);
    at = items.add(Vhdx.PHYSICAL_SECTOR, 4, REQUIRED | VIRTUAL_DISK);
    region.putInt(at, physicalSectorBytes);
    at = items.add(Vhdx.VIRTUAL_DISK_ID, 16, REQUIRED | VIRTUAL_DISK);
    Guid.put(region, at, diskId);
    return region;
  }
}
