package io.intermodal.disk.internal.deflate;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the symbols of a block. While input and output have room to spare it takes and puts eight
 * bytes at once; near either end it looks at every single one.
 */
final class HuffmanBlock {

  static final String TRUNCATED = "truncated";
  static final String OVERFLOW = "overflow";

  private static final String BAD_LITLEN = "invalid literal/length code";
  private static final String BAD_DISTANCE = "invalid distance code";
  private static final String TOO_FAR = "invalid distance too far back";

  /** What a round of the fast loop may load: eight bytes, seven bytes further on. */
  private static final int INPUT_SLACK = 16;

  /** What a round of the fast loop may write: two literals, a match, eight bytes too many. */
  private static final int OUTPUT_SLACK = 2 + Symbols.MAX_MATCH + 8;

  private final BitInput in;
  private byte[] out = new byte[0];
  private int start;
  private int position;
  private int end;
  private int farthest;

  /** Whether the fast loop met the end of the block. */
  private boolean ended;

  HuffmanBlock(BitInput in) {
    this.in = in;
  }

  void start(byte[] into, int at, int room) {
    out = into;
    start = at;
    position = at;
    end = at + room;
    farthest = 0;
  }

  /** Returns where the next byte goes. */
  int position() {
    return position;
  }

  int farthest() {
    return farthest;
  }

  /** Puts bytes out as they are; false, with the output full, when there are too many. */
  boolean copy(byte[] bytes, int from, int length) {
    int n = Math.min(length, end - position);
    System.arraycopy(bytes, from, out, position, n);
    position += n;
    return n == length;
  }

  /** Decodes up to the end of the block; returns null, or why that is not reached. */
  @Nullable String decode(DecodeTable litlen, DecodeTable distances) {
    ended = false;
    String why = null;
    if (in.end() - in.next() > INPUT_SLACK && end - position > OUTPUT_SLACK) {
      why = fast(litlen.entries(), litlen.bits(), distances.entries(), distances.bits());
    }
    while (why == null && !ended) {
      why = one(litlen, distances);
    }
    return why;
  }

  private @Nullable String fast(int[] litlen, int litlenBits, int[] distances, int distanceBits) {
    byte[] from = in.bytes();
    byte[] to = out;
    int litlenMask = (1 << litlenBits) - 1;
    int distanceMask = (1 << distanceBits) - 1;
    int first = start;
    int lastIn = in.end() - INPUT_SLACK;
    int lastOut = end - OUTPUT_SLACK;
    int next = in.next();
    long bits = in.bits();
    int left = in.left();
    int at = position;
    int far = farthest;
    String why = null;
    while (next <= lastIn && at <= lastOut) {
      // Bits above those that count may be there already: loading them again changes nothing.
      bits |= Words.getLong(from, next) << left;
      next += (63 - left) >>> 3;
      left |= 56;
      int entry = litlen[(int) bits & litlenMask];
      if (entry < 0) {
        to[at++] = (byte) (entry >>> 16);
        bits >>>= entry;
        left -= entry & 63;
        entry = litlen[(int) bits & litlenMask];
        if (entry < 0) {
          to[at++] = (byte) (entry >>> 16);
          bits >>>= entry;
          left -= entry & 63;
          entry = litlen[(int) bits & litlenMask];
          if (entry < 0) {
            to[at++] = (byte) (entry >>> 16);
            bits >>>= entry;
            left -= entry & 63;
            continue;
          }
        }
        bits |= Words.getLong(from, next) << left;
        next += (63 - left) >>> 3;
        left |= 56;
      }
      if ((entry & DecodeTable.SPECIAL) != 0) {
        if ((entry & DecodeTable.SECOND) != 0) {
          bits >>>= litlenBits;
          left -= litlenBits;
          entry = litlen[(entry >>> 16) + ((int) bits & ((1 << (entry >>> 8 & 15)) - 1))];
          if (entry < 0) {
            to[at++] = (byte) (entry >>> 16);
            bits >>>= entry;
            left -= entry & 63;
            continue;
          }
        }
        if ((entry & DecodeTable.SPECIAL) != 0) {
          bits >>>= entry;
          left -= entry & 63;
          ended = (entry & DecodeTable.END) != 0;
          why = ended ? null : BAD_LITLEN;
          break;
        }
      }
      int length = (entry >>> 16) + extra(bits, entry);
      bits >>>= entry;
      left -= entry & 63;

      entry = distances[(int) bits & distanceMask];
      if ((entry & DecodeTable.SPECIAL) != 0) {
        if ((entry & DecodeTable.SECOND) != 0) {
          bits >>>= distanceBits;
          left -= distanceBits;
          entry = distances[(entry >>> 16) + ((int) bits & ((1 << (entry >>> 8 & 15)) - 1))];
        }
        if ((entry & DecodeTable.SPECIAL) != 0) {
          why = BAD_DISTANCE;
          break;
        }
      }
      int distance = (entry >>> 16) + extra(bits, entry);
      bits >>>= entry;
      left -= entry & 63;
      int source = at - distance;
      if (source < first) {
        why = TOO_FAR;
        break;
      }
      far = Math.max(far, distance);
      int stop = at + length;
      if (distance >= 8) {
        do {
          Words.putLong(to, at, Words.getLong(to, source));
          at += 8;
          source += 8;
        } while (at < stop);
      } else if (distance == 1) {
        long same = (to[source] & 0xFFL) * 0x0101010101010101L;
        do {
          Words.putLong(to, at, same);
          at += 8;
        } while (at < stop);
      } else {
        // Each time only the first bytes are right; the next time puts the others right.
        do {
          Words.putLong(to, at, Words.getLong(to, source));
          at += distance;
          source += distance;
        } while (at < stop);
      }
      at = stop;
    }
    in.resume(next, bits, left);
    position = at;
    farthest = far;
    return why;
  }

