package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VHD_DYNAMIC;
import static io.intermodal.disk.DiskFormat.VHD_FIXED;
import static io.intermodal.disk.Failures.assertThatFails;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a VHD is said, with the reason. */
class VhdRefusalTest {

  private static final int MIB = 1 << 20;
  private static final int HEADER = 512;
  private static final int TABLE = 1536;

  @TempDir Path folder;

  /** 8 MiB in four blocks, of which the first, second and last are stored. */
  private ByteBuffer dynamic = ByteBuffer.allocate(0);

  private ByteBuffer fixed = ByteBuffer.allocate(0);

  @BeforeEach
  void makeImages() throws IOException {
    Sample sample =
        Sample.of("m", 8 * MIB)
            .with(0, Sample.text(1))
            .with(40, Sample.noise(2))
            .with(127, Sample.text(3));
    Path raw = sample.raw(folder);
    dynamic = image(raw, VHD_DYNAMIC);
    fixed = image(raw, VHD_FIXED);
  }

  private ByteBuffer image(Path raw, DiskFormat format) throws IOException {
    Path to = folder.resolve(format.id());
    DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(to), format).run();
    return ByteBuffer.wrap(Files.readAllBytes(to));
  }

  private static int end(ByteBuffer image) {
    return image.capacity() - 512;
  }

  private void assertRefused(ByteBuffer image, DiskFormat format, DiskError code, String reason)
      throws IOException {
    byte[] bytes = new byte[image.capacity()];
    image.get(0, bytes);
    Path file = Files.write(folder.resolve("damaged.vhd"), bytes);
    assertThatFails(() -> DiskImages.contentDigest(DiskSource.file(file).as(format)), code, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, DAMAGED, does not start with conectix",
    "12, 0x00020000, FEATURE_UNSUPPORTED, version 2 of the format",
    "48, -1, TOO_LARGE, the cap is 64 TiB",
    "48, 0x10000, TOO_LARGE, the cap is 64 TiB",
    "52, 0x700001, DAMAGED, 'a size of 7340033 bytes is not in whole sectors'",
    "52, 0x900000, TRUNCATED, 'the disk has 9437184 bytes, in front of the footer are only'",
    "60, 3, FORMAT_UNSUPPORTED, 'it is a dynamic VHD, not a fixed one'",
    "60, 5, FEATURE_UNSUPPORTED, disk type 5",
    "60, -1, FEATURE_UNSUPPORTED, disk type 4294967295"
  })
  void refusesFootersOfFixedDisks(int at, String value, DiskError code, String reason)
      throws IOException {
    fixed.putInt(end(fixed) + at, Long.decode(value).intValue());
    VhdBytes.sum(fixed, end(fixed), 512, 64);
    assertRefused(fixed, VHD_FIXED, code, reason);
  }

  @Test
  void refusesWrongChecksums() throws IOException {
    fixed.put(end(fixed) + 30, (byte) 1);
    assertRefused(fixed, VHD_FIXED, DiskError.DAMAGED, "VHD footer: its checksum is wrong");
    dynamic.put(HEADER + 1000, (byte) 1);
    assertRefused(dynamic, VHD_DYNAMIC, DiskError.DAMAGED, "VHD header: its checksum is wrong");
    dynamic.put(30, (byte) 1).put(end(dynamic) + 30, (byte) 1);
    assertRefused(dynamic, VHD_DYNAMIC, DiskError.DAMAGED, "VHD footer: its checksum is wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "16, -1, DAMAGED, cannot be at byte 18446744",
    "20, 0x7fffffff, DAMAGED, cannot be at byte 2147483647",
    "20, 1536, DAMAGED, does not start with cxsparse",
    "60, 2, FORMAT_UNSUPPORTED, 'it is a fixed VHD, not a dynamic one'",
    "60, 4, FORMAT_UNSUPPORTED, 'it is a differencing VHD, not a dynamic one'",
    "52, 0x900000, DAMAGED, a table of 4 blocks is too small"
  })
  void refusesFootersOfDynamicDisks(int at, String value, DiskError code, String reason)
      throws IOException {
    for (int footer : new int[] {0, end(dynamic)}) {
      dynamic.putInt(footer + at, Long.decode(value).intValue());
      VhdBytes.sum(dynamic, footer, 512, 64);
    }
    assertRefused(dynamic, VHD_DYNAMIC, code, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "16, -1, DAMAGED, a table of 4 blocks cannot be at byte",
    "20, 0x7ffffff0, DAMAGED, a table of 4 blocks cannot be at byte",
    "20, 100, DAMAGED, a table of 4 blocks cannot be at byte 100",
    "20, 1000, DAMAGED, the table at byte 1000 lies on the header",
    "24, 0x00020000, FEATURE_UNSUPPORTED, version 2",
    "28, 3, DAMAGED, a table of 3 blocks is too small",
    "32, 0, FEATURE_UNSUPPORTED, blocks of 0 bytes",
    "32, 4096, FEATURE_UNSUPPORTED, blocks of 4096 bytes",
    "32, 0x180000, FEATURE_UNSUPPORTED, blocks of 1572864 bytes",
    "32, 0x80000000, FEATURE_UNSUPPORTED, blocks of 2147483648 bytes",
    "32, 0x80000, DAMAGED, a table of 4 blocks is too small"
  })
  void refusesHeaders(int at, String value, DiskError code, String reason) throws IOException {
    dynamic.putInt(HEADER + at, Long.decode(value).intValue());
    VhdBytes.sum(dynamic, HEADER, 1024, 36);
    assertRefused(dynamic, VHD_DYNAMIC, code, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, DAMAGED, 'entry 0: a block cannot be at byte 0'",
    "0, 2, DAMAGED, 'entry 0: a block cannot be at byte 1024'",
    "0, 3, DAMAGED, 'entry 0: a block cannot be at byte 1536'",
    "3, 0x7fffffff, TRUNCATED, block at byte 1099511627264",
    "3, 0xfffffffe, TRUNCATED, block at byte 2199023254528"
  })
  void refusesEntriesOfTheTable(int entry, String sector, DiskError code, String reason)
      throws IOException {
    dynamic.putInt(TABLE + 4 * entry, Long.decode(sector).intValue());
    assertRefused(dynamic, VHD_DYNAMIC, code, reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, -1})
  void refusesBlocksThatOverlap(int shift) throws IOException {
    int first = dynamic.getInt(TABLE);
    dynamic.putInt(TABLE + 4, first + shift);
    assertRefused(dynamic, VHD_DYNAMIC, DiskError.DAMAGED, shift < 0 ? "entry" : "lies on another");
  }

  @Test
  void refusesABlockThatLiesOnTheFooter() throws IOException {
    dynamic.putInt(TABLE + 12, dynamic.getInt(TABLE + 12) + 1);
    assertRefused(dynamic, VHD_DYNAMIC, DiskError.DAMAGED, "entry 3: a block cannot be at byte");
  }

  @Test
  void refusesTruncation() throws IOException {
    for (int length : List.of(0, 1, 511)) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(dynamic.array(), length));
      assertRefused(cut, VHD_DYNAMIC, DiskError.TRUNCATED, "VHD footer");
      assertRefused(cut, VHD_FIXED, DiskError.TRUNCATED, "VHD footer");
    }
    for (int length : List.of(512, 1024)) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(dynamic.array(), length));
      assertRefused(cut, VHD_DYNAMIC, DiskError.DAMAGED, "the header of a dynamic disk cannot be");
    }
    ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(dynamic.array(), 3 * MIB));
    assertRefused(cut, VHD_DYNAMIC, DiskError.TRUNCATED, "block at byte");
    ByteBuffer data = ByteBuffer.wrap(Arrays.copyOf(fixed.array(), 3 * MIB));
    assertRefused(data, VHD_FIXED, DiskError.DAMAGED, "does not start with conectix");
  }

  @Test
  void refusesWhatAStreamCannotDo() {
    assertThatFails(
        () ->
            DiskImages.info(
                DiskSource.rawStream("s", InputStream.nullInputStream(), 4096).as(VHD_DYNAMIC)),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot be read from a stream");
    assertThatFails(
        () ->
            DiskImages.info(
                DiskSource.vmdkStream("s", InputStream.nullInputStream()).as(VHD_FIXED)),
        DiskError.FORMAT_UNSUPPORTED,
        "must come with its length");
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(folder.resolve("sample.raw")).as(RAW))
                .to(DiskTarget.stream("out", new ByteArrayOutputStream()), VHD_DYNAMIC)
                .run(),
        DiskError.FORMAT_UNSUPPORTED,
        "choose a fixed one");
  }
}
