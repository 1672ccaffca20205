package io.intermodal.disk.internal.vmdk;

import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import java.util.ArrayList;
import java.util.List;

/** Collects grains of unknown length in one buffer that grows when it must. */
final class GrainBatch {

  private record Grain(long offset, int length, int from, int size, long storedAt) {}

  private final BufferPool pool;
  private final List<Grain> grains = new ArrayList<>();
  private byte[] bytes;
  private int used;

  GrainBatch(BufferPool pool, int window) {
    this.pool = pool;
    this.bytes = pool.take(window + window / 64);
  }

  /** Makes room for a grain and returns where its payload goes. */
  int reserve(long offset, int length, int size, long storedAt) {
    int from = used;
    if (size > bytes.length - from) {
      byte[] larger = pool.take(Math.max(from + size, bytes.length * 2));
      System.arraycopy(bytes, 0, larger, 0, from);
      pool.give(bytes);
      bytes = larger;
    }
    used += size;
    grains.add(new Grain(offset, length, from, size, storedAt));
    return from;
  }

  byte[] bytes() {
    return bytes;
  }

  Batch toBatch(long start, int length, int unit, long storedEnd) {
    List<Extent> extents = new ArrayList<>(grains.size());
    for (Grain g : grains) {
      extents.add(
          new Extent(
              g.offset(),
              g.length(),
              unit,
              Encoding.ZLIB,
              bytes,
              g.from(),
              g.size(),
              g.storedAt()));
    }
    return new Batch(start, length, extents, bytes, storedEnd);
  }
}
