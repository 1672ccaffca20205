package io.intermodal.disk.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lends byte arrays, so that a long copy does not feed the garbage collector. Keeps at most a fixed
 * number. Thread-safe.
 */
public final class BufferPool {

  private final Deque<byte[]> free = new ArrayDeque<>();
  private final int keep;
  private final int usual;

  /**
   * Creates one that keeps at most {@code keep} arrays.
   *
   * @param usual the least length of an array, so that one fits most purposes
   */
  public BufferPool(int keep, int usual) {
    this.keep = keep;
    this.usual = usual;
  }

  /** Lends an array of at least {@code size} bytes with any content. */
  public byte[] take(int size) {
    synchronized (free) {
      for (int i = free.size(); i > 0; i--) {
        byte[] candidate = free.removeFirst();
        if (candidate.length >= size) {
          return candidate;
        }
        free.addLast(candidate);
      }
      if (free.size() >= keep) {
        free.removeFirst();
      }
    }
    return new byte[Math.max(size, usual)];
  }

  /** Takes an array back; its lender must not touch it again. */
  public void give(byte[] buffer) {
    synchronized (free) {
      if (free.size() < keep) {
        free.addFirst(buffer);
      }
    }
  }
}
