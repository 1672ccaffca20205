package io.intermodal.disk.internal.xva;

import io.intermodal.disk.XvaChecksum;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import java.util.Arrays;
import java.util.Locale;

/** Writes the chunks of one disk: those that hold data, and the first and the last in any case. */
final class ChunkWriter implements ExtentWriter {

  static final int CHUNK = 1 << 20;

  private final TarOutput out;
  private final String reference;
  private final XvaChecksum checksum;
  private final long chunks;
  private final ChunkSums sums = new ChunkSums();
  private final byte[] chunk = new byte[CHUNK];
  private boolean hasData;
  private long number;

  /**
   * Starts a disk.
   *
   * @param size a multiple of 1 MiB, and not 0
   */
  ChunkWriter(TarOutput out, String reference, long size, XvaChecksum checksum) {
    this.out = out;
    this.reference = reference;
    this.checksum = checksum;
    this.chunks = size / CHUNK;
  }

  @Override
  public Encoding wanted() {
    return Encoding.RAW;
  }

  @Override
  public void write(Extent extent) {
    for (int done = 0; done < extent.size(); ) {
      long at = extent.offset() + done;
      goTo(at / CHUNK);
      int within = (int) (at % CHUNK);
      int n = Math.min(extent.size() - done, CHUNK - within);
      System.arraycopy(extent.bytes(), extent.from() + done, chunk, within, n);
      hasData = true;
      done += n;
    }
  }

  private void goTo(long next) {
    if (next != number) {
      put();
      number = next;
    }
  }

  private void put() {
    if (!hasData && number != 0 && number != chunks - 1) {
      return;
    }
    String name = reference + "/" + String.format(Locale.ROOT, "%08d", number);
    out.member(name, chunk, CHUNK);
    byte[] sum = sums.of(checksum, chunk, 0, CHUNK);
    out.member(name + ChunkSums.suffix(checksum), sum, sum.length);
    if (hasData) {
      Arrays.fill(chunk, (byte) 0);
      hasData = false;
    }
  }

  @Override
  public void finish() {
    goTo(chunks - 1);
    put();
  }
}
