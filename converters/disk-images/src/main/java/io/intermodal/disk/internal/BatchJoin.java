package io.intermodal.disk.internal;

import java.util.ArrayList;
import java.util.List;

/** Makes one batch of several. */
final class BatchJoin {

  private BatchJoin() {}

  /**
   * Copies the payloads of extents into one buffer, and gives the buffers back that they came from.
   *
   * @param extents from batches among {@code used}, in the order in which they are to be treated
   */
  static Batch join(
      long start,
      int length,
      int window,
      List<Extent> extents,
      List<Batch> used,
      BufferPool pool,
      long storedEnd) {
    int size = extents.stream().mapToInt(Extent::size).reduce(0, Math::addExact);
    byte[] buffer = pool.take(Math.max(size, window));
    List<Extent> moved = new ArrayList<>(extents.size());
    int end = 0;
    for (Extent extent : extents) {
      System.arraycopy(extent.bytes(), extent.from(), buffer, end, extent.size());
      moved.add(extent.with(extent.encoding(), buffer, end, extent.size()));
      end += extent.size();
    }
    used.forEach(batch -> pool.give(batch.buffer()));
    return new Batch(start, length, moved, buffer, storedEnd);
  }
}
