package io.intermodal.disk.internal.deflate;

import java.util.Arrays;

/** Holds the alphabets of deflate (RFC 1951, 3.2.5 to 3.2.7). */
final class Symbols {

  /** Literals, the end of a block and lengths, with the two that may not occur. */
  static final int LITLEN = 288;

  /** Literals, the end of a block and lengths, without them. */
  static final int LITLEN_USED = 286;

  /** Distances, with the two that may not occur. */
  static final int DISTANCE = 32;

  /** Distances, without them. */
  static final int DISTANCE_USED = 30;

  /** Lengths of codes. */
  static final int PRECODE = 19;

  static final int END_OF_BLOCK = 256;
  static final int FIRST_LENGTH = 257;
  static final int MAX_CODE_LENGTH = 15;
  static final int MIN_MATCH = 3;
  static final int MAX_MATCH = 258;
  static final int MAX_DISTANCE = 32768;
  static final int MAX_STORED = 65535;

  private static final int LENGTH_SYMBOLS = 29;

  /** The order in which the lengths of the precode are sent. */
  private static final byte[] PRECODE_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int[] LENGTH_BASE = new int[LENGTH_SYMBOLS];
  private static final int[] DISTANCE_BASE = new int[DISTANCE_USED];

  static {
    int base = MIN_MATCH;
    for (int i = 0; i < LENGTH_SYMBOLS; i++) {
      LENGTH_BASE[i] = base;
      base += 1 << lengthExtra(i);
    }
    LENGTH_BASE[LENGTH_SYMBOLS - 1] = MAX_MATCH;
    base = 1;
    for (int i = 0; i < DISTANCE_USED; i++) {
      DISTANCE_BASE[i] = base;
      base += 1 << distanceExtra(i);
    }
  }

  private Symbols() {}

  static int precodeOrder(int index) {
    return PRECODE_ORDER[index];
  }

  /** Returns the shortest match of a length symbol, counted from 257. */
  static int lengthBase(int index) {
    return LENGTH_BASE[index];
  }

  /** Returns how many bits follow a length symbol, counted from 257. */
  static int lengthExtra(int index) {
    return index < 8 || index == LENGTH_SYMBOLS - 1 ? 0 : index / 4 - 1;
  }

  static int distanceBase(int symbol) {
    return DISTANCE_BASE[symbol];
  }

  static int distanceExtra(int symbol) {
    return symbol < 4 ? 0 : symbol / 2 - 1;
  }

  /** Returns the lengths of the fixed code for literals and lengths. */
  static byte[] fixedLitlen() {
    byte[] lengths = new byte[LITLEN];
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, LITLEN, (byte) 8);
    return lengths;
  }

  /** Returns the lengths of the fixed code for distances. */
  static byte[] fixedDistance() {
    byte[] lengths = new byte[DISTANCE];
    Arrays.fill(lengths, (byte) 5);
    return lengths;
  }
}
