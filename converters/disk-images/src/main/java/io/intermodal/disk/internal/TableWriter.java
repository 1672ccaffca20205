package io.intermodal.disk.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a table of 32-bit entries that become known in ascending order, with one page of it in
 * memory. Entries that nobody sets are {@code -1}. Used by one thread.
 */
public final class TableWriter {

  private static final int PAGE = 16 * 1024;
  private static final int UNSET = -1;

  private final ByteTarget target;
  private final long offset;
  private final long entries;
  private final ByteBuffer page;
  private long pageNumber;

  /**
   * Creates one.
   *
   * @param offset where its first byte goes
   * @param entries how many it has
   */
  public TableWriter(ByteTarget target, long offset, long entries, ByteOrder order) {
    this.target = target;
    this.offset = offset;
    this.entries = entries;
    this.page = ByteBuffer.allocate(PAGE * Integer.BYTES).order(order);
    clear();
  }

  /** Sets an entry; no lower one than before. */
  public void set(long index, int value) {
    while (index / PAGE > pageNumber) {
      writePage();
    }
    page.putInt((int) (index % PAGE) * Integer.BYTES, value);
  }

  /** Writes what is left. */
  public void finish() {
    while (pageNumber * PAGE < entries) {
      writePage();
    }
  }

  private void writePage() {
    int count = (int) Math.min(PAGE, entries - pageNumber * PAGE);
    ByteBuffer bytes = ByteBuffer.wrap(page.array(), 0, count * Integer.BYTES);
    target.write(bytes, offset + pageNumber * PAGE * Integer.BYTES);
    pageNumber++;
    clear();
  }

  private void clear() {
    for (int i = 0; i < PAGE; i++) {
      page.putInt(i * Integer.BYTES, UNSET);
    }
  }
}
