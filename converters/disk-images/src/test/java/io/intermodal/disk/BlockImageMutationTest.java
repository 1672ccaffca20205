package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VDI;
import static io.intermodal.disk.DiskFormat.VHD_DIFFERENCING;
import static io.intermodal.disk.DiskFormat.VHD_DYNAMIC;
import static io.intermodal.disk.DiskFormat.VHD_FIXED;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged images of VHD and VDI give our errors or a disk, nothing else, and soon. Every other time
 * the checksums are made right again, for else nothing behind them would ever be read.
 */
class BlockImageMutationTest {

  private static final int ROUNDS = Integer.getInteger("intermodal.fuzz.count", 4000) / 4;
  private static final long SEED = Long.getLong("intermodal.fuzz.seed", 1);
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("m", 5 * MIB + 512)
          .with(0, Sample.text(1))
          .with(20, Sample.noise(2))
          .with(80, Sample.text(4));

  private byte[] image(DiskFormat format, ImageOptions options) throws IOException {
    Path image = folder.resolve("image");
    DiskCopy.from(DiskSource.file(sample.raw(folder)).as(RAW))
        .to(DiskTarget.replacing(image), format)
        .options(options)
        .run();
    return Files.readAllBytes(image);
  }

  @Test
  @Timeout(3600)
  void dynamicVhdSurvivesDamage() throws IOException {
    byte[] vhd = image(VHD_DYNAMIC, ImageOptions.none().withClusterBytes(512 << 10));
    assertThat(refused(vhd, VHD_DYNAMIC, 2100)).isGreaterThan(ROUNDS / 4);
  }

  @Test
  @Timeout(3600)
  void fixedVhdSurvivesDamage() throws IOException {
    byte[] vhd = image(VHD_FIXED, ImageOptions.none());
    assertThat(refused(vhd, VHD_FIXED, 512)).isGreaterThan(ROUNDS / 8);
  }

  @Test
  @Timeout(3600)
  void differencingVhdSurvivesDamage() throws IOException {
    byte[] vhd = image(VHD_DYNAMIC, ImageOptions.none().withClusterBytes(512 << 10));
    Path parent = Files.write(folder.resolve("parent.vhd"), vhd);
    byte[] child = VhdBytes.childOf(parent, vhd, "parent.vhd");
    assertThat(refused(child, VHD_DIFFERENCING, 2100)).isGreaterThan(ROUNDS / 4);
  }

  @Test
  @Timeout(3600)
  void vdiSurvivesDamage() throws IOException {
    byte[] vdi = image(VDI, ImageOptions.none());
    // What is between the map and the data tells nothing: move the data up.
    ByteBuffer b = ByteBuffer.allocate(vdi.length - (1 << 20) + 1024);
    b.put(vdi, 0, 1024).put(vdi, 1 << 20, vdi.length - (1 << 20));
    b.order(ByteOrder.LITTLE_ENDIAN).putInt(0x158, 1024);
    assertThat(refused(b.array(), VDI, 540)).isGreaterThan(ROUNDS / 4);
  }

  private int refused(byte[] image, DiskFormat format, int structure) {
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = mutate(image, random, structure);
      if (!format.equals(VDI) && random.nextBoolean()) {
        repair(damaged);
      }
      DiskSource source =
          DiskSource.channel("damaged", new MemoryChannel(damaged)).withBackingFilesIn(folder);
      try {
        String unused = DiskImages.contentDigest(i % 8 == 0 ? source : source.as(format));
      } catch (IntermodalException e) {
        assertThat(e.code()).isInstanceOf(DiskError.class);
        refused++;
      }
    }
    return refused;
  }

  private static void repair(byte[] image) {
    ByteBuffer b = ByteBuffer.wrap(image);
    VhdBytes.sum(b, 0, 512, 64);
    VhdBytes.sum(b, 512, 1024, 36);
    VhdBytes.sum(b, image.length - 512, 512, 64);
  }

  /** Flips, overwrites with telling numbers, cuts or moves; mostly where the structure is. */
  private static byte[] mutate(byte[] image, Random random, int structure) {
    byte[] damaged = image.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = place(image.length, random, structure);
      switch (random.nextInt(6)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[at] = (byte) random.nextInt();
        case 2 -> ByteBuffer.wrap(damaged).putLong(at & -4, telling(random));
        case 3 -> ByteBuffer.wrap(damaged).putInt(at & -4, (int) telling(random));
        case 4 -> {
          int length = Math.min(damaged.length - at, 1 + random.nextInt(600));
          int from = place(image.length - length + 8, random, structure);
          System.arraycopy(image, Math.min(from, image.length - length), damaged, at, length);
        }
        default -> {
          if (random.nextInt(4) == 0) {
            return Arrays.copyOf(damaged, Math.max(2048, random.nextInt(damaged.length)));
          }
        }
      }
    }
    return damaged;
  }

  private static int place(int length, Random random, int structure) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(length - 8);
      case 1 -> length - 8 - random.nextInt(504);
      default -> random.nextInt(Math.min(structure, length - 8));
    };
  }

  private static long telling(Random random) {
    long[] numbers = {
      0,
      -1,
      1,
      2,
      3,
      4,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      1L << 40,
      0xFFFFFFFFL,
      512,
      4096,
      65536,
      131072,
      1 << 19,
      1 << 20,
      1 << 28,
      -2
    };
    return random.nextInt(3) == 0 ? random.nextInt(5000) : numbers[random.nextInt(numbers.length)];
  }
}
