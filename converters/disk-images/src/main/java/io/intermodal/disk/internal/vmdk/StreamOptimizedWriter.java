package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.BLOCK;
import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;
import static io.intermodal.disk.internal.vmdk.SparseHeader.ENTRIES_PER_TABLE;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Appender;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes VMware's own layout front to back: header, descriptor, grains with a table behind each 32
 * MiB, directory, footer, end marker.
 */
final class StreamOptimizedWriter implements ExtentWriter {

  private static final long SECTOR_LIMIT = 0xFFFFFFFFL;

  private final ByteTarget target;
  private final Appender out;
  private final long capacity;
  private final int[] directory;
  private final int[] table = new int[ENTRIES_PER_TABLE];
  private int tableNumber = -1;

  StreamOptimizedWriter(ByteTarget target, WriteSettings settings) {
    this.target = target;
    this.capacity = settings.virtualSizeBytes() / SECTOR;
    if (capacity > SECTOR_LIMIT) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE, target.name(), "a VMDK holds at most 2 TiB less one sector");
    }
    SparseHeader header = SparseHeader.forWriting(capacity, SparseHeader.DIRECTORY_AT_END);
    this.directory = new int[Math.toIntExact(header.tables())];
    this.out = new Appender(target, 0, WINDOW);
    append(header.toSector());
    append(Descriptor.create(capacity, settings.diskName(), settings.seed()));
    out.pad(BLOCK);
  }

  @Override
  public Encoding wanted() {
    return Encoding.ZLIB;
  }

  @Override
  public void write(Extent extent) {
    long grain = extent.offset() / BLOCK;
    int number = (int) (grain / ENTRIES_PER_TABLE);
    if (number != tableNumber) {
      writeTable();
      tableNumber = number;
    }
    table[(int) (grain % ENTRIES_PER_TABLE)] = sectorHere();
    byte[] marker = new Marker(extent.offset() / SECTOR, extent.size(), 0).toSector();
    out.append(marker, 0, Marker.GRAIN_HEADER);
    out.append(extent.bytes(), extent.from(), extent.size());
    out.pad(SECTOR);
  }

  private void writeTable() {
    if (tableNumber < 0) {
      return;
    }
    append(new Marker(ENTRIES_PER_TABLE * 4L / SECTOR, 0, Marker.GRAIN_TABLE).toSector());
    directory[tableNumber] = sectorHere();
    append(bytes(table));
    out.pad(SECTOR);
    Arrays.fill(table, 0);
  }

  @Override
  public void finish() {
    writeTable();
    SparseHeader sizes = SparseHeader.forWriting(capacity, 0);
    append(new Marker(sizes.directorySectors(), 0, Marker.DIRECTORY).toSector());
    int directoryAt = sectorHere();
    append(bytes(directory));
    out.pad(SECTOR);
    append(new Marker(1, 0, Marker.FOOTER).toSector());
    append(SparseHeader.forWriting(capacity, Integer.toUnsignedLong(directoryAt)).toSector());
    append(new Marker(0, 0, Marker.END).toSector());
    out.flush();
    target.flush();
  }

  private int sectorHere() {
    long sector = out.position() / SECTOR;
    if (sector > SECTOR_LIMIT) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE, target.name(), "the VMDK would be larger than 2 TiB");
    }
    return (int) sector;
  }

  private void append(byte[] bytes) {
    out.append(bytes, 0, bytes.length);
  }

  private static byte[] bytes(int[] entries) {
    ByteBuffer b = ByteBuffer.allocate(entries.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.asIntBuffer().put(entries);
    return b.array();
  }
}
