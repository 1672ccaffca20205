package io.intermodal.disk.internal.vhdx;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says where the regions of an image are ([MS-VHDX] 2.2.3). There are two copies; the first whole
 * one counts.
 */
final class RegionTable {

  private static final int HEADER_BYTES = 16;
  private static final int ENTRY_BYTES = 32;
  private static final int MAX_ENTRIES = 2047;
  private static final int REQUIRED = 1;

  private final List<Region> all;
  private final Region bat;
  private final Region metadata;

  private RegionTable(List<Region> all, Region bat, Region metadata) {
    this.all = all;
    this.bat = bat;
    this.metadata = metadata;
  }

  /** A range of whole MiB. */
  record Region(UUID id, long offset, long length) {}

  static RegionTable read(StoredBytes file) {
    int at = Vhdx.REGION_TABLE_1;
    ByteBuffer table = whole(file, at);
    if (table == null) {
      at = Vhdx.REGION_TABLE_2;
      table = whole(file, at);
    }
    if (table == null) {
      throw Problems.damaged(
          file.name(),
          Vhdx.REGION_TABLE_1,
          "region tables",
          "neither of the two has the right checksum");
    }
    long count = table.getInt(8) & 0xFFFFFFFFL;
    if (count > MAX_ENTRIES) {
      throw Problems.damaged(
          file.name(), at + 8, "region table", count + " entries, there is room for 2047");
    }
    List<Region> all = new ArrayList<>();
    Region bat = null;
    Region metadata = null;
    for (int i = 0; i < count; i++) {
      int entry = HEADER_BYTES + i * ENTRY_BYTES;
      Region region = region(file, table, at, entry);
      all.add(region);
      if (region.id().equals(Vhdx.BAT_REGION)) {
        bat = once(file, at + entry, bat, region);
      } else if (region.id().equals(Vhdx.METADATA_REGION)) {
        metadata = once(file, at + entry, metadata, region);
      } else if ((table.getInt(entry + 28) & REQUIRED) != 0) {
        throw Problems.at(
            DiskError.FEATURE_UNSUPPORTED,
            file.name(),
            at + entry,
            "region table",
            "the unknown region " + region.id() + " is required to read the disk");
      }
    }
    if (bat == null || metadata == null) {
      throw Problems.damaged(
          file.name(),
          at,
          "region table",
          "it has no region for the " + (bat == null ? "block allocation table" : "metadata"));
    }
    return new RegionTable(all, bat, metadata);
  }

  private static @Nullable ByteBuffer whole(StoredBytes file, int at) {
    ByteBuffer table = Vhdx.read(file, at, Vhdx.PLACE, "region table");
    return Vhdx.hasSignature(table, 0, "regi") && Vhdx.isWhole(table) ? table : null;
  }

  private static Region region(StoredBytes file, ByteBuffer table, int at, int entry) {
    UUID id = Guid.get(table, entry);
    long offset = table.getLong(entry + 16);
    long length = table.getInt(entry + 24) & 0xFFFFFFFFL;
    Vhdx.checkRegion(file, file.size(), at + entry, "region " + id, offset, length);
    return new Region(id, offset, length);
  }

  private static Region once(StoredBytes file, long at, @Nullable Region before, Region region) {
    if (before != null) {
      throw Problems.damaged(
          file.name(), at, "region table", "the region " + region.id() + " is there twice");
    }
    return region;
  }

  /** Returns all regions, unknown ones among them. */
  List<Region> all() {
    return all;
  }

  /** Returns the region of the block allocation table. */
  Region bat() {
    return bat;
  }

  /** Returns the region of the metadata. */
  Region metadata() {
    return metadata;
  }

  /** Makes a table of the two regions that every image has. */
  static ByteBuffer forWriting(Region bat, Region metadata) {
    ByteBuffer table = Vhdx.little(Vhdx.PLACE);
    Vhdx.putSignature(table, 0, "regi");
    table.putInt(8, 2);
    put(table, HEADER_BYTES, bat);
    put(table, HEADER_BYTES + ENTRY_BYTES, metadata);
    Vhdx.seal(table);
    return table;
  }

  private static void put(ByteBuffer table, int at, Region region) {
    Guid.put(table, at, region.id());
    table.putLong(at + 16, region.offset());
    table.putInt(at + 24, (int) region.length());
    table.putInt(at + 28, REQUIRED);
  }
}
