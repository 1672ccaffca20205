package io.intermodal.disk.internal.deflate;

import java.util.Arrays;

/** Writes one dynamic block (RFC 1951, 3.2.7) with codes made for it. */
final class BlockWriter {

  private static final int REPEAT = 16;
  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;

  private final BitOutput out;
  private final HuffmanCode litlen = new HuffmanCode(Symbols.LITLEN_USED, Symbols.MAX_CODE_LENGTH);
  private final HuffmanCode distance =
      new HuffmanCode(Symbols.DISTANCE_USED, Symbols.MAX_CODE_LENGTH);
  private final HuffmanCode precode = new HuffmanCode(Symbols.PRECODE, 7);
  private final int[] precodeCounts = new int[Symbols.PRECODE];

  /** The lengths of both codes as symbols of the precode, with extra bits from bit 8 on. */
  private final int[] lengthSymbols = new int[Symbols.LITLEN_USED + Symbols.DISTANCE_USED];

  private final byte[] lengths = new byte[Symbols.LITLEN_USED + Symbols.DISTANCE_USED];

  /** The code and extra bits of each length from bit 8 on; how many together below. */
  private final int[] matchCodes = new int[Symbols.MAX_MATCH + 1];

  private int lengthSymbolCount;
  private int litlens;
  private int distances;
  private int precodes;

  BlockWriter(BitOutput out) {
    this.out = out;
  }

  /** Makes the codes and returns how many bits the block takes with them. */
  long prepare(Sequences sequences) {
    litlen.build(sequences.litlenCounts());
    distance.build(sequences.distanceCounts());
    litlens = used(litlen.lengths(), 257);
    distances = used(distance.lengths(), 1);
    System.arraycopy(litlen.lengths(), 0, lengths, 0, litlens);
    System.arraycopy(distance.lengths(), 0, lengths, litlens, distances);
    joinRuns(litlens + distances);
    precode.build(precodeCounts);
    precodes = Symbols.PRECODE;
    while (precodes > 4 && precode.lengths()[Symbols.precodeOrder(precodes - 1)] == 0) {
      precodes--;
    }
    long size = 3 + 14 + 3L * precodes + precode.bits(precodeCounts);
    size += 2L * precodeCounts[REPEAT] + 3L * precodeCounts[ZEROS] + 7L * precodeCounts[MANY_ZEROS];
    size += litlen.bits(sequences.litlenCounts()) + distance.bits(sequences.distanceCounts());
    for (int i = Symbols.FIRST_LENGTH; i < Symbols.LITLEN_USED; i++) {
      size += (long) sequences.litlenCounts()[i] * Symbols.lengthExtra(i - Symbols.FIRST_LENGTH);
    }
    for (int i = 0; i < Symbols.DISTANCE_USED; i++) {
      size += (long) sequences.distanceCounts()[i] * Symbols.distanceExtra(i);
    }
    return size;
  }

  private static int used(byte[] lengths, int least) {
    int count = lengths.length;
    while (count > least && lengths[count - 1] == 0) {
      count--;
    }
    return count;
  }

  private void joinRuns(int count) {
    Arrays.fill(precodeCounts, 0);
    lengthSymbolCount = 0;
    int i = 0;
    while (i < count) {
      byte length = lengths[i];
      int end = i + 1;
      while (end < count && lengths[end] == length) {
        end++;
      }
      int run = end - i;
      i = end;
      if (length == 0) {
        while (run >= 11) {
          int n = Math.min(run, 138);
          symbol(MANY_ZEROS, n - 11);
          run -= n;
        }
        if (run >= 3) {
          symbol(ZEROS, run - 3);
          run = 0;
        }
      } else {
        symbol(length, 0);
        run--;
        while (run >= 3) {
          int n = Math.min(run, 6);
          symbol(REPEAT, n - 3);
          run -= n;
        }
      }
      for (; run > 0; run--) {
        symbol(length, 0);
      }
    }
  }

