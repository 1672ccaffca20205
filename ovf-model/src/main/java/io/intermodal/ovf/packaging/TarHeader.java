package io.intermodal.ovf.packaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads and writes the fields of one tar header: ustar, with GNU's base-256 for large sizes. */
final class TarHeader {

  static final int BLOCK = 512;
  private static final long OCTAL_LIMIT = 1L << 33;

  private TarHeader() {}

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

  /** Makes a header that is the same for the same member on every machine. */
  static byte[] of(String name, long size) {
    byte[] block = new byte[BLOCK];
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 100) {
      throw new IllegalArgumentException("the name of a member is over 100 bytes: " + name);
    }
    System.arraycopy(bytes, 0, block, 0, bytes.length);
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
    block[156] = '0';
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
