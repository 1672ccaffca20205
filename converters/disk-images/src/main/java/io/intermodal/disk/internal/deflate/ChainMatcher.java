package io.intermodal.disk.internal.deflate;

import java.util.Arrays;

/**
 * Follows the chain of all that begins like what comes next, up to a number, and takes a match only
 * when the next byte has no better one. Positions of the whole block stay known, so that nothing
 * has to slide.
 */
final class ChainMatcher implements Matcher {

  private static final int HASH_BITS = 15;
  private static final int SHORT_HASH_BITS = 14;
  private static final int MULTIPLIER = 0x9E3779B1;

  /** A match of three bytes from farther away costs more than its literals. */
  private static final int FAR_FOR_THREE = 4096;

  private final int depth;
  private final int nice;

  /** The last position with each hash of four bytes, counted from {@link #base}. */
  private final int[] heads = new int[1 << HASH_BITS];

  /** The same for three bytes; what is farther back is not known. */
  private final int[] shortHeads = new int[1 << SHORT_HASH_BITS];

  /** For each position of the block the one before it in its chain. */
  private final int[] before = new int[Deflate.MAX_BLOCK];

  private int base = 1;

  /** What is added to a position to count it from the base. */
  private int shift;

  private int end;
  private int foundDistance;

  /**
   * Creates one.
   *
   * @param depth how much of a chain is followed
   * @param nice a match that is as long is taken at once
   */
  ChainMatcher(int depth, int nice) {
    this.depth = depth;
    this.nice = nice;
  }

  @Override
  public void find(byte[] bytes, int from, int size, Sequences into) {
    if (base > Integer.MAX_VALUE - 2 * Deflate.MAX_BLOCK) {
      Arrays.fill(heads, 0);
      Arrays.fill(shortHeads, 0);
      base = 1;
    }
    shift = base - from;
    end = from + size;
    int last = end - 9;
    int unsent = from;
    int at = from;
    while (at <= last) {
      int length = longest(bytes, at, Symbols.MIN_MATCH - 1, depth);
      if (length < Symbols.MIN_MATCH) {
        at++;
        continue;
      }
      int distance = foundDistance;
      int start = at;
      at++;
      while (length < nice && at <= last) {
        int next = longest(bytes, at, length - 1, depth >> 1);
        at++;
        if (next < length || !isBetter(next, foundDistance, length, distance)) {
          break;
        }
        start = at - 1;
        length = next;
        distance = foundDistance;
      }
      into.add(bytes, unsent, start, length, distance);
      unsent = start + length;
      int known = Math.min(unsent, last + 1);
      for (; at < known; at++) {
        insert(bytes, at);
      }
      at = unsent;
    }
    into.end(bytes, unsent, end);
    base += size;
  }

  /** Tells whether a match is worth a literal before it: a byte more is, four times nearer too. */
  private static boolean isBetter(int next, int nextDistance, int length, int distance) {
    int nearer =
        Integer.numberOfLeadingZeros(nextDistance) - Integer.numberOfLeadingZeros(distance);
    return 4 * (next - length) + nearer > 2;
  }

  private static int hash(int word, int bits) {
    return (word * MULTIPLIER) >>> (Integer.SIZE - bits);
  }

  private void insert(byte[] bytes, int at) {
    int word = Words.getInt(bytes, at);
    int hash = hash(word, HASH_BITS);
    int position = at + shift;
    before[position - base] = heads[hash];
    heads[hash] = position;
    shortHeads[hash(word << 8, SHORT_HASH_BITS)] = position;
  }

  /** Returns the longest match's length; {@code known} or less when none is longer. */
  private int longest(byte[] bytes, int at, int known, int steps) {
    int word = Words.getInt(bytes, at);
    int hash = hash(word, HASH_BITS);
    int shortHash = hash(word << 8, SHORT_HASH_BITS);
    int position = at + shift;
    int candidate = heads[hash];
    int near = shortHeads[shortHash];
    heads[hash] = position;
    shortHeads[shortHash] = position;
    before[position - base] = candidate;
    int best = known;
    int most = Math.min(Symbols.MAX_MATCH, end - at);
    if (best < Symbols.MIN_MATCH
        && near >= Math.max(base, position - FAR_FOR_THREE)
        && (Words.getInt(bytes, near - shift) ^ word) << 8 == 0) {
      best = Symbols.MIN_MATCH;
      foundDistance = position - near;
    }
    int least = Math.max(base, position - Symbols.MAX_DISTANCE);
    for (int left = steps; left > 0 && candidate >= least && best < most; left--) {
      int there = candidate - shift;
      // What is not alike where it would get longer is not worth a look from the front.
      int tail = Math.max(0, best - 3);
      if (Words.getInt(bytes, there + tail) == Words.getInt(bytes, at + tail)
          && Words.getInt(bytes, there) == word) {
        int length = Match.length(bytes, there, at, 4, end);
        if (length > best) {
          best = length;
          foundDistance = position - candidate;
          if (length >= nice) {
            return length;
          }
        }
      }
      candidate = before[candidate - base];
    }
    return best;
  }
}
