package io.intermodal.disk.internal.deflate;

/** Puts bits into an array of its own, the least significant of each byte first. */
final class BitOutput {

  private final byte[] bytes;
  private int at;
  private long bits;
  private int count;

  /** Creates one that takes up to {@code room} bytes. */
  BitOutput(int room) {
    this.bytes = new byte[room + 8];
  }

  void clear() {
    at = 0;
    bits = 0;
    count = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  long bits() {
    return bits;
  }

  int count() {
    return count;
  }

  /** Goes on where a loop with its own copies of the state has stopped. */
  void resume(int newAt, long newBits, int newCount) {
    at = newAt;
    bits = newBits;
    count = newCount;
  }

  /** Puts up to 32 bits; those of {@code value} above them are zeros. */
  void put(int value, int length) {
    bits |= (long) value << count;
    count += length;
    Words.putLong(bytes, at, bits);
    at += count >>> 3;
    bits >>>= count & ~7;
    count &= 7;
  }

  /** Puts a block of at most 64 KiB as it is, in two parts, since one takes a byte less. */
  void stored(byte[] from, int position, int length, boolean last) {
    int first = Math.min(length, Symbols.MAX_STORED);
    storedPart(from, position, first, last && first == length);
    if (first < length) {
      storedPart(from, position + first, length - first, last);
    }
  }

  private void storedPart(byte[] from, int position, int length, boolean last) {
    put(last ? 1 : 0, 3);
    finish();
    put(length, 16);
    put(length ^ 0xFFFF, 16);
    System.arraycopy(from, position, bytes, at, length);
    at += length;
  }

  /** Drops the whole bytes, which have been taken; bits of one that is not whole stay. */
  void rewind() {
    at = 0;
  }

  /** Fills the last byte with zeros. */
  void finish() {
    if (count > 0) {
      put(0, 8 - count);
    }
  }
}
