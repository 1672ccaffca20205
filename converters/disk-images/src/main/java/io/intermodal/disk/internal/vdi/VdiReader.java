package io.intermodal.disk.internal.vdi;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.StoredBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the stored blocks in the guest's order. */
final class VdiReader implements ExtentReader {

  private final StoredBytes file;
  private final VdiHeader header;
  private final BlockMap map;
  private final Cancellation cancellation;
  private final long virtualSize;
  private long position;
  private long read;

  VdiReader(StoredBytes file, VdiHeader header, Cancellation cancellation) {
    this.file = file;
    this.header = header;
    this.map = new BlockMap(file, header);
    this.cancellation = cancellation;
    this.virtualSize = Geometry.roundUp(header.sizeBytes(), SECTOR);
  }

  @Override
  public long virtualSizeBytes() {
    return virtualSize;
  }

  @Override
  public int windowBytes() {
    return WINDOW;
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("subformat", header.isStatic() ? "static" : "dynamic");
    details.put("uuid", header.uuid().toString());
    details.put("blockBytes", Integer.toString(header.blockBytes()));
    details.put("allocatedBlocks", Long.toString(header.allocated()));
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    cancellation.check("read " + file.name());
    long size = header.sizeBytes();
    int blockBytes = header.blockBytes();
    if (position >= size) {
      return null;
    }
    long block = map.nextStored(position / blockBytes);
    if (block == map.blocks()) {
      position = size;
      return null;
    }
    long start = Math.max(position, block * blockBytes) / WINDOW * WINDOW;
    long end = Math.min(start + WINDOW, size);
    byte[] buffer = pool.take(WINDOW);
    List<Extent> extents = new ArrayList<>();
    for (long at = start; at < end; ) {
      long next = Math.min(end, (at / blockBytes + 1) * blockBytes);
      if (map.isStored(at / blockBytes)) {
        int length = (int) (next - at);
        int into = (int) (at - start);
        long stored = map.dataAt(at / blockBytes) + at % blockBytes;
        file.read(stored, buffer, into, length, "block");
        extents.add(Extent.raw(at, buffer, into, length, stored));
        read += length;
      }
      at = next;
    }
    position = end;
    int length = (int) (Math.min(start + WINDOW, virtualSize) - start);
    return new Batch(start, length, extents, buffer, read);
  }

  @Override
  public long storedBytesRead() {
    return read;
  }

  @Override
  public List<String> notes() {
    return virtualSize == header.sizeBytes()
        ? List.of()
        : List.of(
            "the size was rounded up from " + header.sizeBytes() + " to " + virtualSize + " bytes");
  }
}
