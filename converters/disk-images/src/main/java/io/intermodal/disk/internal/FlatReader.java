package io.intermodal.disk.internal;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.Cancellation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Yields a disk that lies in a file as the guest sees it. The holes of that file are passed over
 * where they are known; elsewhere zeros are read, and go no further.
 */
public final class FlatReader implements ExtentReader {

  /** How many windows of zeros are passed over before progress is heard of. */
  private static final int MOST_PASSED = 64;

  private final StoredBytes stored;
  private final Cancellation cancellation;
  private final FlatData data;
  private final Map<String, String> details;
  private final List<String> notes;
  private final long size;
  private final long virtualSize;
  private long next;

  /**
   * Creates one.
   *
   * @param size how many of the stored bytes, from the first, are the guest's; rounded up to a
   *     multiple of 512 for the guest
   */
  public FlatReader(
      StoredBytes stored,
      long size,
      Map<String, String> details,
      List<String> notes,
      Cancellation cancellation) {
    Problems.checkVirtualSize(stored.name(), 0, size);
    this.stored = stored;
    this.cancellation = cancellation;
    this.data = new FlatData(stored);
    this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    this.size = size;
    this.virtualSize = Geometry.roundUp(size, SECTOR);
    this.notes = new ArrayList<>(notes);
    if (virtualSize != size) {
      this.notes.add("the size was rounded up from " + size + " to " + virtualSize + " bytes");
    }
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
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    byte[] buffer = pool.take(WINDOW);
    int passed = 0;
    for (long from = data.nextData(next); from < size; from = data.nextData(next)) {
      cancellation.check("read " + stored.name());
      long start = from & -WINDOW;
      int there = (int) Math.min(WINDOW, size - start);
      List<Extent> extents = data.read(start, start, there, buffer);
      next = start + there;
      int length = (int) Math.min(WINDOW, virtualSize - start);
      // A window of zeros is not worth the way to a worker, save that progress should be heard of.
      if (extents.stream().anyMatch(FlatReader::holdsData)) {
        return new Batch(start, length, extents, buffer, data.bytesRead());
      }
      if (++passed == MOST_PASSED) {
        return new Batch(start, length, List.of(), buffer, data.bytesRead());
      }
    }
    pool.give(buffer);
    return null;
  }

  private static boolean holdsData(Extent extent) {
    return !Zeros.isZero(extent.bytes(), extent.from(), extent.size());
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
    return List.copyOf(notes);
  }
}
