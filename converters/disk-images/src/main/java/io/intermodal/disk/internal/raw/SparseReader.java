package io.intermodal.disk.internal.raw;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.FlatData;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Yields what a file holds and passes over its holes, where they are known. */
final class SparseReader implements ExtentReader {

  private final StoredBytes stored;
  private final Cancellation cancellation;
  private final FlatData data;
  private final long virtualSize;
  private long next;

  SparseReader(StoredBytes stored, Cancellation cancellation) {
    Problems.checkVirtualSize(stored.name(), 0, stored.size());
    this.stored = stored;
    this.cancellation = cancellation;
    this.data = new FlatData(stored);
    this.virtualSize = Geometry.roundUp(stored.size(), SECTOR);
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
    return Map.of();
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    cancellation.check("read " + stored.name());
    long from = data.nextData(next);
    if (from >= stored.size()) {
      return null;
    }
    long start = from & -WINDOW;
    int size = (int) Math.min(WINDOW, stored.size() - start);
    byte[] buffer = pool.take(WINDOW);
    List<Extent> extents = data.read(start, start, size, buffer);
    next = start + size;
    int length = (int) Math.min(WINDOW, virtualSize - start);
    return new Batch(start, length, extents, buffer, data.bytesRead());
  }

  @Override
  public OptionalLong storedBytesToRead() {
    long total = data.total();
    return total < stored.size() ? OptionalLong.of(total) : OptionalLong.empty();
  }

  @Override
  public long storedBytesRead() {
    return data.bytesRead();
  }

  @Override
  public List<String> notes() {
    return RawReader.roundedUp(stored.size(), virtualSize);
  }
}
