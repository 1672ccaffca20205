package io.intermodal.disk.internal.deflate;

/** Compares what begins alike. */
final class Match {

  private Match() {}

  /**
   * Returns how far two places are alike, 258 bytes at most.
   *
   * @param known how many bytes are known to be
   * @param end of the block, behind {@code at}
   */
  static int length(byte[] bytes, int before, int at, int known, int end) {
    int most = Math.min(Symbols.MAX_MATCH, end - at);
    int length = known;
    while (length + 8 <= most) {
      long difference = Words.getLong(bytes, before + length) ^ Words.getLong(bytes, at + length);
      if (difference != 0) {
        return length + (Long.numberOfTrailingZeros(difference) >>> 3);
      }
      length += 8;
    }
    while (length < most && bytes[before + length] == bytes[at + length]) {
      length++;
    }
    return length;
  }
}
