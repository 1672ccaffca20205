package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.BLOCK;
import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;
import static io.intermodal.disk.internal.vmdk.SparseHeader.ENTRIES_PER_TABLE;
import static io.intermodal.disk.internal.vmdk.SparseHeader.GRAIN_SECTORS;
import static io.intermodal.disk.internal.vmdk.SparseHeader.TABLE_SECTORS;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Appender;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Writes descriptor, redundant directory and tables, directory and tables, grains of 64 KiB in the
 * guest's order. All tables have their place; those without a grain stay holes. The header comes
 * last, so that a torn file is not taken for an image.
 */
final class MonolithicSparseWriter implements ExtentWriter {

  private static final long SECTOR_LIMIT = 0xFFFFFFFFL;

  private final ByteTarget target;
  private final WriteSettings settings;
  private final SparseHeader header;
  private final byte[] descriptor;
  private final Appender out;
  private final int[] table = new int[ENTRIES_PER_TABLE];
  private long tableNumber = -1;

  MonolithicSparseWriter(ByteTarget target, WriteSettings settings) {
    this.target = target;
    this.settings = settings;
    long capacity = settings.virtualSizeBytes() / SECTOR;
    if (capacity > SECTOR_LIMIT) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE, target.name(), "a VMDK holds at most 2 TiB less one sector");
    }
    if (!target.seekable()) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED,
          target.name(),
          "monolithicSparse VMDK cannot go to a stream, its tables come first; write it to a file");
    }
    this.descriptor =
        new DescriptorText(
                "monolithicSparse",
                capacity,
                "RW " + capacity + " SPARSE \"" + DescriptorText.plain(settings.diskName()) + '"',
                AdapterType.chosen(settings.options(), target.name()),
                settings.seed())
            .padded();
    this.header = layout(capacity, descriptor.length / SECTOR);
    this.out = new Appender(target, header.overHead() * SECTOR, WINDOW);
  }

  private static SparseHeader layout(long capacity, long descriptorSectors) {
    SparseHeader sizes = SparseHeader.forPlain(capacity, descriptorSectors, 0, 0, 1);
    long tables = sizes.directorySectors() + sizes.tables() * TABLE_SECTORS;
    long redundant = 1 + descriptorSectors;
    long overHead = Geometry.roundUp(redundant + 2 * tables, GRAIN_SECTORS);
    return SparseHeader.forPlain(
        capacity, descriptorSectors, redundant, redundant + tables, overHead);
  }

  @Override
  public Encoding wanted() {
    return Encoding.RAW;
  }

  @Override
  public void write(Extent extent) {
    for (int done = 0; done < extent.size(); done += BLOCK) {
      int size = Math.min(BLOCK, extent.size() - done);
      long grain = (extent.offset() + done) / BLOCK;
      long number = grain / ENTRIES_PER_TABLE;
      if (number != tableNumber) {
        writeTable();
        tableNumber = number;
      }
      table[(int) (grain % ENTRIES_PER_TABLE)] = sectorHere();
      out.append(extent.bytes(), extent.from() + done, size);
      // A grain is a whole one at the disk's end, too.
      out.pad(BLOCK);
    }
  }

  private int sectorHere() {
    long sector = out.position() / SECTOR;
    if (sector > SECTOR_LIMIT) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE, target.name(), "the VMDK would be larger than 2 TiB");
    }
    return (int) sector;
  }

  private void writeTable() {
    if (tableNumber < 0) {
      return;
    }
    byte[] bytes = little(table);
    Arrays.fill(table, 0);
    put(bytes, tableSector(header.redundantOffset(), tableNumber));
    put(bytes, tableSector(header.directoryOffset(), tableNumber));
  }

  private long tableSector(long directory, long number) {
    return directory + header.directorySectors() + number * TABLE_SECTORS;
  }

  @Override
  public void finish() {
    writeTable();
    out.flush();
    target.extendTo(header.overHead() * SECTOR);
    put(directory(header.redundantOffset()), header.redundantOffset());
    put(directory(header.directoryOffset()), header.directoryOffset());
    put(descriptor, header.descriptorOffset());
    put(header.toSector(), 0);
    target.flush();
  }

  private byte[] directory(long at) {
    int[] sectors = new int[Math.toIntExact(header.tables())];
    Arrays.setAll(sectors, number -> (int) tableSector(at, number));
    return little(sectors);
  }

  private void put(byte[] bytes, long sector) {
    target.write(ByteBuffer.wrap(bytes), sector * SECTOR);
  }

  private static byte[] little(int[] entries) {
    ByteBuffer b = ByteBuffer.allocate(entries.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.asIntBuffer().put(entries);
    return b.array();
  }

  @Override
  public List<String> notes() {
    return AdapterType.notes(settings.options());
  }
}