  private void symbol(int symbol, int extra) {
    precodeCounts[symbol]++;
    lengthSymbols[lengthSymbolCount++] = extra << 8 | symbol;
  }

  /** Writes the block that was prepared; the output must have the room. */
  void write(Sequences sequences, byte[] bytes, int from, boolean last) {
    out.put(last ? 1 : 0, 1);
    out.put(2, 2);
    out.put(litlens - 257, 5);
    out.put(distances - 1, 5);
    out.put(precodes - 4, 4);
    for (int i = 0; i < precodes; i++) {
      out.put(precode.lengths()[Symbols.precodeOrder(i)], 3);
    }
    for (int i = 0; i < lengthSymbolCount; i++) {
      int symbol = lengthSymbols[i] & 0xFF;
      int code = precode.codes()[symbol];
      out.put(code >>> 8, code & 0xFF);
      if (symbol >= REPEAT) {
        out.put(lengthSymbols[i] >>> 8, symbol == REPEAT ? 2 : symbol == ZEROS ? 3 : 7);
      }
    }
    joinLengths();
    writeSequences(sequences, bytes, from);
    int end = litlen.codes()[Symbols.END_OF_BLOCK];
    out.put(end >>> 8, end & 0xFF);
  }

  private void joinLengths() {
    int[] codes = litlen.codes();
    for (int length = Symbols.MIN_MATCH; length <= Symbols.MAX_MATCH; length++) {
      int index = Sequences.lengthSymbol(length);
      int code = codes[Symbols.FIRST_LENGTH + index];
      int bits = code & 0xFF;
      int extra = length - Symbols.lengthBase(index);
      matchCodes[length] = (code >>> 8 | extra << bits) << 8 | (bits + Symbols.lengthExtra(index));
    }
  }

  private void writeSequences(Sequences sequences, byte[] bytes, int from) {
    byte[] to = out.bytes();
    int[] literalCodes = litlen.codes();
    int[] distanceCodes = distance.codes();
    int at = out.at();
    long bits = out.bits();
    int count = out.count();
    int position = from;
    int size = sequences.size();
    for (int i = 0; i <= size; i++) {
      int run = i < size ? sequences.literals(i) : sequences.lastLiterals();
      int end = position + run;
      // Seven bits and three codes of at most 15 fit.
      while (position + 3 <= end) {
        int code = literalCodes[bytes[position] & 0xFF];
        bits |= (long) (code >>> 8) << count;
        count += code & 0xFF;
        code = literalCodes[bytes[position + 1] & 0xFF];
        bits |= (long) (code >>> 8) << count;
        count += code & 0xFF;
        code = literalCodes[bytes[position + 2] & 0xFF];
        bits |= (long) (code >>> 8) << count;
        count += code & 0xFF;
        position += 3;
        Words.putLong(to, at, bits);
        at += count >>> 3;
        bits >>>= count & 0x38;
        count &= 7;
      }
      for (; position < end; position++) {
        int code = literalCodes[bytes[position] & 0xFF];
        bits |= (long) (code >>> 8) << count;
        count += code & 0xFF;
      }
      Words.putLong(to, at, bits);
      at += count >>> 3;
      bits >>>= count & 0x38;
      count &= 7;
      if (i < size) {
        // Seven bits, 20 of the length and 28 of the distance fit.
        int match = sequences.match(i);
        int length = match >>> 16;
        int code = matchCodes[length];
        bits |= (long) (code >>> 8) << count;
        count += code & 0xFF;
        int d = match & 0xFFFF;
        int symbol = Sequences.distanceSymbol(d);
        code = distanceCodes[symbol];
        bits |= (long) (code >>> 8) << count;
        count += code & 0xFF;
        bits |= (long) (d - Symbols.distanceBase(symbol)) << count;
        count += Symbols.distanceExtra(symbol);
        Words.putLong(to, at, bits);
        at += count >>> 3;
        bits >>>= count & 0x38;
        count &= 7;
        position += length;
      }
    }
    out.resume(at, bits, count);
  }
}
