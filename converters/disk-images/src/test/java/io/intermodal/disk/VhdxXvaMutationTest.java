package io.intermodal.disk;

import static io.intermodal.disk.VhdxImage.BAT;
import static io.intermodal.disk.VhdxImage.HEADER_1;
import static io.intermodal.disk.VhdxImage.HEADER_2;
import static io.intermodal.disk.VhdxImage.LOG;
import static io.intermodal.disk.VhdxImage.METADATA;
import static io.intermodal.disk.VhdxImage.MIB;
import static io.intermodal.disk.VhdxImage.REGIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged VHDX and XVA give our errors and nothing else, soon. Half of them get their checksums set
 * right again, or hardly any would be looked into. A tenth of {@code -Dintermodal.fuzz.count}
 * images of each kind are read, at least 600; {@code -Dintermodal.fuzz.seed} starts elsewhere.
 */
class VhdxXvaMutationTest {

  private static final int ROUNDS =
      Math.max(600, Integer.getInteger("intermodal.fuzz.count", 0) / 10);

  private static final long[] TELLING = {
    0, -1, 1, 6, 7, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 0xFFFFFFFFL, MIB, 4096, 0x300006
  };

  @TempDir Path folder;

  private final Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));
  private int refused;

  @Test
  void vhdxReaderSurvivesDamage() throws IOException {
    Sample sample = Sample.of("m", 3L * MIB).with(0, Sample.text(1)).with(47, Sample.noise(2));
    VhdxImage image = VhdxImage.of(sample, folder);
    byte[] clean = Files.readAllBytes(image.file());
    ByteBuffer table = image.read(BAT, 4096);
    image
        .withLogGuid()
        .log(0, new VhdxLogEntry(8, 0, image.size()).data(BAT, VhdxImage.bytes(table)).build())
        .log(8192, new VhdxLogEntry(9, 0, image.size()).zero(BAT + 4096, 4096).build());
    byte[] logged = Files.readAllBytes(image.file());
    int[] places = {
      0,
      HEADER_1,
      HEADER_2,
      REGIONS,
      REGIONS + 65536,
      LOG,
      LOG + 4096,
      LOG + 8192,
      METADATA,
      METADATA + 65536,
      BAT
    };
    int[] lengths = {16, 80, 80, 90, 90, 160, 32, 160, 200, 44, 40};
    for (byte[] seed : new byte[][] {clean, logged}) {
      byte[] damaged = seed.clone();
      refused = 0;
      for (int i = 0; i < ROUNDS / 2; i++) {
        int size = random.nextInt(40) == 0 ? random.nextInt(seed.length) : seed.length;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          int place = random.nextInt(places.length);
          damage(damaged, places[place] + random.nextInt(lengths[place]));
        }
        if (random.nextInt(4) > 0) {
          seal(damaged);
        }
        read(damaged, size, DiskFormat.VHDX);
        for (int place : places) {
          System.arraycopy(seed, place, damaged, place, 4096);
        }
      }
      assertThat(refused).isGreaterThan(ROUNDS / 20);
    }
  }

  @Test
  void xvaReaderSurvivesDamage() throws IOException {
    byte[] chunk = Sample.text(1);
    byte[] seed =
        new XvaBuilder()
            .ova("Ref:4", 5 * 65536 + 512)
            .chunk("Ref:4", 0, chunk)
            .chunk("Ref:4", 1, new byte[0])
            .chunk("Ref:4", 3, chunk)
            .chunk("Ref:4", 5, Arrays.copyOf(chunk, 65536))
            .chunk("Ref:4", 6, Arrays.copyOf(chunk, 512))
            .end();
    int[] headers = headersOf(seed);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = seed.clone();
      int size = random.nextInt(20) == 0 ? random.nextInt(seed.length) : seed.length;
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        int header = headers[random.nextInt(headers.length)];
        int at = header + random.nextInt(random.nextBoolean() ? 160 : 900);
        if (random.nextBoolean() && at < header + 512) {
          damaged[at] = (byte) ('0' + random.nextInt(10));
        } else {
          damage(damaged, at);
        }
        sum(damaged, header);
      }
      read(damaged, size, DiskFormat.XVA);
    }
    assertThat(refused).isGreaterThan(ROUNDS / 10);
  }

  private void read(byte[] bytes, int size, DiskFormat format) {
    long start = System.nanoTime();
    try {
      DiskSource source = DiskSource.channel("damaged", new MemoryChannel(bytes, size)).as(format);
      String unused = DiskImages.contentDigest(source);
    } catch (IntermodalException e) {
      refused++;
      assertThat(e).hasMessageContaining("damaged");
    }
    assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(20_000_000_000L);
  }

  private void damage(byte[] bytes, int at) {
    int place = Math.min(at, bytes.length - 8);
    switch (random.nextInt(4)) {
      case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[place] = (byte) random.nextInt();
      case 2 ->
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(place & -8, TELLING[random.nextInt(TELLING.length)]);
      default ->
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(place & -4, (int) TELLING[random.nextInt(TELLING.length)]);
    }
  }

  private static void seal(byte[] image) {
    seal(image, HEADER_1, 4096);
    seal(image, HEADER_2, 4096);
    seal(image, REGIONS, 65536);
    seal(image, REGIONS + 65536, 65536);
    seal(image, LOG, 8192);
    seal(image, LOG + 8192, 4096);
  }

  private static void seal(byte[] image, int at, int length) {
    ByteBuffer fields = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, 0);
    CRC32C crc = new CRC32C();
    crc.update(image, at, length);
    fields.putInt(at + 4, (int) crc.getValue());
  }

  private static int[] headersOf(byte[] archive) {
    int[] found = new int[20];
    int n = 0;
    for (int at = 0; archive[at] != 0; ) {
      found[n++] = at;
      at +=
          512
              + (Integer.parseInt(new String(archive, at + 124, 11, StandardCharsets.US_ASCII), 8)
                      + 511)
                  / 512
                  * 512;
    }
    return Arrays.copyOf(found, n);
  }

  private static void sum(byte[] archive, int header) {
    Arrays.fill(archive, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = header; i < header + 512; i++) {
      sum += archive[i] & 0xFF;
    }
    byte[] octal = String.format("%06o\0", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, archive, header + 148, octal.length);
  }
}
