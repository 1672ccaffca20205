package io.intermodal.disk.internal.deflate;

/**
 * Takes bits from a range of bytes, the least significant of each byte first, and never looks at a
 * byte outside.
 */
final class BitInput {

  private byte[] bytes = new byte[0];
  private int start;
  private int next;
  private int end;
  private long bits;
  private int left;

  /** Starts at the first byte of a range. */
  void start(byte[] newBytes, int from, int size) {
    bytes = newBytes;
    start = from;
    next = from;
    end = from + size;
    bits = 0;
    left = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the first byte that no bit was loaded from. */
  int next() {
    return next;
  }

  int end() {
    return end;
  }

  /** Returns the bits that are loaded; those behind {@link #left} are zeros. */
  long bits() {
    return bits;
  }

  /** Returns how many bits are loaded. */
  int left() {
    return left;
  }

  /** Goes on where a loop with its own copies of the state has stopped. */
  void resume(int newNext, long newBits, int newLeft) {
    next = newNext;
    left = newLeft;
    bits = newBits & ((1L << newLeft) - 1);
  }

  /** Loads at least 56 bits, at most 63, or all there are. */
  void fill() {
    while (left < 56 && next < end) {
      bits |= (bytes[next++] & 0xFFL) << left;
      left += 8;
    }
  }

  /** Tells whether there are so many bits, 56 at most. */
  boolean has(int count) {
    if (left < count) {
      fill();
    }
    return left >= count;
  }

  /** Takes bits that are there. */
  int take(int count) {
    int value = (int) bits & ((1 << count) - 1);
    drop(count);
    return value;
  }

  void drop(int count) {
    bits >>>= count;
    left -= count;
  }

  /** Passes over what is left of a byte and gives back whole bytes. */
  void align() {
    next -= left >>> 3;
    bits = 0;
    left = 0;
  }

  /** Passes over whole bytes; only when aligned. */
  void skip(int count) {
    next += count;
  }

  /** Returns how many bytes have been taken, a part of one counted as one. */
  int consumed() {
    return next - (left >>> 3) - start;
  }
}
