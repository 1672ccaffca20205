package io.intermodal.benchmark;

import io.intermodal.disk.Compression;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes the input of the paired comparison: a thin disk filled with files of this system (programs,
 * libraries, texts) and a share of noise, as a streamOptimized VMDK inside an OVA with a manifest.
 */
final class DiskInput {

  private static final int BLOCK = 64 * 1024;

  /** Of ten blocks so many are noise: what a guest has that is compressed or encrypted. */
  private static final int NOISE_OF_TEN = 3;

  private static final int TAR_BLOCK = 512;

  private DiskInput() {}

  /** Writes {@code disk.raw}, then {@code disk.vmdk}, then {@code guest.ova}; deletes the raw. */
  static void make(Path folder, long virtualBytes, long dataBytes) throws IOException {
    Path raw = folder.resolve("disk.raw");
    fill(raw, virtualBytes, dataBytes);
    Path vmdk = folder.resolve("disk.vmdk");
    CopyResult made =
        DiskCopy.from(DiskSource.file(raw).as(DiskFormat.RAW))
            .to(DiskTarget.replacing(vmdk), DiskFormat.VMDK_STREAM_OPTIMIZED)
            .compress(Compression.SMALL)
            .digestTarget("SHA-256")
            .run();
    Files.delete(raw);
    String digest = made.targetDigests().get("SHA-256");
    long length = Files.size(vmdk);
    Path ova = folder.resolve("guest.ova");
    byte[] manifest =
        ("SHA256(guest-disk1.vmdk)= " + digest + "\n").getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = Files.newOutputStream(ova)) {
      out.write(header("guest.mf", manifest.length));
      out.write(Arrays.copyOf(manifest, TAR_BLOCK));
      out.write(header("guest-disk1.vmdk", length));
      Files.copy(vmdk, out);
      out.write(new byte[(int) (-length & (TAR_BLOCK - 1)) + 2 * TAR_BLOCK]);
    }
    Files.writeString(
        folder.resolve("input.properties"),
        "offset=" + 3 * TAR_BLOCK + "\nlength=" + length + "\nsha256=" + digest + "\n");
    System.out.printf(
        "input: virtual %d MB, data %d MB, streamOptimized %d MB, ratio %.2f%n",
        virtualBytes / 1_000_000,
        dataBytes / 1_000_000,
        length / 1_000_000,
        (double) dataBytes / length);
  }

  private static void fill(Path raw, long virtualBytes, long dataBytes) throws IOException {
    Random random = new Random(42);
    byte[] block = new byte[BLOCK];
    try (FileChannel out =
            FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        SystemFiles files = new SystemFiles()) {
      out.write(ByteBuffer.allocate(1), virtualBytes - 1);
      long position = 0;
      long run = 0;
      for (long done = 0, n = 0; done < dataBytes; done += BLOCK, n++) {
        if (n % 10 < NOISE_OF_TEN) {
          random.nextBytes(block);
        } else {
          files.next(block);
        }
        out.write(ByteBuffer.wrap(block), position);
        position += BLOCK;
        run += BLOCK;
        // Data in runs of 32 MiB with holes between, over the whole disk.
        if (run == 32L << 20) {
          run = 0;
          long holes = virtualBytes - dataBytes;
          long hole = holes * (32L << 20) / dataBytes / BLOCK * BLOCK;
          position = Math.min(position + hole, virtualBytes - (dataBytes - done));
          position = position / BLOCK * BLOCK;
        }
      }
    }
  }

  private static byte[] header(String name, long size) {
    ByteBuffer b = ByteBuffer.allocate(TAR_BLOCK);
    b.put(name.getBytes(StandardCharsets.US_ASCII));
    put(b, 100, "0000644\0");
    put(b, 108, "0000000\0");
    put(b, 116, "0000000\0");
    put(b, 124, "%011o\0".formatted(size));
    put(b, 136, "00000000000\0");
    put(b, 148, "        ");
    put(b, 156, "0");
    put(b, 257, "ustar\00000");
    int sum = 0;
    for (byte value : b.array()) {
      sum += value & 0xFF;
    }
    put(b, 148, "%06o\0 ".formatted(sum));
    return b.array();
  }

  private static void put(ByteBuffer b, int at, String text) {
    b.position(at).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The files under /usr/lib and /usr/bin one behind the other, over and over, in name order. */
  private static final class SystemFiles implements AutoCloseable {

    private final Iterator<Path> paths;
    private InputStream current = InputStream.nullInputStream();

    SystemFiles() throws IOException {
      try (Stream<Path> bin = Files.list(Path.of("/usr/bin"));
          Stream<Path> lib =
              Files.find(
                  Path.of("/usr/lib"),
                  8,
                  (p, a) -> a.isRegularFile() && a.size() > 4096 && a.size() < 64L << 20)) {
        this.paths =
            cycle(
                Stream.concat(lib, bin)
                    .filter(p -> Files.isRegularFile(p) && Files.isReadable(p))
                    .sorted()
                    .toList()
                    .toArray(new Path[0]));
      }
    }

    private static Iterator<Path> cycle(Path[] all) {
      return Stream.iterate(0, i -> (i + 1) % all.length).map(i -> all[i]).iterator();
    }

    void next(byte[] block) throws IOException {
      int done = 0;
      while (done < block.length) {
        int n = current.readNBytes(block, done, block.length - done);
        done += n;
        if (done < block.length) {
          current.close();
          current = Files.newInputStream(paths.next());
        }
      }
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
