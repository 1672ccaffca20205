package io.intermodal.disk.internal.deflate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

/** Content of many kinds, and what zlib makes of it with every level and strategy. */
final class Material {

  private Material() {}

  /** Makes content that is compressible in one of many ways, or not at all. */
  static byte[] content(Random random, int longest) {
    int size = random.nextInt(8) == 0 ? random.nextInt(40) : random.nextInt(longest + 1);
    byte[] bytes = new byte[size];
    switch (random.nextInt(7)) {
      case 0 -> random.nextBytes(bytes);
      case 1 -> Arrays.fill(bytes, (byte) random.nextInt());
      case 2 -> words(random, bytes);
      case 3 -> skewed(random, bytes);
      case 4 -> copies(random, bytes);
      case 5 -> records(random, bytes);
      default -> {
        words(random, bytes);
        int from = random.nextInt(size + 1);
        byte[] noise = new byte[random.nextInt(size - from + 1)];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, from, noise.length);
      }
    }
    return bytes;
  }

  private static void words(Random random, byte[] bytes) {
    List<String> words =
        List.of(
            "the", "move", "of", "a", "machine", "from", "one", "host", "to", "another", "proved");
    int at = 0;
    while (at < bytes.length) {
      for (char c : (words.get(random.nextInt(words.size())) + " ").toCharArray()) {
        if (at < bytes.length) {
          bytes[at++] = (byte) c;
        }
      }
    }
  }

  /** Few values are frequent and many rare, so that some codes are as long as they can be. */
  private static void skewed(Random random, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      int zeros = Integer.numberOfTrailingZeros(random.nextInt() | 1 << 20);
      bytes[i] = (byte) (zeros * 11 + (zeros > 10 ? random.nextInt(60) : 0));
    }
  }

  private static void copies(Random random, byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int literals = Math.min(1 + random.nextInt(20), bytes.length - at);
      for (int i = 0; i < literals; i++) {
        bytes[at++] = (byte) random.nextInt();
      }
      int distance = 1 + random.nextInt(random.nextBoolean() ? Math.min(at, 12) : at);
      int length = Math.min(random.nextInt(random.nextInt(5) == 0 ? 600 : 30), bytes.length - at);
      for (int i = 0; i < length; i++, at++) {
        bytes[at] = bytes[at - distance];
      }
    }
  }

  private static void records(Random random, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      int value = i / 16;
      bytes[i] =
          (byte) (i % 16 < 4 ? value >> (8 * (i % 16)) : i % 16 == 9 ? random.nextInt(3) : 0);
    }
  }

  /** Compresses with a level, a strategy and flushes that the seed chooses. */
  static byte[] deflated(Random random, byte[] content, boolean raw) {
    Deflater deflater = new Deflater(random.nextInt(10), raw);
    try {
      deflater.setStrategy(
          switch (random.nextInt(5)) {
            case 0 -> Deflater.HUFFMAN_ONLY;
            case 1 -> Deflater.FILTERED;
            default -> Deflater.DEFAULT_STRATEGY;
          });
      byte[] out = new byte[content.length * 2 + 5_000];
      int size = 0;
      int at = 0;
      while (at < content.length && random.nextInt(3) > 0) {
        int part = 1 + random.nextInt(content.length - at);
        deflater.setInput(content, at, part);
        at += part;
        int flush = random.nextBoolean() ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
        while (!deflater.needsInput()) {
          size += deflater.deflate(out, size, out.length - size, flush);
        }
      }
      deflater.setInput(content, at, content.length - at);
      deflater.finish();
      while (!deflater.finished()) {
        size += deflater.deflate(out, size, out.length - size);
      }
      return Arrays.copyOf(out, size);
    } finally {
      deflater.end();
    }
  }
}
