package io.intermodal.disk.internal.deflate;

import java.util.Arrays;

/**
 * Looks up the symbol that a run of bits starts with. A first table is indexed by as many bits as
 * are enough for the frequent codes; entries of longer codes lead to second tables behind it.
 *
 * <p>An entry is one int: in bits 0 to 5 how many bits code and extra bits take together, in bits 8
 * to 11 those of the code alone, from bit 16 on the literal, the base of a length or a distance, or
 * where a second table starts. The sign bit marks a literal, so that the commonest question is the
 * cheapest.
 */
final class DecodeTable {

  static final int LITERAL = 1 << 31;

  /** Neither literal, length nor distance: look at the following three. */
  static final int SPECIAL = 1 << 15;

  static final int SECOND = 1 << 14;
  static final int END = 1 << 13;
  static final int INVALID = 1 << 12;

  private final int[] entries;
  private final int bits;
  private final int[] symbols;
  private final int[] sorted;
  private final int[] count = new int[Symbols.MAX_CODE_LENGTH + 1];
  private final int[] next = new int[Symbols.MAX_CODE_LENGTH + 1];

  /**
   * Creates one that is empty.
   *
   * @param symbols the entry of each symbol, still without the length of its code
   * @param bits the index of the first table
   * @param room for both tables, whatever the lengths are
   */
  private DecodeTable(int[] symbols, int bits, int room) {
    this.symbols = symbols;
    this.bits = bits;
    this.entries = new int[room];
    this.sorted = new int[symbols.length];
  }

  /** Makes one for literals and lengths. */
  static DecodeTable litlen() {
    int[] symbols = new int[Symbols.LITLEN];
    for (int i = 0; i < Symbols.END_OF_BLOCK; i++) {
      symbols[i] = LITERAL | i << 16;
    }
    symbols[Symbols.END_OF_BLOCK] = SPECIAL | END;
    for (int i = Symbols.FIRST_LENGTH; i < Symbols.LITLEN; i++) {
      int index = i - Symbols.FIRST_LENGTH;
      symbols[i] =
          i < Symbols.LITLEN_USED
              ? Symbols.lengthBase(index) << 16 | Symbols.lengthExtra(index)
              : SPECIAL | INVALID;
    }
    return new DecodeTable(symbols, 11, room(11, Symbols.LITLEN));
  }

  /** Makes one for distances. */
  static DecodeTable distance() {
    int[] symbols = new int[Symbols.DISTANCE];
    for (int i = 0; i < Symbols.DISTANCE; i++) {
      symbols[i] =
          i < Symbols.DISTANCE_USED
              ? Symbols.distanceBase(i) << 16 | Symbols.distanceExtra(i)
              : SPECIAL | INVALID;
    }
    return new DecodeTable(symbols, 8, room(8, Symbols.DISTANCE));
  }

  /** Makes one for the lengths of codes. */
  static DecodeTable precode() {
    int[] symbols = new int[Symbols.PRECODE];
    for (int i = 0; i < Symbols.PRECODE; i++) {
      symbols[i] = i << 16;
    }
    return new DecodeTable(symbols, 7, 1 << 7);
  }

  /**
   * A second table has twice as many entries as codes at most, but for the least one, and each has
   * two codes or more.
   */
  private static int room(int bits, int symbols) {
    return (1 << bits) + (symbols / 2) * (1 << (Symbols.MAX_CODE_LENGTH - bits));
  }

  int[] entries() {
    return entries;
  }

  /** Returns how many bits index the first table. */
  int bits() {
    return bits;
  }

  /**
   * Fills the table from the lengths of the codes.
   *
   * @param single whether a code of one symbol with one bit, or of none, is taken; its other half
   *     is invalid
   * @return false when the lengths make no prefix code
   */
  boolean build(byte[] lengths, int from, int symbolCount, boolean single) {
    Arrays.fill(count, 0);
    for (int i = 0; i < symbolCount; i++) {
      count[lengths[from + i]]++;
    }
    int longest = Symbols.MAX_CODE_LENGTH;
    while (longest > 0 && count[longest] == 0) {
      longest--;
    }
    int left = 1;
    next[0] = 0;
    for (int length = 1; length <= Symbols.MAX_CODE_LENGTH; length++) {
      left = (left << 1) - count[length];
      if (left < 0) {
        return false;
      }
      next[length] = length == 1 ? 0 : next[length - 1] + count[length - 1];
    }
    if (left > 0) {
      if (longest > 1 || (longest == 1 && !single)) {
        return false;
      }
      Arrays.fill(entries, 0, 1 << bits, SPECIAL | INVALID | 1 << 8 | 1);
    }
    for (int i = 0; i < symbolCount; i++) {
      int length = lengths[from + i];
      if (length > 0) {
        sorted[next[length]++] = i;
      }
    }
    if (longest > 0) {
      fill(longest, left > 0);
    }
    return true;
  }

  private void fill(int longest, boolean incomplete) {
    int index = 0;
    int code = 0;
    int filled = 1;
    for (int length = 1; length <= Math.min(longest, bits); length++) {
      // What is filled so far repeats for both values of the bit that is added.
      if (length > 1) {
        System.arraycopy(entries, 0, entries, filled, filled);
      }
      filled <<= 1;
      for (int i = 0; i < count[length]; i++) {
        entries[code] = entry(sorted[index++], length);
        code = following(code, length);
      }
    }
    if (incomplete) {
      for (int i = 0; i < 1 << bits; i += 2) {
        entries[i] = entries[0];
      }
      return;
    }
    while (filled < 1 << bits) {
      System.arraycopy(entries, 0, entries, filled, filled);
      filled <<= 1;
    }
    if (longest > bits) {
      fillSecond(index, code, longest);
    }
  }

  private void fillSecond(int firstIndex, int firstCode, int longest) {
    int index = firstIndex;
    int code = firstCode;
    int mask = (1 << bits) - 1;
    int end = 1 << bits;
    int start = 0;
    int size = 0;
    int prefix = -1;
    for (int length = bits + 1; length <= longest; length++) {
      for (int left = count[length]; left > 0; left--) {
        if ((code & mask) != prefix) {
          prefix = code & mask;
          size = secondBits(length, left);
          start = end;
          end += 1 << size;
          entries[prefix] = SPECIAL | SECOND | start << 16 | size << 8 | bits;
        }
        int entry = entry(sorted[index++], length - bits);
        for (int i = code >>> bits; i < 1 << size; i += 1 << (length - bits)) {
          entries[start + i] = entry;
        }
        code = following(code, length);
      }
    }
  }

  /** Returns how many bits index a second table whose first code has this length. */
  private int secondBits(int length, int left) {
    int size = length - bits;
    int space = (1 << size) - left;
    while (space > 0 && bits + size < Symbols.MAX_CODE_LENGTH) {
      size++;
      space = (space << 1) - count[bits + size];
    }
    return size;
  }

  private int entry(int symbol, int length) {
    return symbols[symbol] + (length << 8 | length);
  }

  /** Returns the next code of a length; codes are counted from their last bit on. */
  private static int following(int code, int length) {
    int bit = 1 << (length - 1);
    while ((code & bit) != 0) {
      bit >>>= 1;
    }
    return bit == 0 ? 0 : (code & (bit - 1)) | bit;
  }
}
