package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.IntermodalException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged images give our errors and nothing else, soon and in little memory. */
@Timeout(120)
class MutationTest {

  private static final int ROUNDS = 600;

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("m", 40L << 20)
          .with(0, Sample.text(1))
          .with(1, Sample.noise(2))
          .with(515, Sample.text(3))
          .with(639, Sample.text(4));

  @Test
  void vmdkReaderSurvivesDamage() throws IOException {
    byte[] vmdk = sample.vmdk();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = mutate(vmdk, random, 66_000);
      try {
        String unused =
            DiskImages.contentDigest(
                DiskSource.vmdkStream("damaged", new ByteArrayInputStream(damaged)));
      } catch (IntermodalException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(ROUNDS / 3);
  }

  @Test
  void qcow2ReaderSurvivesDamage() throws IOException {
    Path raw = sample.raw(folder);
    Path image = folder.resolve("i.qcow2");
    for (Compression compression : new Compression[] {Compression.NONE, Compression.FAST}) {
      DiskCopy.from(DiskSource.file(raw).as(DiskFormat.RAW))
          .to(DiskTarget.replacing(image), QCOW2)
          .compress(compression)
          .run();
      byte[] qcow2 = Files.readAllBytes(image);
      Random random = new Random(2);
      int refused = 0;
      Path damagedFile = folder.resolve("damaged");
      for (int i = 0; i < ROUNDS / 2; i++) {
        Files.write(damagedFile, mutate(qcow2, random, 120));
        try {
          String unused = DiskImages.contentDigest(DiskSource.file(damagedFile).as(QCOW2));
        } catch (IntermodalException e) {
          refused++;
        }
      }
      assertThat(refused).isGreaterThan(ROUNDS / 10);
    }
  }

  @Test
  void vmdkFromAFileSurvivesDamageAtItsEnd() throws IOException {
    byte[] vmdk = sample.vmdk();
    Random random = new Random(3);
    Path file = folder.resolve("damaged.vmdk");
    for (int i = 0; i < ROUNDS / 3; i++) {
      byte[] damaged = vmdk.clone();
      int at = vmdk.length - 1 - random.nextInt(512 * 16);
      damaged[at] = (byte) random.nextInt();
      Files.write(file, damaged);
      try {
        String unused = DiskImages.contentDigest(DiskSource.file(file).as(VMDK_STREAM_OPTIMIZED));
      } catch (IntermodalException e) {
        assertThat(e).hasMessageContaining("damaged.vmdk");
      }
    }
  }

  /** Flips, overwrites with telling numbers, cuts or moves; mostly where the structure is. */
  static byte[] mutate(byte[] image, Random random, int structure) {
    byte[] damaged = image.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int limit = random.nextInt(3) > 0 ? Math.min(structure, image.length) : image.length;
      int at = random.nextInt(limit - 8);
      switch (random.nextInt(5)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[at] = (byte) random.nextInt();
        case 2 -> ByteBuffer.wrap(damaged).putLong(at & -4, telling(random));
        case 3 -> {
          int length = Math.min(damaged.length - at, 1 + random.nextInt(4096));
          System.arraycopy(image, random.nextInt(image.length - length), damaged, at, length);
        }
        default -> {
          if (random.nextInt(4) == 0) {
            damaged = Arrays.copyOf(damaged, Math.max(600, random.nextInt(damaged.length)));
            return damaged;
          }
        }
      }
    }
    return damaged;
  }

  private static long telling(Random random) {
    long[] numbers = {
      0, -1, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 0xFFFFFFFFL, 65536, 131072
    };
    return numbers[random.nextInt(numbers.length)];
  }
}
