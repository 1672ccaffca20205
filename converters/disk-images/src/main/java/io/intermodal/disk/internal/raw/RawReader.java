package io.intermodal.disk.internal.raw;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SequentialInput;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.Zeros;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Yields the whole disk front to back; telling blocks of zeros from data is the workers' task. */
final class RawReader implements ExtentReader {

  private static final int MOST_PASSED = 64;

  private final SequentialInput input;
  private final ReadSettings settings;
  private final long storedSize;
  private final long virtualSize;
  private boolean drained;

  RawReader(SourceBytes source, ReadSettings settings, long storedSize) {
    Problems.checkVirtualSize(source.name(), 0, storedSize);
    this.input = source.sequential(settings.digests());
    this.settings = settings;
    this.storedSize = storedSize;
    this.virtualSize = Geometry.roundUp(storedSize, SECTOR);
    Problems.checkVirtualSize(source.name(), 0, virtualSize);
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
    byte[] buffer = pool.take(WINDOW);
    int passed = 0;
    for (long start = input.position(); start < storedSize; start = input.position()) {
      settings.cancellation().check("read " + input.name());
      int size = (int) Math.min(WINDOW, storedSize - start);
      input.read(buffer, 0, size, "raw data");
      int length = (int) Math.min(WINDOW, virtualSize - start);
      // A window of zeros is not worth the way to a worker, save that progress should be heard of.
      if (!Zeros.isZero(buffer, 0, size)) {
        Extent extent = Extent.raw(start, buffer, 0, size, start);
        return new Batch(start, length, List.of(extent), buffer, input.position());
      }
      if (++passed == MOST_PASSED) {
        return new Batch(start, length, List.of(), buffer, input.position());
      }
    }
    pool.give(buffer);
    if (!drained && input.drain(settings.cancellation())) {
      throw Problems.damaged(
          input.name(), storedSize, "end of the disk", "the stream is longer than was said");
    }
    drained = true;
    return null;
  }

  @Override
  public long storedBytesRead() {
    return input.position();
  }

  @Override
  public List<String> notes() {
    return virtualSize == storedSize
        ? List.of()
        : List.of("the size was rounded up from " + storedSize + " to " + virtualSize + " bytes");
  }
}
