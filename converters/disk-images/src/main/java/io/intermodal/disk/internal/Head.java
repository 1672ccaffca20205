package io.intermodal.disk.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

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
    return has(first, position, text);
  }

  /** Tells whether the last sector starts with the text, as Latin-1. */
  public boolean lastSectorHas(String text) {
    return last.length == Geometry.SECTOR && has(last, 0, text);
  }

  /** Reads a number; 0 where the file is too short. */
  public int intAt(int position, ByteOrder order) {
    return position + 4 > first.length ? 0 : ByteBuffer.wrap(first).order(order).getInt(position);
  }

  /** Returns the first bytes as Latin-1, for a format that is text. */
  public String text() {
    return new String(first, StandardCharsets.ISO_8859_1);
  }

  private static boolean has(byte[] bytes, int position, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    if (position + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[position + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
