package io.intermodal.testkit;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.disk.Comparison;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Random;

/** Is a small disk with runs of random bytes between holes, the same for the same seed. */
final class DiskContent {

  private static final int SECTOR = 512;

  private final byte[] bytes;

  private DiskContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Fills about a tenth of a disk, at both ends and in runs that keep to no block of a format. */
  static DiskContent random(int sizeBytes, long seed) {
    byte[] bytes = new byte[sizeBytes];
    Random random = new Random(seed);
    fill(bytes, random, 0, 3 * SECTOR);
    fill(bytes, random, sizeBytes - SECTOR, SECTOR);
    for (int run = 0; run < 12; run++) {
      int length = SECTOR * (1 + random.nextInt(sizeBytes / SECTOR / 100));
      fill(bytes, random, SECTOR * random.nextInt((sizeBytes - length) / SECTOR), length);
    }
    return new DiskContent(bytes);
  }

  static DiskContent blank(int sizeBytes) {
    return new DiskContent(new byte[sizeBytes]);
  }

  private static void fill(byte[] bytes, Random random, int at, int length) {
    byte[] run = new byte[length];
    random.nextBytes(run);
    System.arraycopy(run, 0, bytes, at, length);
  }

  long sizeBytes() {
    return bytes.length;
  }

  /** Writes it in a format, as a migration would, and closes the channel. */
  void write(SeekableByteChannel channel, String format) {
    try (channel) {
      DiskCopy.from(source())
          .to(DiskTarget.channel("disk of the contract", channel), new DiskFormat(format))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that a guest would see just this, and closes the channel. */
  void assertSame(SeekableByteChannel channel, String format) {
    try (channel) {
      DiskSource read = DiskSource.channel("disk read back", channel).as(new DiskFormat(format));
      Comparison comparison =
          DiskImages.compare(source(), read, Progress.Listener.none(), Cancellation.none());
      if (!comparison.sameContent()) {
        throw new AssertionError("the disk read back as " + format + " differs: " + comparison);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DiskSource source() {
    return DiskSource.rawStream(
        "content of the contract", new ByteArrayInputStream(bytes), bytes.length);
  }
}
