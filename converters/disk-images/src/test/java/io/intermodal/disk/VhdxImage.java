package io.intermodal.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A VHDX file that tests take apart and put together, by the words of [MS-VHDX] and with nothing of
 * the library's.
 */
record VhdxImage(Path file) {

  static final int MIB = 1 << 20;
  static final int HEADER_1 = 64 << 10;
  static final int HEADER_2 = 128 << 10;
  static final int REGIONS = 192 << 10;
  static final int LOG = MIB;
  static final int METADATA = 2 * MIB;
  static final int BAT = 3 * MIB;
  static final int PAYLOAD = 4 * MIB;

  static final byte[] LOG_GUID = "a log guid 16 b.".getBytes(StandardCharsets.US_ASCII);

  /** Writes a sample as we do, with blocks of 1 MiB. */
  static VhdxImage of(Sample sample, Path folder) {
    return of(sample, folder, MIB);
  }

  static VhdxImage of(Sample sample, Path folder, int blockBytes) {
    ImageOptions options = ImageOptions.none().withClusterBytes(blockBytes);
    Path file = folder.resolve("image.vhdx");
    SparseImage.write(sample, DiskFormat.VHDX, options, file);
    return new VhdxImage(file);
  }

  DiskSource source() {
    return DiskSource.file(file);
  }

  String digest() {
    return DiskImages.contentDigest(source());
  }

  static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  ByteBuffer read(long at, int length) {
    ByteBuffer bytes = little(length);
    try (FileChannel channel = FileChannel.open(file)) {
      while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
        // Goes on until all is there.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.clear();
  }

  static byte[] bytes(ByteBuffer buffer) {
    ByteBuffer all = buffer.duplicate().clear();
    byte[] bytes = new byte[all.remaining()];
    all.get(bytes);
    return bytes;
  }

  VhdxImage write(long at, ByteBuffer bytes) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer all = bytes.duplicate().clear();
      while (all.hasRemaining()) {
        channel.write(all, at + all.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  VhdxImage putLong(long at, long value) {
    return write(at, little(8).putLong(0, value));
  }

  VhdxImage putInt(long at, int value) {
    return write(at, little(4).putInt(0, value));
  }

  VhdxImage putBytes(long at, byte... bytes) {
    return write(at, ByteBuffer.wrap(bytes));
  }

  /** Makes the checksums of headers and region tables right again. */
  VhdxImage seal() {
    for (int at : new int[] {HEADER_1, HEADER_2}) {
      write(at, sealed(read(at, 4096)));
    }
    for (int at : new int[] {REGIONS, REGIONS + (64 << 10)}) {
      write(at, sealed(read(at, 64 << 10)));
    }
    return this;
  }

  static ByteBuffer sealed(ByteBuffer structure) {
    structure.putInt(4, 0);
    CRC32C crc = new CRC32C();
    crc.update(structure.duplicate().clear());
    return structure.putInt(4, (int) crc.getValue());
  }

  /** Says in both headers that the log is to be replayed. */
  VhdxImage withLogGuid() {
    putBytes(HEADER_1 + 48, LOG_GUID);
    putBytes(HEADER_2 + 48, LOG_GUID);
    return seal();
  }

  /** Puts an entry into the ring of the log, whose length is 1 MiB. */
  VhdxImage log(int at, ByteBuffer entry) {
    int first = Math.min(entry.capacity(), MIB - at);
    byte[] bytes = bytes(entry);
    putBytes(LOG + at, Arrays.copyOf(bytes, first));
    if (first < bytes.length) {
      putBytes(LOG, Arrays.copyOfRange(bytes, first, bytes.length));
    }
    return this;
  }

  long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
