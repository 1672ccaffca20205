package io.intermodal.disk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins batches to larger windows, for a writer whose units are larger than the reader's. */
public final class WideReader implements ExtentReader {

  private final ExtentReader reader;
  private final int window;
  private @Nullable Batch head;

  private WideReader(ExtentReader reader, int window) {
    this.reader = reader;
    this.window = window;
  }

  /**
   * Returns a reader whose windows are no smaller than asked: the same one if it may be.
   *
   * @param windowBytes a power of two
   */
  public static ExtentReader atLeast(int windowBytes, ExtentReader reader) {
    return reader.windowBytes() >= windowBytes ? reader : new WideReader(reader, windowBytes);
  }

  @Override
  public long virtualSizeBytes() {
    return reader.virtualSizeBytes();
  }

  @Override
  public int windowBytes() {
    return window;
  }

  @Override
  public Map<String, String> details() {
    return reader.details();
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    Batch batch = head == null ? reader.next(pool) : head;
    if (batch == null) {
      return null;
    }
    long start = batch.start() & -window;
    List<Batch> used = new ArrayList<>();
    List<Extent> extents = new ArrayList<>();
    while (batch != null && batch.start() < start + window) {
      used.add(batch);
      extents.addAll(batch.extents());
      batch = reader.next(pool);
    }
    head = batch;
    int length = (int) Math.min(window, virtualSizeBytes() - start);
    long stored = used.get(used.size() - 1).storedEnd();
    return BatchJoin.join(start, length, window, extents, used, pool, stored);
  }

  @Override
  public long storedBytesRead() {
    return reader.storedBytesRead();
  }

  @Override
  public List<String> notes() {
    return reader.notes();
  }
}
