package io.intermodal.disk.internal.deflate;

import org.jspecify.annotations.Nullable;

/** Reads the codes of a dynamic block (RFC 1951, 3.2.7). */
final class BlockHeader {

  private static final int REPEAT = 16;
  private static final int ZEROS = 17;

  private final DecodeTable precode = DecodeTable.precode();
  private final byte[] precodeLengths = new byte[Symbols.PRECODE];
  private final byte[] lengths = new byte[Symbols.LITLEN + Symbols.DISTANCE];

  /** What stands for input that ends inside; no reason, since that is none of the content. */
  static final String TRUNCATED = "";

  /** Reads both codes; returns null, or why not. */
  @Nullable String read(BitInput in, DecodeTable litlen, DecodeTable distance) {
    if (!in.has(14)) {
      return TRUNCATED;
    }
    int litlens = in.take(5) + 257;
    int distances = in.take(5) + 1;
    int precodes = in.take(4) + 4;
    if (litlens > Symbols.LITLEN_USED || distances > Symbols.DISTANCE_USED) {
      return "too many length or distance symbols";
    }
    for (int i = 0; i < Symbols.PRECODE; i++) {
      if (i < precodes && !in.has(3)) {
        return TRUNCATED;
      }
      precodeLengths[Symbols.precodeOrder(i)] = (byte) (i < precodes ? in.take(3) : 0);
    }
    if (!precode.build(precodeLengths, 0, Symbols.PRECODE, false)) {
      return "invalid code lengths set";
    }
    String why = readLengths(in, litlens + distances);
    if (why != null) {
      return why;
    }
    if (lengths[Symbols.END_OF_BLOCK] == 0) {
      return "invalid code -- missing end-of-block";
    }
    if (!litlen.build(lengths, 0, litlens, true)) {
      return "invalid literal/lengths set";
    }
    return distance.build(lengths, litlens, distances, true) ? null : "invalid distances set";
  }

  private @Nullable String readLengths(BitInput in, int count) {
    int[] table = precode.entries();
    for (int have = 0; have < count; ) {
      in.fill();
      int entry = table[(int) in.bits() & (table.length - 1)];
      // A precode without any code reads as zeros, as zlib takes it; the end of block is missing
      // then.
      int symbol = entry >>> 16;
      int extra = symbol < REPEAT ? 0 : symbol == REPEAT ? 2 : symbol == ZEROS ? 3 : 7;
      if (in.left() < (entry & 63) + extra) {
        return TRUNCATED;
      }
      in.drop(entry & 63);
      if (symbol < REPEAT) {
        lengths[have++] = (byte) symbol;
        continue;
      }
      if (symbol == REPEAT && have == 0) {
        return "invalid bit length repeat";
      }
      byte value = symbol == REPEAT ? lengths[have - 1] : 0;
      int repeat = in.take(extra) + (symbol <= ZEROS ? 3 : 11);
      if (repeat > count - have) {
        return "invalid bit length repeat";
      }
      for (; repeat > 0; repeat--) {
        lengths[have++] = value;
      }
    }
    return null;
  }
}
