package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_MONOLITHIC_SPARSE;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sparse extent that is not compressed, read and written. */
class VmdkSparseTest {

  @TempDir Path folder;

  static Stream<Sample> samples() {
    return Stream.concat(Sample.tiny().stream(), Stream.of(21L, 22L, 23L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsContent(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    Path vmdk = folder.resolve("w.vmdk");
    CopyResult there = copy(DiskSource.file(raw).as(RAW), vmdk, VMDK_MONOLITHIC_SPARSE);
    assertThat(there.notes()).isEmpty();
    assertThat(DiskImages.detect(DiskSource.file(vmdk))).isEqualTo(VMDK_MONOLITHIC_SPARSE);
    Path back = folder.resolve("back.raw");
    CopyResult result = copy(DiskSource.file(vmdk), back, RAW);
    assertThat(result.notes()).isEmpty();
    assertThat(result.contentDigest()).isEqualTo(there.contentDigest());
    assertThat(Files.mismatch(raw, back)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"512", "65024", "2147483136", "2147484160", "4831838720", "2199023255040"})
  void carriesOddSizes(long size) throws IOException {
    Sample sample = Sample.of("odd", size).with(0, Sample.text(1));
    long last = (size - 1) / Sample.BLOCK;
    sample.with(last, Sample.noise(2)).with(last / 2, Sample.text(3));
    DiskSource source = DiskSource.file(Files.write(folder.resolve("s.vmdk"), sample.vmdk()));
    Path vmdk = folder.resolve("w.vmdk");
    CopyResult there = copy(source, vmdk, VMDK_MONOLITHIC_SPARSE);
    assertThat(DiskImages.info(DiskSource.file(vmdk)).virtualSizeBytes()).isEqualTo(size);
    assertThat(DiskImages.contentDigest(DiskSource.file(vmdk)))
        .isEqualTo(there.contentDigest().orElseThrow());
  }

  @Test
  void digestsTheFileAsItIsStored() throws Exception {
    byte[] image = new SparseVmdk(16, 200).grain(4, Arrays.copyOf(Sample.noise(1), 8192)).bytes(0);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
    CopyResult result =
        DiskCopy.from(image(image))
            .to(DiskTarget.file(folder.resolve("d.raw")), RAW)
            .expectDigest("SHA-256", sha256)
            .run();
    assertThat(result.sourceDigests()).containsEntry("SHA-256", sha256);
  }

  @Test
  void refusesDisksThatSectorNumbersCannotReach() {
    assertThatFails(
        () ->
            DiskImages.writeBlank(
                DiskTarget.file(folder.resolve("b.vmdk")), VMDK_MONOLITHIC_SPARSE, 1L << 41),
        DiskError.TOO_LARGE,
        "2 TiB less one sector");
    assertThat(folder.resolve("b.vmdk")).doesNotExist();
  }

  @Property(tries = 40)
  void readsGrainsOfAnySizeInAnyOrder(
      @ForAll @IntRange(min = 3, max = 12) int power,
      @ForAll @IntRange(min = 1, max = 9000) int capacity,
      @ForAll @Size(max = 12) int[] writes,
      @ForAll long seed)
      throws IOException {
    int grain = 1 << power;
    int grains = (capacity + grain - 1) / grain;
    SparseVmdk image = new SparseVmdk(grain, capacity);
    Random random = new Random(seed);
    for (int write : writes) {
      byte[] bytes = new byte[grain * 512];
      random.nextBytes(bytes);
      image.grain(Math.floorMod(write, grains), bytes);
    }
    if (random.nextBoolean()) {
      image.withoutRedundantTables();
    }
    Path work = Files.createTempDirectory("vmdk-sparse");
    Path vmdk = Files.write(work.resolve("x.vmdk"), image.bytes(seed));
    Path raw = work.resolve("x.raw");
    try {
      copy(DiskSource.file(vmdk), raw, RAW);
      assertThat(Files.readAllBytes(raw)).isEqualTo(image.content());
    } finally {
      Files.deleteIfExists(raw);
      Files.delete(vmdk);
      Files.delete(work);
    }
  }

  @Property(tries = 25)
  void readsBackWhatAnyWritesLeave(
      @ForAll @IntRange(min = 1, max = 6000) int sectors, @ForAll @Size(max = 20) long[] writes)
      throws IOException {
    byte[] model = new byte[sectors * 512];
    for (long write : writes) {
      Random random = new Random(write);
      int at = random.nextInt(model.length);
      byte[] bytes = new byte[Math.min(1 + random.nextInt(200_000), model.length - at)];
      if (random.nextInt(3) > 0) {
        random.nextBytes(bytes);
      }
      System.arraycopy(bytes, 0, model, at, bytes.length);
    }
    Path work = Files.createTempDirectory("vmdk-model");
    Path raw = Files.write(work.resolve("m.raw"), model);
    Path vmdk = work.resolve("m.vmdk");
    Path back = work.resolve("b.raw");
    try {
      copy(DiskSource.file(raw).as(RAW), vmdk, VMDK_MONOLITHIC_SPARSE);
      copy(DiskSource.file(vmdk), back, RAW);
      assertThat(Files.readAllBytes(back)).isEqualTo(model);
    } finally {
      Files.deleteIfExists(back);
      Files.deleteIfExists(vmdk);
      Files.delete(raw);
      Files.delete(work);
    }
  }

  @Test
  void writesTheAdapterThatWasChosen() throws IOException {
    Path raw = Sample.of("a", 3L << 30).raw(folder);
    for (String[] row :
        new String[][] {
          {"ide", "ide", "6241", "16"},
          {"buslogic", "buslogic", "391", "255"},
          {"legacyESX", "legacyESX", "391", "255"},
          {"pvscsi", "lsilogic", "391", "255"}
        }) {
      Path vmdk = folder.resolve(row[0] + ".vmdk");
      CopyResult result =
          DiskCopy.from(DiskSource.file(raw).as(RAW))
              .to(DiskTarget.file(vmdk), VMDK_MONOLITHIC_SPARSE)
              .options(ImageOptions.none().withAdapterType(row[0]))
              .run();
      assertThat(result.notes()).hasSize(row[0].equals("pvscsi") ? 1 : 0);
      assertThat(DiskImages.info(DiskSource.file(vmdk)).details())
          .containsEntry("ddb.adaptertype", row[1]);
      String text =
          new String(Files.newInputStream(vmdk).readNBytes(4096), StandardCharsets.ISO_8859_1);
      assertThat(text)
          .contains("geometry.cylinders = \"" + row[2] + '"', "heads = \"" + row[3] + '"');
    }
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(raw).as(RAW))
                .to(DiskTarget.file(folder.resolve("n")), VMDK_MONOLITHIC_SPARSE)
                .options(ImageOptions.none().withAdapterType("nvme"))
                .run(),
        DiskError.OPTION_UNSUPPORTED,
        "choose ide, lsilogic");
    assertThat(folder.resolve("n")).doesNotExist();
  }

  @Test
  void readsEntriesForZeros() throws IOException {
    SparseVmdk image =
        new SparseVmdk(16, 200).grain(1, Arrays.copyOf(Sample.noise(1), 8192)).zero(0).zero(5);
    Path back = folder.resolve("z.raw");
    CopyResult result = copy(image(image.bytes(0)), back, RAW);
    assertThat(result.notes()).isEmpty();
    assertThat(Files.readAllBytes(back)).isEqualTo(image.content());
  }

  @Test
  void notesRedundantTablesThatDiffer() throws IOException {
    SparseVmdk image = new SparseVmdk(16, 200).grain(1, new byte[8192]).grain(2, new byte[8192]);
    byte[] bytes = image.bytes(0);
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int copy = image.firstTable() + 5 * 512;
    assertThat(b.getInt(copy + 4)).isNotZero();
    b.putInt(copy + 4, 0);
    b.put(72, (byte) 1);
    CopyResult result = copy(image(bytes), folder.resolve("d.raw"), RAW);
    assertThat(result.notes())
        .hasSize(2)
        .anyMatch(note -> note.contains("redundant tables differ from the grain tables in 1"))
        .anyMatch(note -> note.contains("not closed cleanly"));
  }

  @Test
  void notesRedundantTablesThatAreNowhere() throws IOException {
    byte[] bytes = new SparseVmdk(16, 200).grain(1, new byte[8192]).bytes(0);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(48, Long.MAX_VALUE);
    CopyResult result = copy(image(bytes), folder.resolve("d.raw"), RAW);
    assertThat(result.notes()).singleElement().asString().contains("redundant tables differ");
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, FEATURE_UNSUPPORTED, version 4",
    "8, 0x10003, FEATURE_UNSUPPORTED, compressed grains without markers",
    "8, 0x20003, FEATURE_UNSUPPORTED, markers before grains",
    "16, 0x7fffffff, TOO_LARGE, over the cap of 64 TiB",
    "20, 12, DAMAGED, no power of 2",
    "20, 4, DAMAGED, no power of 2",
    "28, 0, DAMAGED, descriptor does not lie before",
    "36, 0, FORMAT_UNSUPPORTED, one extent of a disk",
    "44, 256, DAMAGED, 256 entries per grain table",
    "56, 0x7fffffff, DAMAGED, the grain directory cannot be at sector",
    "56, 0, DAMAGED, the grain directory cannot be at sector 0",
    "64, 0, DAMAGED, the first grain cannot be at sector 0",
    "73, 0x0a0a200a, DAMAGED, moved as text",
    "10752, 0x7fffffff, DAMAGED, a grain table cannot be at byte",
    "10752, 1, DAMAGED, a grain table cannot be at byte 512",
    "11264, 0x7fffffff, TRUNCATED, grain at byte",
    "11264, 1, DAMAGED, among the tables",
    "11268, 31, DAMAGED, belongs to another entry",
  })
  void refusesWhatCannotBe(int at, String value, DiskError code, String reason) throws IOException {
    byte[] bytes =
        new SparseVmdk(16, 200).grain(0, new byte[8192]).grain(3, new byte[8192]).bytes(0);
    int first = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(11264);
    int number = value.equals("31") ? first : Integer.decode(value);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
    assertThatFails(
        () -> DiskImages.contentDigest(image(bytes).as(VMDK_MONOLITHIC_SPARSE)), code, reason);
  }

