package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Appender;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.TableWriter;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes blocks in the guest's order, each with its data on a multiple of 4 KiB, as disks with
 * large sectors want it. What is not written of a block stays a hole. The first sector goes last,
 * so that a torn file does not start like a VHD.
 */
final class DynamicWriter implements ExtentWriter {

  private static final int TABLE_AT = Footer.LENGTH + DynamicHeader.LENGTH;
  private static final int ALIGNMENT = 4096;
  private static final int BUFFER = 1024 * 1024;
  private static final long MOST_SECTORS = 0xFFFFFFFEL;

  private final ByteTarget target;
  private final WriteSettings settings;
  private final int blockBytes;
  private final byte[] bitmap;
  private final long blocks;
  private final TableWriter table;
  private final Appender out;
  private long current = -1;
  private long currentData;
  private long end;

  DynamicWriter(ByteTarget target, WriteSettings settings, int blockBytes) {
    if (!target.seekable()) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED,
          target.name(),
          "a dynamic VHD cannot go to a stream, its header is written last; choose a fixed one");
    }
    Limits.check(target, settings.virtualSizeBytes());
    this.target = target;
    this.settings = settings;
    this.blockBytes = blockBytes;
    this.bitmap = new byte[DynamicHeader.bitmapBytes(blockBytes)];
    Arrays.fill(bitmap, (byte) 0xFF);
    this.blocks = (settings.virtualSizeBytes() + blockBytes - 1) / blockBytes;
    // The table is made of whole sectors, at least one.
    long entries = Geometry.roundUp(Math.max(1, blocks), SECTOR / Integer.BYTES);
    this.table = new TableWriter(target, TABLE_AT, entries, ByteOrder.BIG_ENDIAN);
    this.end = TABLE_AT + entries * Integer.BYTES;
    checkAddressable();
    this.out = new Appender(target, end, BUFFER);
  }

  /** Blocks are addressed by 32 bits of sectors: with small ones the full size is out of reach. */
  private void checkAddressable() {
    long stride = Geometry.roundUp((long) bitmap.length + blockBytes, ALIGNMENT);
    if ((end + ALIGNMENT + blocks * stride) / SECTOR > MOST_SECTORS) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE,
          target.name(),
          "a disk of "
              + settings.virtualSizeBytes()
              + " bytes does not fit a VHD with blocks of "
              + blockBytes
              + " bytes; choose 2 MiB");
    }
  }

  @Override
  public Encoding wanted() {
    return Encoding.RAW;
  }

  @Override
  public void write(Extent extent) {
    for (int done = 0; done < extent.size(); ) {
      long at = extent.offset() + done;
      long block = at / blockBytes;
      if (block != current) {
        allocate(block);
      }
      int inside = (int) (at % blockBytes);
      int length = Math.min(extent.size() - done, blockBytes - inside);
      out.moveTo(currentData + inside);
      out.append(extent.bytes(), extent.from() + done, length);
      done += length;
    }
  }

  private void allocate(long block) {
    long bitmapAt = Geometry.roundUp(end + bitmap.length, ALIGNMENT) - bitmap.length;
    table.set(block, (int) (bitmapAt / SECTOR));
    out.moveTo(bitmapAt);
    out.append(bitmap, 0, bitmap.length);
    current = block;
    currentData = bitmapAt + bitmap.length;
    end = currentData + blockBytes;
  }

  @Override
  public void finish() {
    out.flush();
    table.finish();
    byte[] footer = Footer.forWriting(VhdType.DYNAMIC, settings).bytes();
    target.write(ByteBuffer.wrap(footer), end);
    byte[] header = DynamicHeader.forWriting(TABLE_AT, blocks, blockBytes).bytes();
    target.write(ByteBuffer.wrap(header), Footer.LENGTH);
    target.write(ByteBuffer.wrap(footer), 0);
    target.flush();
  }
}
