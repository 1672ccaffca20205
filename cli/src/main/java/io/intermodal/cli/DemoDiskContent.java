package io.intermodal.cli;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Gives the raw content of a disk for the demonstration: of every so many blocks one holds data,
 * half of those text and half noise; the rest is zeros. The same seed gives the same bytes.
 */
final class DemoDiskContent extends InputStream {

  private static final int BLOCK_BYTES = 64 << 10;
  private static final byte[] TEXT =
      "A container is moved between ship, train and truck without being unpacked. "
          .getBytes(StandardCharsets.US_ASCII);

  private final long capacityBytes;
  private final int oneBlockIn;
  private final Random random;
  private final byte[] block = new byte[BLOCK_BYTES];
  private long position;

  DemoDiskContent(long capacityBytes, long seed, int oneBlockIn) {
    this.capacityBytes = capacityBytes;
    this.oneBlockIn = oneBlockIn;
    this.random = new Random(seed);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position >= capacityBytes) {
      return -1;
    }
    int within = (int) (position % BLOCK_BYTES);
    if (within == 0) {
      fill(position / BLOCK_BYTES);
    }
    int count = (int) Math.min(Math.min(length, BLOCK_BYTES - within), capacityBytes - position);
    System.arraycopy(block, within, target, offset, count);
    position += count;
    return count;
  }

  private void fill(long index) {
    if (index % oneBlockIn != 0) {
      Arrays.fill(block, (byte) 0);
    } else if (index / oneBlockIn % 2 == 0) {
      random.nextBytes(block);
    } else {
      for (int at = 0; at < BLOCK_BYTES; at++) {
        block[at] = TEXT[(int) ((at + index) % TEXT.length)];
      }
    }
  }
}
