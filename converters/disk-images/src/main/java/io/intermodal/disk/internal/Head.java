package io.intermodal.disk.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first and last bytes of a file, for telling formats apart. */
public final class Head {

  private static final int LENGTH = 40 * 1024;

  private final byte[] first;
  private final byte[] last;

  private Head(byte[] first, byte[] last) {
    this.first = first;
    this.last = last;
  }

  /** Reads them. */
  public static Head of(StoredBytes bytes) {
    byte[] first = new byte[(int) Math.min(LENGTH, bytes.size())];
    bytes.read(0, first, 0, first.length, "first bytes");
    byte[] last = new byte[(int) Math.min(Geometry.SECTOR, bytes.size())];
    bytes.read(bytes.size() - last.length, last, 0, last.length, "last bytes");
    return new Head(first, last);
  }

  /** Tells whether the text stands at a position, as Latin-1. */
  public boolean has(int position, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    return position + wanted.length <= first.length
        && Arrays.equals(first, position, position + wanted.length, wanted, 0, wanted.length);
  }

  /** Returns the last 512 bytes, or all where there are fewer. */
  public byte[] last() {
    return last.clone();
  }

  /** Returns the first {@code length} bytes, or all where there are fewer. */
  public byte[] first(int length) {
    return Arrays.copyOf(first, Math.min(length, first.length));
  }

  /** Reads a number; 0 where the file is too short. */
  public int intAt(int position, ByteOrder order) {
    return position + 4 > first.length ? 0 : ByteBuffer.wrap(first).order(order).getInt(position);
  }
}