  /** Returns the value of the bits between the code and its end. */
  private static int extra(long bits, int entry) {
    return (int) ((bits & ((1L << (entry & 63)) - 1)) >>> (entry >>> 8 & 15));
  }

  /** Decodes one symbol, a match with its distance; returns null, or why not. */
  private @Nullable String one(DecodeTable litlen, DecodeTable distances) {
    in.fill();
    int entry = entry(litlen);
    if (in.left() < (entry & 63)) {
      return TRUNCATED;
    }
    if (entry >= 0 && (entry & DecodeTable.SPECIAL) != 0) {
      in.drop(entry & 63);
      ended = (entry & DecodeTable.END) != 0;
      return ended ? null : BAD_LITLEN;
    }
    if (entry < 0) {
      in.drop(entry & 63);
      if (position == end) {
        return OVERFLOW;
      }
      out[position++] = (byte) (entry >>> 16);
      return null;
    }
    int length = (entry >>> 16) + extra(in.bits(), entry);
    in.drop(entry & 63);
    entry = entry(distances);
    if (in.left() < (entry & 63)) {
      return TRUNCATED;
    }
    if ((entry & DecodeTable.SPECIAL) != 0) {
      return BAD_DISTANCE;
    }
    int distance = (entry >>> 16) + extra(in.bits(), entry);
    in.drop(entry & 63);
    if (distance > position - start) {
      return TOO_FAR;
    }
    farthest = Math.max(farthest, distance);
    int stop = Math.min(position + length, end);
    boolean fits = length <= end - position;
    for (; position < stop; position++) {
      out[position] = out[position - distance];
    }
    return fits ? null : OVERFLOW;
  }

  /** Returns the entry that the bits lead to; a code that they only begin takes too many. */
  private int entry(DecodeTable table) {
    int entry = table.entries()[(int) in.bits() & ((1 << table.bits()) - 1)];
    if (entry < 0 || (entry & DecodeTable.SPECIAL) == 0 || (entry & DecodeTable.SECOND) == 0) {
      return entry;
    }
    if (in.left() < table.bits()) {
      return entry;
    }
    in.drop(table.bits());
    int index = (int) in.bits() & ((1 << (entry >>> 8 & 15)) - 1);
    return table.entries()[(entry >>> 16) + index];
  }
}
