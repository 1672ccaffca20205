package io.intermodal.disk.internal.vdi;

import static io.intermodal.disk.internal.vdi.VdiHeader.BLOCK;

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

/**
 * Writes a dynamic image with blocks of 1 MiB, the only ones that everybody reads, in the guest's
 * order. What is not written of a block stays a hole. The header goes last, so that a torn file is
 * none.
 */
final class VdiWriter implements ExtentWriter {

  private final ByteTarget target;
  private final WriteSettings settings;
  private final long blocks;
  private final long dataOffset;
  private final TableWriter map;
  private final Appender out;
  private long current = -1;
  private long allocated;

  VdiWriter(ByteTarget target, WriteSettings settings) {
    if (!target.seekable()) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED,
          target.name(),
          "a VDI cannot go to a stream, its header is written last");
    }
    this.target = target;
    this.settings = settings;
    this.blocks = (settings.virtualSizeBytes() + BLOCK - 1) / BLOCK;
    this.dataOffset = Geometry.roundUp(VdiHeader.MAP_AT + blocks * Integer.BYTES, BLOCK);
    this.map = new TableWriter(target, VdiHeader.MAP_AT, blocks, ByteOrder.LITTLE_ENDIAN);
    this.out = new Appender(target, dataOffset, BLOCK);
  }

  @Override
  public Encoding wanted() {
    return Encoding.RAW;
  }

  @Override
  public void write(Extent extent) {
    for (int done = 0; done < extent.size(); ) {
      long at = extent.offset() + done;
      if (at / BLOCK != current) {
        current = at / BLOCK;
        map.set(current, (int) allocated++);
      }
      int inside = (int) (at % BLOCK);
      int length = Math.min(extent.size() - done, BLOCK - inside);
      out.moveTo(dataOffset + (allocated - 1) * BLOCK + inside);
      out.append(extent.bytes(), extent.from() + done, length);
      done += length;
    }
  }

  @Override
  public void finish() {
    out.flush();
    map.finish();
    target.extendTo(dataOffset + allocated * BLOCK);
    byte[] header = VdiHeader.forWriting(settings, dataOffset, blocks, allocated);
    target.write(ByteBuffer.wrap(header), 0);
    target.flush();
  }
}
