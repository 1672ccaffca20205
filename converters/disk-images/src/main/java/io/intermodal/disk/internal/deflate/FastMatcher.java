package io.intermodal.disk.internal.deflate;

import java.util.Arrays;

/**
 * Takes the first good match of at least four bytes: of those that begin like what comes next it
 * knows the two that were seen last.
 */
final class FastMatcher implements Matcher {

  private static final int HASH_BITS = 14;
  private static final int MULTIPLIER = 0x9E3779B1;

  /** The shortest match; also what the hash is made from. */
  private static final int LEAST = 4;

  /** A match that is as long is not compared with another. */
  private static final int GOOD = 32;

  /** After as many misses, as a power of two, each step gets longer by one. */
  private static final int PATIENCE = 6;

  /** Two positions for each hash, counted from {@link #base}; what is less is of another block. */
  private final int[] table = new int[2 << HASH_BITS];

  private int base = 1;

  @Override
  public void find(byte[] bytes, int from, int size, Sequences into) {
    if (base > Integer.MAX_VALUE - 2 * size) {
      Arrays.fill(table, 0);
      base = 1;
    }
    search(bytes, from, size, into, base);
    base += size;
  }

  private void search(byte[] bytes, int from, int size, Sequences into, int first) {
    int[] seen = table;
    int end = from + size;
    int last = end - 8;
    // A position is in the table with what this adds to it.
    int shift = first - from;
    int unsent = from;
    int at = from;
    int misses = 0;
    while (at <= last) {
      int word = Words.getInt(bytes, at);
      int slot = slot(word);
      int nearer = seen[slot];
      int other = seen[slot + 1];
      seen[slot] = at + shift;
      seen[slot + 1] = nearer;
      int length = 0;
      int distance = 0;
      int least = Math.max(first, at + shift - Symbols.MAX_DISTANCE);
      if (nearer >= least && Words.getInt(bytes, nearer - shift) == word) {
        distance = at + shift - nearer;
        length = Match.length(bytes, at - distance, at, LEAST, end);
      }
      if (length < GOOD && other >= least && Words.getInt(bytes, other - shift) == word) {
        int longer = Match.length(bytes, other - shift, at, LEAST, end);
        if (longer > length) {
          distance = at + shift - other;
          length = longer;
        }
      }
      if (length == 0) {
        at += 1 + (misses++ >>> PATIENCE);
        continue;
      }
      misses = 0;
      into.add(bytes, unsent, at, length, distance);
      int stop = at + length;
      unsent = stop;
      int lastIn = Math.min(stop - 1, last);
      for (at++; at <= lastIn; at++) {
        slot = slot(Words.getInt(bytes, at));
        seen[slot + 1] = seen[slot];
        seen[slot] = at + shift;
      }
      at = stop;
    }
    into.end(bytes, unsent, end);
  }

  private static int slot(int word) {
    return ((word * MULTIPLIER) >>> (Integer.SIZE - HASH_BITS)) << 1;
  }
}
