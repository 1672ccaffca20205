package io.intermodal.disk.internal.deflate;

import java.util.Arrays;

/**
 * Makes a prefix code from counts: Huffman's, with no code longer than a limit. Two symbols get a
 * code at least, since some decoders take no code of one.
 */
final class HuffmanCode {

  private static final int SYMBOL_BITS = 9;

  private final int limit;
  private final byte[] lengths;

  /** The code of each symbol, its last bit first, from bit 8 on; its length below. */
  private final int[] codes;

  private final int[] sorted;
  private final int[] weights;
  private final int[] lengthCounts = new int[Symbols.MAX_CODE_LENGTH + 2];
  private final int[] next = new int[Symbols.MAX_CODE_LENGTH + 2];

  HuffmanCode(int symbols, int limit) {
    this.limit = limit;
    this.lengths = new byte[symbols];
    this.codes = new int[symbols];
    this.sorted = new int[symbols];
    this.weights = new int[symbols];
  }

  /** Returns the length of each symbol's code, 0 where it has none. */
  byte[] lengths() {
    return lengths;
  }

  /** Returns each symbol's code, ready to be sent, from bit 8 on; below its length. */
  int[] codes() {
    return codes;
  }

  /** Returns how many bits all symbols take together. */
  long bits(int[] counts) {
    long sum = 0;
    for (int i = 0; i < lengths.length; i++) {
      sum += (long) counts[i] * lengths[i];
    }
    return sum;
  }

  /** Makes the code anew. */
  void build(int[] counts) {
    int used = 0;
    for (int i = 0; i < lengths.length; i++) {
      if (counts[i] > 0) {
        sorted[used++] = counts[i] << SYMBOL_BITS | i;
      }
    }
    for (int i = 0; used < 2; i++) {
      if (counts[i] == 0) {
        sorted[used++] = 1 << SYMBOL_BITS | i;
      }
    }
    Arrays.sort(sorted, 0, used);
    for (int i = 0; i < used; i++) {
      weights[i] = sorted[i] >>> SYMBOL_BITS;
    }
    findParents(used);
    countLengths(used);
    Arrays.fill(lengths, (byte) 0);
    int index = 0;
    for (int length = limit; length > 0; length--) {
      for (int n = lengthCounts[length]; n > 0; n--) {
        lengths[sorted[index++] & ((1 << SYMBOL_BITS) - 1)] = (byte) length;
      }
    }
    assign();
  }

  /**
   * Joins the two lightest nodes until one is left. Inner nodes take the place of leaves that are
   * joined already, each with the number of its parent in place of its weight in the end (A. Moffat
   * and J. Katajainen, In-place calculation of minimum-redundancy codes, 1995).
   */
  private void findParents(int used) {
    int leaf = 0;
    int inner = 0;
    for (int made = 0; made < used - 1; made++) {
      int sum = 0;
      for (int child = 0; child < 2; child++) {
        if (leaf < used && (inner >= made || weights[leaf] <= weights[inner])) {
          sum += weights[leaf++];
        } else {
          sum += weights[inner];
          weights[inner++] = made;
        }
      }
      weights[made] = sum;
    }
  }

  /**
   * Goes from the root down: each inner node turns a leaf of its depth into two of the next. One
   * that is too deep takes the deepest leaf that is not.
   */
  private void countLengths(int used) {
    Arrays.fill(lengthCounts, 0);
    lengthCounts[0] = 1;
    int root = used - 2;
    for (int node = root; node >= 0; node--) {
      int depth = node == root ? 0 : weights[weights[node]] + 1;
      weights[node] = depth;
      int leaf = depth;
      if (leaf >= limit) {
        leaf = limit - 1;
      }
      while (lengthCounts[leaf] == 0) {
        leaf--;
      }
      lengthCounts[leaf]--;
      lengthCounts[leaf + 1] += 2;
    }
  }

  private void assign() {
    int code = 0;
    for (int length = 1; length <= limit; length++) {
      code = (code + lengthCounts[length - 1]) << 1;
      if (length == 1) {
        code = 0;
      }
      next[length] = code;
    }
    for (int i = 0; i < lengths.length; i++) {
      int length = lengths[i];
      codes[i] = length == 0 ? 0 : Integer.reverse(next[length]++) >>> (32 - length) << 8 | length;
    }
  }
}
