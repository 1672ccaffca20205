package io.intermodal.ovf.packaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads and writes the fields of one tar header: ustar, with GNU's base-256 for large sizes. */
final class TarHeader {

  static final int BLOCK = 512;
  private static final long OCTAL_LIMIT = 1L << 33;
  private static final int NAME_BYTES = 100;
  private static final int PREFIX_BYTES = 155;
  private static final String LONG_NAME = "././@LongLink";
  private static final byte[] NO_BYTES = {};

  private TarHeader() {}

  /** Returns how many zeros follow content of that size. */
  static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Checks the sum; old writers added signed bytes. */
  static boolean sumMatches(byte[] block) {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      int b = i >= 148 && i < 156 ? ' ' : block[i];
      unsigned += b & 0xff;
      signed += b;
    }
    long stated = number(block, 148, 8);
    return stated == unsigned || stated == signed;
  }

  /** Reads a number, octal or base-256; -1 when it is neither or does not fit a long. */
  static long number(byte[] block, int from, int length) {
    if ((block[from] & 0x80) != 0) {
      long value = block[from] & 0x3f;
      if ((block[from] & 0x40) != 0) {
        return -1;
      }
      for (int i = from + 1; i < from + length; i++) {
        if (value >>> 55 != 0) {
          return -1;
        }
        value = value << 8 | (block[i] & 0xff);
      }
      return value;
    }
    int i = from;
    while (i < from + length && (block[i] == ' ' || block[i] == 0)) {
      i++;
    }
    long value = 0;
    for (; i < from + length && block[i] != ' ' && block[i] != 0; i++) {
      if (block[i] < '0' || block[i] > '7') {
        return -1;
      }
      value = value * 8 + (block[i] - '0');
    }
    return value;
  }

  static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  static String name(byte[] block) {
    String name = text(block, 0, 100);
    boolean ustar = text(block, 257, 5).equals("ustar") && block[262] == 0;
    String prefix = ustar ? text(block, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /**
   * Makes the blocks in front of a file's content: one header; for a name that ustar has no room
   * for, GNU's record with the whole name and then the header. They are the same for the same
   * member on every machine, and as many whatever the size is.
   */
  static byte[] of(String name, long size) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= NAME_BYTES) {
      return header(bytes, NO_BYTES, size, '0');
    }
    int slash = prefixEnd(bytes);
    if (slash > 0) {
      byte[] prefix = Arrays.copyOf(bytes, slash);
      return header(Arrays.copyOfRange(bytes, slash + 1, bytes.length), prefix, size, '0');
    }
    byte[] mark = LONG_NAME.getBytes(StandardCharsets.US_ASCII);
    int length = bytes.length + 1;
    byte[] blocks = new byte[2 * BLOCK + length + padding(length)];
    System.arraycopy(header(mark, NO_BYTES, length, 'L'), 0, blocks, 0, BLOCK);
    System.arraycopy(bytes, 0, blocks, BLOCK, bytes.length);
    byte[] cut = header(Arrays.copyOf(bytes, NAME_BYTES), NO_BYTES, size, '0');
    System.arraycopy(cut, 0, blocks, blocks.length - BLOCK, BLOCK);
    return blocks;
  }

  /** Finds the slash that splits a name into a prefix and a name that both fit; -1 without one. */
  private static int prefixEnd(byte[] name) {
    for (int i = Math.min(PREFIX_BYTES, name.length - 2); i >= name.length - NAME_BYTES - 1; i--) {
      if (i > 0 && name[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] header(byte[] name, byte[] prefix, long size, char type) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, name.length);
    System.arraycopy(prefix, 0, block, 345, prefix.length);
    octal(block, 100, 8, 0644);
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    if (size < OCTAL_LIMIT) {
      octal(block, 124, 12, size);
    } else {
      for (int i = 0; i < 8; i++) {
        block[135 - i] = (byte) (size >>> (8 * i));
      }
      block[124] = (byte) 0x80;
    }
    octal(block, 136, 12, 0);
    block[156] = (byte) type;
    byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, block, 257, magic.length);
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    octal(block, 148, 7, sum);
    return block;
  }

  private static void octal(byte[] block, int from, int length, long value) {
    String digits = Long.toOctalString(value);
    int zeros = length - 1 - digits.length();
    for (int i = 0; i < length - 1; i++) {
      block[from + i] = (byte) (i < zeros ? '0' : digits.charAt(i - zeros));
    }
    block[from + length - 1] = 0;
  }
}
