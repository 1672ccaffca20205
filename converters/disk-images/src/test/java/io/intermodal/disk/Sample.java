package io.intermodal.disk;

import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.engine.Formats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A small disk made from a seed: its size, and the blocks of 64 KiB that hold data. */
record Sample(String name, long size, Map<Long, byte[]> blocks) {

  static final int BLOCK = Geometry.BLOCK;

  /** The small disks that every format must carry. */
  static List<Sample> tiny() {
    List<Sample> all = new ArrayList<>();
    all.add(of("empty", 1 << 20));
    all.add(of("one grain", 1 << 20).with(3, text(1)));
    all.add(of("last grain short", (1 << 20) + 512 * 5).with(0, noise(2)).with(16, text(3)));
    all.add(of("all incompressible", 10 * BLOCK).fill(0, 10, 1));
    Sample alternating = of("alternating", 40 * BLOCK + 512);
    for (int i = 0; i < 41; i += 2) {
      alternating.with(i, i % 3 == 0 ? noise(i) : text(i));
    }
    all.add(alternating);
    byte[] lastSector = new byte[BLOCK];
    System.arraycopy(noise(9), 0, lastSector, BLOCK - 512, 512);
    all.add(of("last sector only", 3L << 20).with(47, lastSector));
    all.add(of("one sector", 512).with(0, text(4)));
    all.add(of("one sector short of a grain", BLOCK - 512).with(0, noise(5)));
    all.add(
        of("beyond one table", 70L << 20).with(0, text(1)).with(600, noise(2)).with(1119, text(3)));
    all.add(
        of("two L2 tables", 600L << 20).with(1, text(1)).with(8191, text(2)).with(8192, noise(3)));
    return all;
  }

  static Sample of(String name, long size) {
    return new Sample(name, size, new TreeMap<>());
  }

  Sample with(long block, byte[] bytes) {
    int length = (int) Math.min(BLOCK, size - block * BLOCK);
    byte[] clipped = new byte[BLOCK];
    System.arraycopy(bytes, 0, clipped, 0, length);
    blocks.put(block, clipped);
    return this;
  }

  Sample fill(int from, int to, int seed) {
    for (int i = from; i < to; i++) {
      with(i, noise(seed * 1000 + i));
    }
    return this;
  }

  static Sample random(long seed) {
    Random random = new Random(seed);
    long size = 512L * (1 + random.nextInt(5_000));
    Sample sample = of("random " + seed, size);
    for (long i = 0; i * BLOCK < size; i++) {
      switch (random.nextInt(5)) {
        case 0 -> sample.with(i, noise(random.nextInt()));
        case 1, 2 -> sample.with(i, text(random.nextInt()));
        case 3 -> sample.with(i, new byte[BLOCK]);
        default -> {}
      }
    }
    return sample;
  }

  static byte[] noise(int seed) {
    byte[] bytes = new byte[BLOCK];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] text(int seed) {
    byte[] bytes = new byte[BLOCK];
    Random random = new Random(seed);
    for (int i = 0; i < BLOCK; i++) {
      bytes[i] = (byte) ("the quick brown fox ".charAt(i % 20) + (random.nextInt(16) == 0 ? 1 : 0));
    }
    return bytes;
  }

  byte[] bytes() {
    byte[] all = new byte[Math.toIntExact(size)];
    blocks.forEach(
        (i, b) ->
            System.arraycopy(
                b, 0, all, (int) (i * BLOCK), (int) Math.min(BLOCK, size - i * BLOCK)));
    return all;
  }

  /** Writes the guest's bytes with holes. */
  Path raw(Path folder) {
    Path file = folder.resolve("sample.raw");
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.allocate(1), size - 1);
      for (Map.Entry<Long, byte[]> block : blocks.entrySet()) {
        long at = block.getKey() * BLOCK;
        out.write(ByteBuffer.wrap(block.getValue(), 0, (int) Math.min(BLOCK, size - at)), at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Writes a streamOptimized VMDK of the blocks, stored zeros included, without a raw file. */
  byte[] vmdk() {
    Map<Long, byte[]> payloads = new TreeMap<>();
    blocks.forEach((i, b) -> payloads.put(i, zlib(b)));
    return vmdk(name, size, payloads);
  }

  /** Writes a VMDK of 1 MiB whose first grain has any payload. */
  static byte[] vmdkOfOneGrain(byte[] payload) {
    return vmdk("one grain", 1 << 20, Map.of(0L, payload));
  }

  private static byte[] vmdk(String name, long size, Map<Long, byte[]> payloads) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteTarget target = ByteTarget.of(name, out, List.of());
    ExtentWriter writer =
        Formats.get(DiskFormat.VMDK_STREAM_OPTIMIZED, name)
            .create(
                target,
                new WriteSettings(size, Compression.FAST, ImageOptions.none(), "sample.vmdk", 0));
    payloads.forEach(
        (i, zlib) -> {
          long at = i * BLOCK;
          int length = (int) Math.min(BLOCK, size - at);
          writer.write(new Extent(at, length, BLOCK, Encoding.ZLIB, zlib, 0, zlib.length, 0));
        });
    writer.finish();
    return out.toByteArray();
  }

  /** Writes an image block by block, so that the size of the disk costs nothing. */
  Path image(Path file, DiskFormat format) {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ExtentWriter writer =
          Formats.get(format, name)
              .create(
                  ByteTarget.of(name, out, List.of()),
                  new WriteSettings(size, Compression.NONE, ImageOptions.none(), name, 0));
      blocks.forEach(
          (i, b) -> {
            long at = i * BLOCK;
            int length = (int) Math.min(BLOCK, size - at);
            byte[] zlib = zlib(b);
            writer.write(
                writer.wanted() == Encoding.ZLIB
                    ? new Extent(at, length, BLOCK, Encoding.ZLIB, zlib, 0, zlib.length, 0)
                    : Extent.raw(at, b, 0, length, 0));
          });
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  static byte[] zlib(byte[] block) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED))) {
      out.write(block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  Path vmdk(Path folder) {
    try {
      return Files.write(folder.resolve("sample.vmdk"), vmdk());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