  @Test
  void refusesTablesThatMakeASmallFileLarge() throws IOException {
    // All directory entries name one table: its grain would appear in each 4 MiB of the disk.
    SparseVmdk image = new SparseVmdk(16, 8192 * 60).grain(0, new byte[8192]);
    byte[] bytes = image.bytes(0);
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int table = b.getInt(21 * 512);
    for (int i = 0; i < 60; i++) {
      b.putInt(21 * 512 + i * 4, table);
    }
    assertThatFails(
        () -> DiskImages.contentDigest(image(bytes)),
        DiskError.DAMAGED,
        "belongs to another entry");
  }

  @Test
  void refusesPartsOfDisksAndStreams() throws IOException {
    String parts =
        "# Disk DescriptorFile\ncreateType=x\nRW 100 SPARSE \"a\"\nRW 100 SPARSE \"b\"\n";
    byte[] several = new SparseVmdk(16, 200).descriptor(parts).bytes(0);
    assertThatFails(
        () -> DiskImages.info(image(several)), DiskError.FEATURE_UNSUPPORTED, "names 2 of them");
    byte[] one = new SparseVmdk(16, 200).bytes(0);
    assertThatFails(
        () ->
            DiskImages.info(
                DiskSource.vmdkStream("s", new ByteArrayInputStream(one))
                    .as(VMDK_MONOLITHIC_SPARSE)),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot be read from a stream");
    assertThatFails(
        () -> copyTo(image(one), DiskTarget.stream("out", new ByteArrayOutputStream())),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot go to a stream");
    byte[] delta =
        new SparseVmdk(16, 200)
            .descriptor("# Disk DescriptorFile\ncreateType=x\nparentCID=11112222\n")
            .bytes(0);
    assertThatFails(
        () -> DiskImages.info(image(delta)), DiskError.REFERS_TO_ANOTHER_FILE, "delta on a parent");
  }

  @Test
  void notesACapacityThatTheDescriptorDenies() throws IOException {
    byte[] bytes =
        new SparseVmdk(16, 200)
            .descriptor("# Disk DescriptorFile\ncreateType=x\nRW 100 SPARSE \"a=b c\"\n")
            .bytes(0);
    CopyResult result = copy(image(bytes), folder.resolve("c.raw"), RAW);
    assertThat(result.notes()).singleElement().asString().contains("says 100 sectors, the header");
    assertThat(result.virtualSizeBytes()).isEqualTo(200 * 512);
  }

  private DiskSource image(byte[] bytes) throws IOException {
    return DiskSource.file(Files.write(folder.resolve("image.vmdk"), bytes));
  }

  private static void copyTo(DiskSource source, DiskTarget target) {
    DiskCopy.from(source).to(target, VMDK_MONOLITHIC_SPARSE).run();
  }

  static CopyResult copy(DiskSource source, Path to, DiskFormat format) {
    return DiskCopy.from(source).to(DiskTarget.replacing(to), format).run();
  }
}
