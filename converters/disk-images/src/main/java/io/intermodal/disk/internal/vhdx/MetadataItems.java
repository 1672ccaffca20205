package io.intermodal.disk.internal.vhdx;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The items of the metadata region by their identifiers ([MS-VHDX] 2.6.1). */
final class MetadataItems {

  static final int TABLE_BYTES = 64 * 1024;

  private static final int HEADER_BYTES = 32;
  private static final int ENTRY_BYTES = 32;
  private static final int MAX_ENTRIES = 2047;
  private static final int USER = 1;
  private static final int REQUIRED = 4;

  private static final Set<UUID> KNOWN =
      Set.of(
          Vhdx.FILE_PARAMETERS,
          Vhdx.VIRTUAL_DISK_SIZE,
          Vhdx.VIRTUAL_DISK_ID,
          Vhdx.LOGICAL_SECTOR,
          Vhdx.PHYSICAL_SECTOR,
          Vhdx.PARENT_LOCATOR);

  private final StoredBytes file;
  private final RegionTable.Region region;
  private final Map<UUID, Item> items = new HashMap<>();
  private final TreeMap<Long, Long> taken = new TreeMap<>();

  private record Item(long offset, long length) {}

  private MetadataItems(StoredBytes file, RegionTable.Region region) {
    this.file = file;
    this.region = region;
  }

  static MetadataItems read(StoredBytes file, RegionTable.Region region) {
    MetadataItems items = new MetadataItems(file, region);
    items.readTable();
    return items;
  }

  private void readTable() {
    ByteBuffer table = Vhdx.read(file, region.offset(), TABLE_BYTES, "metadata table");
    if (!Vhdx.hasSignature(table, 0, "metadata")) {
      throw Problems.damaged(
          file.name(), region.offset(), "metadata table", "it does not say metadata");
    }
    int count = table.getShort(10) & 0xFFFF;
    if (count > MAX_ENTRIES) {
      throw Problems.damaged(
          file.name(),
          region.offset() + 10,
          "metadata table",
          count + " entries, there is room for 2047");
    }
    for (int i = 0; i < count; i++) {
      readEntry(table, HEADER_BYTES + i * ENTRY_BYTES);
    }
  }

  private void readEntry(ByteBuffer table, int entry) {
    UUID id = Guid.get(table, entry);
    long offset = table.getInt(entry + 16) & 0xFFFFFFFFL;
    long length = table.getInt(entry + 20) & 0xFFFFFFFFL;
    int flags = table.getInt(entry + 24);
    boolean system = (flags & USER) == 0;
    if (!(system && KNOWN.contains(id))) {
      if ((flags & REQUIRED) != 0) {
        throw Problems.at(
            DiskError.FEATURE_UNSUPPORTED,
            file.name(),
            region.offset() + entry,
            "metadata table",
            "the unknown item " + id + " is required to read the disk");
      }
      return;
    }
    if (offset < TABLE_BYTES || offset > region.length() || length > region.length() - offset) {
      throw Problems.damaged(
          file.name(),
          region.offset() + entry,
          "metadata table",
          "the item "
              + id
              + " cannot be "
              + length
              + " bytes at byte "
              + offset
              + " of the region");
    }
    checkFree(id, entry, offset, length);
    if (items.put(id, new Item(offset, length)) != null) {
      throw Problems.damaged(
          file.name(),
          region.offset() + entry,
          "metadata table",
          "the item " + id + " is there twice");
    }
  }

  private void checkFree(UUID id, int entry, long offset, long length) {
    Map.Entry<Long, Long> before = taken.lowerEntry(offset + length);
    if (length > 0 && before != null && before.getValue() > offset) {
      throw Problems.damaged(
          file.name(),
          region.offset() + entry,
          "metadata table",
          "the item " + id + " overlaps another one");
    }
    if (length > 0) {
      taken.put(offset, offset + length);
    }
  }

  /** Returns an item that no image may lack. */
  ByteBuffer required(UUID id, String name, int length) {
    Item item = items.get(id);
    if (item == null) {
      throw Problems.damaged(
          file.name(), region.offset(), "metadata table", "the item " + name + " is missing");
    }
    if (item.length() < length) {
      throw damaged(id, "it has " + item.length() + " bytes, the " + name + " take " + length);
    }
    return Vhdx.read(file, placeOf(id), length, name);
  }

  /** Returns an item of a length that varies; null when there is none or it is longer. */
  @Nullable ByteBuffer optional(UUID id, String name, int most) {
    Item item = items.get(id);
    return item == null || item.length() > most
        ? null
        : Vhdx.read(file, placeOf(id), (int) item.length(), name);
  }

  /** Returns where in the file an item is; the region's start when there is none. */
  long placeOf(UUID id) {
    Item item = items.get(id);
    return item == null ? region.offset() : region.offset() + item.offset();
  }

  IntermodalException damaged(UUID id, String why) {
    return Problems.damaged(file.name(), placeOf(id), "metadata item " + id, why);
  }

  /** Fills a new region. */
  static final class Writer {

    private final ByteBuffer region;
    private int count;
    private int next = TABLE_BYTES;

    Writer(ByteBuffer region) {
      this.region = region;
      Vhdx.putSignature(region, 0, "metadata");
    }

    /** Enters an item and returns where its content goes. */
    int add(UUID id, int length, int flags) {
      int entry = HEADER_BYTES + count * ENTRY_BYTES;
      Guid.put(region, entry, id);
      region.putInt(entry + 16, next);
      region.putInt(entry + 20, length);
      region.putInt(entry + 24, flags);
      region.putShort(10, (short) ++count);
      next += length;
      return next - length;
    }
  }
}
