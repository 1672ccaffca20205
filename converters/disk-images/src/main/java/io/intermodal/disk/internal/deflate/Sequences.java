package io.intermodal.disk.internal.deflate;

import java.util.Arrays;

/**
 * Holds what a matcher found in one block: runs of literals, each followed by a match, with the
 * counts of symbols that the codes are made from.
 */
final class Sequences {

  private static final byte[] LENGTH_SYMBOL = new byte[Symbols.MAX_MATCH + 1];
  private static final byte[] DISTANCE_SYMBOL = new byte[512];

  static {
    for (int i = Symbols.FIRST_LENGTH; i < Symbols.LITLEN_USED; i++) {
      int index = i - Symbols.FIRST_LENGTH;
      int base = Symbols.lengthBase(index);
      int last = Math.min(base + (1 << Symbols.lengthExtra(index)) - 1, Symbols.MAX_MATCH);
      Arrays.fill(LENGTH_SYMBOL, base, last + 1, (byte) index);
    }
    for (int i = 0; i < DISTANCE_SYMBOL.length; i++) {
      DISTANCE_SYMBOL[i] = (byte) symbolOf(i < 256 ? i + 1 : ((i - 256) << 7) + 1);
    }
  }

  private final int[] literals;
  private final int[] matches;
  private final int[] litlenCounts = new int[Symbols.LITLEN_USED];
  private final int[] distanceCounts = new int[Symbols.DISTANCE_USED];
  private int size;
  private int lastLiterals;

  /**
   * Creates one that is empty.
   *
   * @param longest the longest block
   */
  Sequences(int longest) {
    this.literals = new int[longest / Symbols.MIN_MATCH + 1];
    this.matches = new int[longest / Symbols.MIN_MATCH + 1];
  }

  private static int symbolOf(int distance) {
    int symbol = Symbols.DISTANCE_USED - 1;
    while (Symbols.distanceBase(symbol) > distance) {
      symbol--;
    }
    return symbol;
  }

  /** Returns the symbol of a length, counted from 257. */
  static int lengthSymbol(int length) {
    return LENGTH_SYMBOL[length];
  }

  static int distanceSymbol(int distance) {
    int d = distance - 1;
    return DISTANCE_SYMBOL[d < 256 ? d : 256 + (d >>> 7)];
  }

  void clear() {
    size = 0;
    lastLiterals = 0;
    Arrays.fill(litlenCounts, 0);
    Arrays.fill(distanceCounts, 0);
    litlenCounts[Symbols.END_OF_BLOCK] = 1;
  }

  /** Adds the literals from {@code from} to {@code at}, and the match that is there. */
  void add(byte[] bytes, int from, int at, int length, int distance) {
    count(bytes, from, at);
    literals[size] = at - from;
    matches[size] = length << 16 | distance;
    size++;
    litlenCounts[Symbols.FIRST_LENGTH + LENGTH_SYMBOL[length]]++;
    distanceCounts[distanceSymbol(distance)]++;
  }

  /** Adds the literals behind the last match. */
  void end(byte[] bytes, int from, int end) {
    count(bytes, from, end);
    lastLiterals = end - from;
  }

  private void count(byte[] bytes, int from, int to) {
    int[] counts = litlenCounts;
    for (int i = from; i < to; i++) {
      counts[bytes[i] & 0xFF]++;
    }
  }

  /** Returns how many matches there are. */
  int size() {
    return size;
  }

  /** Returns how many literals stand before a match. */
  int literals(int index) {
    return literals[index];
  }

  /** Returns a match: the length from bit 16 on, the distance below. */
  int match(int index) {
    return matches[index];
  }

  int lastLiterals() {
    return lastLiterals;
  }

  int[] litlenCounts() {
    return litlenCounts;
  }

  int[] distanceCounts() {
    return distanceCounts;
  }
}
