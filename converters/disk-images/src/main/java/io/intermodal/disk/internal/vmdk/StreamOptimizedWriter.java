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
import java.util.List;

/**
 * Writes VMware's own layout front to back: header, descriptor, grains with a table behind each 32
 * MiB, directory, footer, end marker.
 */
final class StreamOptimizedWriter implements ExtentWriter {

  private static final long SECTOR_LIMIT = 0xFFFFFFFFL;

  private final ByteTarget target;
  private final Appender out;
  private final long capacity;
  private final long descriptorSectors;
  private final List<String> notes;
  private final int[] directory;
  private final int[] table = new int[ENTRIES_PER_TABLE];
  private int tableNumber = -1;

  /** Starts an image with a descriptor of our own. */
  static StreamOptimizedWriter create(ByteTarget target, WriteSettings settings) {
    long capacity = settings.virtualSizeBytes() / SECTOR;
    AdapterType adapter = AdapterType.chosen(settings.options(), target.name());
    byte[] descriptor =
        new DescriptorText(
                "streamOptimized",
                capacity,
                extentLine(capacity, settings.diskName()),
                adapter,
                settings.seed())
            .padded();
    return new StreamOptimizedWriter(
        target, capacity, descriptor, AdapterType.notes(settings.options()));
  }

  static String extentLine(long capacity, String fileName) {
    return "RDONLY " + capacity + " SPARSE \"" + DescriptorText.plain(fileName) + '"';
  }

  /** Starts an image with any descriptor, which fills whole sectors. */
  StreamOptimizedWriter(ByteTarget target, long capacity, byte[] descriptor, List<String> notes) {
    this.target = target;
    this.capacity = capacity;
    this.descriptorSectors = descriptor.length / SECTOR;
    this.notes = List.copyOf(notes);
    if (capacity > SECTOR_LIMIT) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE, target.name(), "a VMDK holds at most 2 TiB less one sector");
    }
    SparseHeader header = header(SparseHeader.DIRECTORY_AT_END);
    this.directory = new int[Math.toIntExact(header.tables())];
    this.out = new Appender(target, 0, WINDOW);
    append(header.toSector());
    append(descriptor);
    out.pad(BLOCK);
  }

  private SparseHeader header(long directoryAt) {
    return SparseHeader.forStream(capacity, descriptorSectors, directoryAt);
  }

  @Override
  public List<String> notes() {
    return notes;
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
    append(new Marker(header(0).directorySectors(), 0, Marker.DIRECTORY).toSector());
    int directoryAt = sectorHere();
    append(bytes(directory));
    out.pad(SECTOR);
    append(new Marker(1, 0, Marker.FOOTER).toSector());
    append(header(Integer.toUnsignedLong(directoryAt)).toSector());
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
