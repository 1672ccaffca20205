package io.intermodal.disk.internal.xva;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header of a member of a ustar archive (POSIX.1-1988), as far as an export needs it: plain
 * files with names of at most 100 bytes.
 *
 * @param at where in the archive the header stands
 */
record TarMember(String name, long size, long at) {

  static final int BLOCK = 512;
  static final int MAX_NAME = 100;

  private static final int SIZE_AT = 124;
  private static final int SUM_AT = 148;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;

  /** Why a header is none; null when it is one of a plain file. */
  static @Nullable String objection(byte[] header) {
    if (!new String(header, MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
      return "it is no header of a ustar archive";
    }
    if (octal(header, SUM_AT, 8) != sum(header)) {
      return "its checksum is wrong";
    }
    int type = header[TYPE_AT];
    if (type != '0' && type != 0) {
      return "a member of type " + (char) (type & 0x7F) + " does not belong into an export";
    }
    return size(header) < 0 ? "its size is no number" : null;
  }

  /** Reads a header to which there is no objection. */
  static TarMember parse(byte[] header, long at) {
    int length = 0;
    while (length < MAX_NAME && header[length] != 0) {
      length++;
    }
    return new TarMember(new String(header, 0, length, StandardCharsets.UTF_8), size(header), at);
  }

  /** Returns how many bytes the content takes, with what fills its last block. */
  long paddedSize() {
    return (size + BLOCK - 1) & -BLOCK;
  }

  private static long size(byte[] header) {
    if ((header[SIZE_AT] & 0x80) == 0) {
      return octal(header, SIZE_AT, 12);
    }
    // Base 256: the last eight bytes, the ones before being zeros.
    long value = 0;
    for (int i = SIZE_AT; i < SIZE_AT + 12; i++) {
      int digit = i == SIZE_AT ? header[i] & 0x7F : header[i] & 0xFF;
      if (value > Long.MAX_VALUE >> 9) {
        return -1;
      }
      value = value << 8 | digit;
    }
    return value;
  }

  /** Reads octal digits between blanks; -1 when there is anything else. */
  private static long octal(byte[] header, int at, int width) {
    String text =
        new String(header, at, width, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '7')) {
      return -1;
    }
    return Long.parseLong(text, 8);
  }

  private static int sum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= SUM_AT && i < SUM_AT + 8 ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  /** Makes a header that says nothing of its maker or the time. */
  static byte[] header(String name, long size) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_NAME || size >= 1L << 33) {
      throw new IllegalArgumentException("no ustar header holds " + name + " of " + size);
    }
    byte[] header = new byte[BLOCK];
    System.arraycopy(bytes, 0, header, 0, bytes.length);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, SIZE_AT, String.format(Locale.ROOT, "%011o", size));
    put(header, 136, "00000000000");
    header[TYPE_AT] = '0';
    put(header, MAGIC_AT, "ustar\0" + "00");
    put(header, SUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum(header)));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
