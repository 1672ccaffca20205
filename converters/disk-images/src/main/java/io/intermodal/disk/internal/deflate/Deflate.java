package io.intermodal.disk.internal.deflate;

import java.util.Arrays;
import java.util.Objects;
import java.util.zip.Adler32;

/**
 * Deflates what is in memory as a whole (RFC 1951). Twice as fast as zlib at the same ratio for
 * blocks of 64 KiB, which it is made for; of longer runs each 64 KiB are deflated for themselves.
 * The same bytes give the same result, whatever came before and wherever it runs. Needs no closing.
 * Not thread-safe.
 */
public final class Deflate {

  /** What is deflated as one. */
  static final int MAX_BLOCK = 64 * 1024;

  /** The sum of squared counts, in hundredths of what equal counts have, up to which. */
  private static final long EVEN = 110;

  private static final int DEPTH = 24;
  private static final int NICE = 64;

  private final Sequences sequences = new Sequences(MAX_BLOCK);
  private final BitOutput out = new BitOutput(MAX_BLOCK + 32);
  private final BlockWriter writer = new BlockWriter(out);
  private final int[] counts = new int[256];
  private final Adler32 adler = new Adler32();
  private final Matcher fast = new FastMatcher();
  private final Matcher matcher;

  private Deflate(boolean small) {
    this.matcher = small ? new ChainMatcher(DEPTH, NICE) : fast;
  }

  /** Makes one that is fast: about the ratio of zlib's level 1. */
  public static Deflate fast() {
    return new Deflate(false);
  }

  /** Makes one for small output: about the ratio of zlib's level 6. */
  public static Deflate small() {
    return new Deflate(true);
  }

  /**
   * Deflates a run of bytes.
   *
   * @param room the longest result
   * @return the length of the result; 0 when it would be longer than {@code room}
   */
  public int raw(byte[] bytes, int from, int size, byte[] into, int at, int room) {
    Objects.checkFromIndexSize(from, size, bytes.length);
    Objects.checkFromIndexSize(at, room, into.length);
    int done = 0;
    int length = 0;
    out.clear();
    do {
      int part = Math.min(MAX_BLOCK, size - done);
      boolean last = done + part == size;
      if (!block(bytes, from + done, part, last)) {
        // Where it is the only one there is nothing to gain, whatever the room.
        if (last && done == 0) {
          return 0;
        }
        out.stored(bytes, from + done, part, last);
      }
      if (last) {
        out.finish();
      }
      if (out.at() > room - length) {
        return 0;
      }
      System.arraycopy(out.bytes(), 0, into, at + length, out.at());
      length += out.at();
      out.rewind();
      done += part;
    } while (done < size);
    return length;
  }

  private boolean block(byte[] bytes, int from, int size, boolean last) {
    sequences.clear();
    (isEven(bytes, from, size) ? fast : matcher).find(bytes, from, size, sequences);
    if (writer.prepare(sequences) > MAX_BLOCK * 8L - 8) {
      return false;
    }
    writer.write(sequences, bytes, from, last);
    return true;
  }

  /**
   * Tells whether all values are about as frequent, as in what is compressed or encrypted already.
   * There a long search finds as little as a short one.
   */
  private boolean isEven(byte[] bytes, int from, int size) {
    Arrays.fill(counts, 0);
    for (int i = from; i < from + size; i++) {
      counts[bytes[i] & 0xFF]++;
    }
    long squares = 0;
    for (int count : counts) {
      squares += (long) count * count;
    }
    return squares * counts.length < EVEN * size * size / 100;
  }

  /**
   * Deflates a run of bytes and puts zlib's frame around it (RFC 1950); otherwise as {@link #raw}.
   */
  public int zlib(byte[] bytes, int from, int size, byte[] into, int at, int room) {
    int length = room < 6 ? 0 : raw(bytes, from, size, into, at + 2, room - 6);
    if (length == 0) {
      return 0;
    }
    into[at] = 0x78;
    into[at + 1] = 0x01;
    adler.reset();
    adler.update(bytes, from, size);
    int sum = (int) adler.getValue();
    for (int i = 0; i < 4; i++) {
      into[at + 2 + length + i] = (byte) (sum >>> (24 - 8 * i));
    }
    return length + 6;
  }
}
