package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VHDX;
import static io.intermodal.disk.Failures.assertThatFails;
import static io.intermodal.disk.VhdxImage.BAT;
import static io.intermodal.disk.VhdxImage.HEADER_1;
import static io.intermodal.disk.VhdxImage.HEADER_2;
import static io.intermodal.disk.VhdxImage.LOG;
import static io.intermodal.disk.VhdxImage.METADATA;
import static io.intermodal.disk.VhdxImage.MIB;
import static io.intermodal.disk.VhdxImage.PAYLOAD;
import static io.intermodal.disk.VhdxImage.REGIONS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VHDX comes and goes as it was, and what is wrong with one is said. */
class VhdxTest {

  private static final int ITEMS = METADATA + 65536;

  @TempDir Path folder;

  private final Sample small =
      Sample.of("small", 6L * MIB)
          .with(0, Sample.text(1))
          .with(17, Sample.noise(2))
          .with(95, Sample.text(3));

  static Stream<Sample> samples() {
    return Stream.concat(Sample.tiny().stream(), Stream.of(1L, 2L, 3L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void carriesASampleThereAndBack(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    Path vhdx = folder.resolve("a.vhdx");
    CopyResult there =
        DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(vhdx), VHDX).run();
    Path back = folder.resolve("back.raw");
    CopyResult result =
        DiskCopy.from(DiskSource.file(vhdx))
            .digestSource("SHA-256")
            .to(DiskTarget.file(back), RAW)
            .run();
    assertThat(Files.mismatch(raw, back)).isEqualTo(-1);
    assertThat(result.contentDigest()).isEqualTo(there.contentDigest());
    assertThat(result.notes()).isEmpty();
    assertThat(DiskImages.info(DiskSource.file(vhdx)).virtualSizeBytes()).isEqualTo(sample.size());
  }

  @Property(tries = 10)
  void anyWritesReadBack(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    long size = 512L * (1 + random.nextInt(100_000));
    Sample sample = Sample.of("any", size);
    for (int n = random.nextInt(20); n > 0; n--) {
      sample.with(random.nextLong((size + 65535) / 65536), Sample.text(random.nextInt()));
    }
    Path own = Files.createTempDirectory("vhdx");
    try {
      VhdxImage image = VhdxImage.of(sample, own, MIB << random.nextInt(5));
      assertThat(image.digest()).isEqualTo(SparseImage.digest(sample, own));
    } finally {
      try (Stream<Path> files = Files.list(own)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(own);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {512, 65536 - 512, (1L << 31) - 512, (1L << 31) + 512, 5L << 30, 3L << 40})
  void holdsOddAndLargeSizes(long size) throws IOException {
    Sample sample = Sample.of("odd", size).with((size - 1) / 65536, Sample.text(1));
    if (size > 65536) {
      sample.with(0, Sample.noise(2)).with(size / 65536 / 2, Sample.text(3));
    }
    for (int block : new int[] {MIB, 32 * MIB, 256 * MIB}) {
      VhdxImage image = VhdxImage.of(sample, folder, block);
      assertThat(image.digest()).isEqualTo(SparseImage.digest(sample, folder));
    }
  }

  @Test
  void writesTheLargestBlankDiskAtOnce() throws IOException {
    Path vhdx = folder.resolve("blank.vhdx");
    assertThat(DiskImages.writeBlank(DiskTarget.file(vhdx), VHDX, 64L << 40)).isEqualTo(64L << 40);
    assertThat(DiskImages.info(DiskSource.file(vhdx)).virtualSizeBytes()).isEqualTo(64L << 40);
    assertThat(Files.size(vhdx)).isLessThan(24L * MIB);
    assertThat(DiskImages.contentDigest(DiskSource.file(vhdx))).hasSize(64);
  }

  @Test
  void sameSettingsGiveTheSameBytesAndAnotherSeedOthers() throws IOException {
    byte[] first = Files.readAllBytes(VhdxImage.of(small, folder).file());
    assertThat(Files.readAllBytes(VhdxImage.of(small, folder).file())).isEqualTo(first);
    Path other = folder.resolve("other.vhdx");
    DiskCopy.from(DiskSource.file(folder.resolve("image.vhdx")))
        .seed(7)
        .to(DiskTarget.file(other), VHDX)
        .run();
    VhdxImage image = new VhdxImage(folder.resolve("image.vhdx"));
    assertThat(new VhdxImage(other).read(HEADER_1 + 16, 32))
        .isNotEqualTo(image.read(HEADER_1 + 16, 32));
  }

  @Test
  void tellsWhatTheHeaderSays() {
    VhdxImage image = VhdxImage.of(small, folder);
    assertThat(DiskImages.detect(image.source())).isEqualTo(VHDX);
    assertThat(DiskImages.info(image.source()).details())
        .containsEntry("type", "dynamic")
        .containsEntry("blockBytes", "1048576")
        .containsEntry("logicalSectorBytes", "512")
        .containsEntry("physicalSectorBytes", "4096")
        .containsEntry("replayedLogEntries", "0");
  }

  @Test
  void eitherHeaderAndEitherRegionTableWillDo() {
    VhdxImage image = VhdxImage.of(small, folder);
    String digest = image.digest();
    // The second header has the higher sequence number; without it the first one counts.
    image.putLong(HEADER_1 + 72, 999L * MIB).seal();
    assertThat(image.digest()).isEqualTo(digest);
    image.putInt(HEADER_1 + 4, 0);
    assertThat(image.digest()).isEqualTo(digest);
    image.putInt(REGIONS + 4, 0);
    assertThat(image.digest()).isEqualTo(digest);
    image.putInt(REGIONS + 65536 + 4, 0);
    assertThatFails(image::digest, DiskError.DAMAGED, "region tables");
    image.putInt(HEADER_2 + 4, 0);
    assertThatFails(image::digest, DiskError.DAMAGED, "neither of the two has the right checksum");
  }

  @Test
  void refusesHeadersOfOneNumberThatDiffer() {
    VhdxImage image = VhdxImage.of(small, folder);
    image.putLong(HEADER_1 + 8, 2).putLong(HEADER_1 + 16, 99).seal();
    assertThatFails(image::digest, DiskError.DAMAGED, "sequence number 2 and they differ");
  }

  @ParameterizedTest
  @CsvSource({
    "66, 2, FEATURE_UNSUPPORTED, version 2",
    "68, 4096, DAMAGED, whole MiB",
    "68, 0x40000000, TRUNCATED, log",
    "73, 1, DAMAGED, whole MiB",
    "77, 0x7f, TRUNCATED, log",
  })
  void refusesHeaders(int at, String value, DiskError code, String reason) {
    VhdxImage image = VhdxImage.of(small, folder);
    for (int header : new int[] {HEADER_1, HEADER_2}) {
      if (at == 68) {
        image.putInt(header + at, Integer.decode(value));
      } else {
        image.putBytes(header + at, Integer.decode(value).byteValue());
      }
    }
    assertThatFails(image.seal()::digest, code, reason);
  }

  /** The first entry of the table is the BAT's, the second the metadata's. */
  @ParameterizedTest
  @CsvSource({
    "8, 3000, DAMAGED, room for 2047",
    "8, 1, DAMAGED, no region for the metadata",
    "16, 1, FEATURE_UNSUPPORTED, unknown region",
    "32, 0x80000, DAMAGED, whole MiB",
    "32, 0x40000000, TRUNCATED, region",
    "40, 0, DAMAGED, cannot be 0 bytes",
    "64, 0x300000, DAMAGED, metadata",
    "64, 0x100000, DAMAGED, metadata",
  })
  void refusesRegionTables(int at, String value, DiskError code, String reason) {
    VhdxImage image = VhdxImage.of(small, folder);
    image.putInt(REGIONS + at, Integer.decode(value));
    image.putInt(REGIONS + 65536 + at, Integer.decode(value));
    assertThatFails(image.seal()::digest, code, reason);
  }

  @Test
  void refusesRegionsThatOverlap() {
    VhdxImage image = VhdxImage.of(small, folder);
    for (int table : new int[] {REGIONS, REGIONS + 65536}) {
      image.putInt(table + 16 + 24, 2 * MIB);
      image.putInt(table + 16 + 16, METADATA - MIB);
    }
    assertThatFails(image.seal()::digest, DiskError.DAMAGED, "belongs to something else already");
  }

  /** Entries of 32 bytes: parameters, size, logical and physical sector, identity. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, DAMAGED, does not say metadata",
    "10, 3000, DAMAGED, room for 2047",
    "10, 4, DAMAGED, virtual disk id is missing",
    "32, 1, FEATURE_UNSUPPORTED, unknown item",
    "48, 100, DAMAGED, cannot be 8 bytes at byte 100",
    "52, 0x7fffffff, DAMAGED, of the region",
    "52, 4, DAMAGED, 'it has 4 bytes, the file parameters take 8'",
    "80, 0x10004, DAMAGED, overlaps",
    "65536, 0x300000, DAMAGED, cannot have 3145728 bytes",
    "65536, 0x20000000, DAMAGED, cannot have 536870912 bytes",
    "65544, 1000, DAMAGED, no whole sectors",
    "65550, 0x7fff, TOO_LARGE, 64 TiB",
    "65552, 513, DAMAGED, logical sector size of 513",
    "65556, 0, DAMAGED, physical sector size of 0",
    "65548, 1, DAMAGED, entries of 8",
  })
  void refusesMetadata(int at, String value, DiskError code, String reason) {
    VhdxImage image = VhdxImage.of(small, folder);
    int number = Integer.decode(value);
    if (at == 10 || at == 65550) {
      image.putBytes(METADATA + at, (byte) number, (byte) (number >> 8));
    } else {
      image.putInt(METADATA + at, number);
    }
    if (at == 65548) {
      // 4 GiB and more in one table: 131,073 entries are more than 1 MiB holds.
      image.putInt(METADATA + at, 64);
    }
    assertThatFails(image::digest, code, reason);
  }

  @Test
  void passesOverUnknownItemsThatAreNotRequired() {
    VhdxImage image = VhdxImage.of(small, folder);
    String digest = image.digest();
    image.putBytes(METADATA + 10, (byte) 6);
    image.putInt(METADATA + 32 + 5 * 32, 77).putInt(METADATA + 32 + 5 * 32 + 24, 3);
    assertThat(image.digest()).isEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource({
    "0x400004, DAMAGED, no state 4",
    "0x400007, DAMAGED, partly in a parent",
    "0x000006, DAMAGED, cannot be at MiB 0",
    "0x100006, DAMAGED, belongs to something else",
    "0x300006, DAMAGED, belongs to something else",
    "0x500006, DAMAGED, belongs to something else",
    "0x70000006, TRUNCATED, block 0",
    "0x7fffffffff700006, DAMAGED, cannot be at MiB",
  })
  void refusesBlocks(String entry, DiskError code, String reason) {
    VhdxImage image = VhdxImage.of(small, folder);
    image.putLong(BAT, Long.decode(entry));
    assertThatFails(image::digest, code, reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5})
  void readsBlocksThatAreNotStoredAsZeros(int state) throws IOException {
    VhdxImage image = VhdxImage.of(small, folder);
    image.putLong(BAT, state);
    Path out = folder.resolve("out.raw");
    DiskCopy.from(image.source()).to(DiskTarget.file(out), RAW).run();
    byte[] expected = small.bytes();
    Arrays.fill(expected, 0, MIB, (byte) 0);
    assertThat(Files.readAllBytes(out)).isEqualTo(expected);
  }

  @Test
  void passesOverGarbledEntriesOfSectorBitmaps() {
    Sample sample = Sample.of("5 GiB", 5L << 30).with(70_000, Sample.text(1));
    VhdxImage image = VhdxImage.of(sample, folder);
    String digest = image.digest();
    image.putLong(BAT + 4096 * 8, 0x123456);
    assertThat(image.digest()).isEqualTo(digest);
  }

  @Test
  void readsSectorsOf4096Bytes() {
    // With them a bitmap covers eight times as much: its first entry moves away.
    Sample sample = Sample.of("5 GiB", 5L << 30).with(70_000, Sample.text(1));
    VhdxImage image = VhdxImage.of(sample, folder);
    String digest = image.digest();
    ByteBuffer behind = image.read(BAT + 4097 * 8, 1024 * 8);
    image.write(BAT + 4096 * 8, behind).putInt(ITEMS + 16, 4096);
    assertThat(image.digest()).isEqualTo(digest);
    assertThat(DiskImages.info(image.source()).details())
        .containsEntry("logicalSectorBytes", "4096");
  }

  @Test
  void refusesADifferencingDiskAndNamesItsParent() {
    VhdxImage image = VhdxImage.of(small, folder);
    image.putInt(ITEMS + 4, 2);
    assertThatFails(
        image::digest, DiskError.REFERS_TO_ANOTHER_FILE, "a disk that it does not name");
    ByteBuffer locator = VhdxImage.little(400);
    locator.putShort(18, (short) 2);
    pair(locator, 0, "relative_path", "..\\base.vhdx", 100);
    pair(locator, 1, "absolute_win32_path", "C:\\disks\\ba\nse.vhdx", 220);
    image.write(METADATA + 70_000, locator);
    image.putBytes(METADATA + 10, (byte) 6);
    int entry = METADATA + 32 + 5 * 32;
    image.putBytes(entry, HexFormat.of().parseHex("2d5fd3a80bb34d45abf7d3d84834ab0c"));
    image.putInt(entry + 16, 70_000).putInt(entry + 20, 400).putInt(entry + 24, 4);
    assertThatFails(
        image::digest, DiskError.REFERS_TO_ANOTHER_FILE, "based on C:\\disks\\ba?se.vhdx,");
  }

  private static void pair(ByteBuffer locator, int number, String key, String value, int at) {
    byte[] name = key.getBytes(StandardCharsets.UTF_16LE);
    byte[] text = value.getBytes(StandardCharsets.UTF_16LE);
    int entry = 20 + number * 12;
    locator.putInt(entry, at).putInt(entry + 4, at + name.length);
    locator.putShort(entry + 8, (short) name.length).putShort(entry + 10, (short) text.length);
    locator.put(at, name).put(at + name.length, text);
  }

  @Test
  void refusesTruncation() throws IOException {
    byte[] all = Files.readAllBytes(VhdxImage.of(small, folder).file());
    for (int length : new int[] {8, 65536, 200_000, MIB, LOG + MIB, BAT, PAYLOAD, all.length - 1}) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(all, length));
      assertThatFails(
          () -> DiskImages.contentDigest(DiskSource.file(cut)), DiskError.TRUNCATED, "at byte");
    }
  }

  @Test
  void refusesStreamsAndOptionsItCannotObey() throws IOException {
    DiskSource stream = DiskSource.vmdkStream("s", new ByteArrayInputStream(new byte[9])).as(VHDX);
    assertThatFails(
        () -> DiskImages.info(stream),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot be read from a stream");
    DiskSource raw = DiskSource.file(small.raw(folder)).as(RAW);
    assertThatFails(
        () ->
            DiskCopy.from(raw).to(DiskTarget.stream("o", new ByteArrayOutputStream()), VHDX).run(),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot go to a stream");
    assertThatFails(
        () ->
            DiskCopy.from(raw)
                .to(DiskTarget.file(folder.resolve("x")), VHDX)
                .options(ImageOptions.none().withClusterBytes(65536))
                .run(),
        DiskError.OPTION_UNSUPPORTED,
        "1 to 256 MiB");
  }
}
