package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_MONOLITHIC_FLAT;
import static io.intermodal.disk.DiskFormat.VMDK_TWO_GB_FLAT;
import static io.intermodal.disk.DiskFormat.VMDK_TWO_GB_SPARSE;
import static io.intermodal.disk.DiskFormat.VMDK_VMFS;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.CommonError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Disks whose descriptor is a file of its own, with extents beside it. */
class VmdkDescriptorTest {

  @TempDir Path folder;

  static Stream<Sample> samples() {
    return Stream.concat(Sample.tiny().stream(), Stream.of(51L, 52L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsContent(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    for (DiskFormat format : List.of(VMDK_MONOLITHIC_FLAT, VMDK_VMFS)) {
      Path vmdk = folder.resolve(format + ".vmdk");
      CopyResult there = VmdkSparseTest.copy(DiskSource.file(raw).as(RAW), vmdk, format);
      assertThat(there.notes()).isEmpty();
      assertThat(Files.mismatch(raw, folder.resolve(format + "-flat.vmdk"))).isEqualTo(-1);
      assertThat(there.bytesWritten()).isGreaterThan(Files.size(vmdk));
      DiskInfo info = DiskImages.info(DiskSource.file(vmdk));
      assertThat(info.format()).isEqualTo(format);
      assertThat(info.storedBytes()).isEqualTo(Files.size(vmdk) + sample.size());
      Path back = folder.resolve("back.raw");
      CopyResult result = VmdkSparseTest.copy(DiskSource.file(vmdk), back, RAW);
      assertThat(result.notes()).isEmpty();
      assertThat(result.contentDigest()).isEqualTo(there.contentDigest());
      assertThat(Files.mismatch(raw, back)).isEqualTo(-1);
    }
  }

  @Test
  void carriesMoreThanTwoTebibytes() throws IOException {
    long size = (2L << 40) + 512;
    Path vmdk = folder.resolve("large.vmdk");
    assertThat(DiskImages.writeBlank(DiskTarget.file(vmdk), VMDK_VMFS, size)).isEqualTo(size);
    assertThat(DiskImages.info(DiskSource.file(vmdk)).virtualSizeBytes()).isEqualTo(size);
    assertThat(Files.readString(vmdk)).contains("RW 4294967297 VMFS \"large-flat.vmdk\"\n");
  }

  @Test
  void joinsExtentsOfEachKind() throws IOException {
    byte[] flat = Arrays.copyOf(Sample.noise(1), 40 * 512);
    Files.write(folder.resolve("my flat=1.vmdk"), flat);
    SparseVmdk sparse = new SparseVmdk(8, 30).grain(1, Arrays.copyOf(Sample.noise(2), 4096));
    Files.write(folder.resolve("s.vmdk"), sparse.descriptor("").bytes(0));
    DiskSource source =
        descriptor(
            """
            # Disk DescriptorFile
            version = 1
            CID = 01020304
            createType = "twoGbMaxExtentSparse"
            RW 10 FLAT "my flat=1.vmdk" 5
            RW 7 ZERO
            rw 25 sparse s.vmdk
            NOACCESS 3 FLAT "nowhere.vmdk" 0
            RDONLY 20 VMFS "my flat=1.vmdk" 15
            """);
    Path raw = folder.resolve("joined.raw");
    CopyResult result = VmdkSparseTest.copy(source, raw, RAW);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.write(flat, 5 * 512, 10 * 512);
    expected.write(new byte[7 * 512]);
    expected.write(sparse.content(), 0, 25 * 512);
    expected.write(new byte[3 * 512]);
    expected.write(flat, 15 * 512, 20 * 512);
    assertThat(Files.readAllBytes(raw)).isEqualTo(expected.toByteArray());
    assertThat(result.sourceFormat()).isEqualTo(VMDK_TWO_GB_SPARSE);
    assertThat(result.notes()).singleElement().asString().contains("3 sectors", "NOACCESS");
  }

  @Test
  void readsNamesInTheCharsetOfTheHostThatWroteThem() throws IOException {
    Files.write(folder.resolve("größe.vmdk"), Sample.text(1));
    String text = flat("encoding=\"windows-1252\"\nRW 128 FLAT \"größe.vmdk\" 0");
    Path vmdk = folder.resolve("w.vmdk");
    Files.write(vmdk, text.getBytes(Charset.forName("windows-1252")));
    assertThat(DiskImages.info(DiskSource.file(vmdk)).virtualSizeBytes()).isEqualTo(65536);
    Files.write(vmdk, text.replace("windows-1252", "no such").getBytes(StandardCharsets.UTF_8));
    assertThat(DiskImages.info(DiskSource.file(vmdk)).virtualSizeBytes()).isEqualTo(65536);
  }

  @ParameterizedTest
  @CsvSource({
    "2GbMaxExtentFlat, vmdk-twoGbMaxExtentFlat",
    "twoGbMaxExtentSparse, vmdk-twoGbMaxExtentSparse",
    "VMFS, vmdk-vmfs",
    "monolithicFlat, vmdk-monolithicFlat"
  })
  void tellsTheTypeOfADescriptor(String type, String format) throws IOException {
    DiskSource source = descriptor("# disk descriptorfile\r\ncreateType = " + type + "\r\n");
    assertThat(DiskImages.detect(source).id()).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "vmfsSparse, consolidate the machine's snapshots",
    "seSparse, of type sesparse",
    "vmfsRawDeviceMap, let its host convert",
    "custom, of type custom",
    "streamOptimized, name the extent that it lists"
  })
  void saysWhatToDoWithOtherDescriptors(String type, String advice) throws IOException {
    DiskSource source = descriptor("# Disk DescriptorFile\ncreateType=\"" + type + "\"\n");
    assertThatFails(() -> DiskImages.detect(source), DiskError.FORMAT_UNSUPPORTED, advice);
  }

  @ParameterizedTest
  @CsvSource({
    "RW 10 FLAT \"/etc/passwd\" 0, REFERS_TO_ANOTHER_FILE, data in /etc/passwd",
    "RW 10 FLAT \"../x.vmdk\" 0, REFERS_TO_ANOTHER_FILE, only the plain name",
    "RW 10 FLAT \"..\" 0, REFERS_TO_ANOTHER_FILE, only the plain name",
    "RW 10 FLAT \"a\\b.vmdk\" 0, REFERS_TO_ANOTHER_FILE, only the plain name",
    "RW 10 FLAT \"link.vmdk\" 0, REFERS_TO_ANOTHER_FILE, only the plain name",
    "RW 10 FLAT \"folder\" 0, REFERS_TO_ANOTHER_FILE, only the plain name",
    "RW 1 FLAT \"image.vmdk\" 0, REFERS_TO_ANOTHER_FILE, only the plain name",
    "RW 10 FLAT \"gone.vmdk\" 0, TRUNCATED, not beside it",
    "RW 10 FLAT \"\" 0, REFERS_TO_ANOTHER_FILE, only the plain name",
    "RW 10 FLAT, DAMAGED, names no file",
    "RW 200 FLAT \"f.vmdk\" 0, TRUNCATED, extent of 200 sectors",
    "RW 10 FLAT \"f.vmdk\" 119, TRUNCATED, extent of 10 sectors",
    "RW 10 FLAT \"f.vmdk\" 999999999999999999, TRUNCATED, extent of 10 sectors",
    "RW 10 FLAT \"f.vmdk\" 9999999999999999999, DAMAGED, none or too large",
    "RW 10 FLAT \"f.vmdk\" -1, DAMAGED, none or too large",
    "RW 10 FLAT \"f.vmdk 0, DAMAGED, quote is not closed",
    "RW 10 FLAT \"f.vmdk\" 0 0, DAMAGED, access; sectors; type",
    "RW 10, DAMAGED, access; sectors; type",
    "RW 10 SPARSE \"f.vmdk\", DAMAGED, does not start with KDMV",
    "RW 10 SPARSE \"s.vmdk\" 3, DAMAGED, no offset",
    "RW 31 SPARSE \"s.vmdk\", DAMAGED, its disk wants 31",
    "RW 10 SPARSE \"stream.vmdk\", FORMAT_UNSUPPORTED, streamOptimized",
    "RW 10 VMFSSPARSE \"s.vmdk\", FEATURE_UNSUPPORTED, type VMFSSPARSE is the changes",
    "RW 10 SESPARSE \"s.vmdk\", FEATURE_UNSUPPORTED, type SESPARSE is the changes",
    "RW 10 VMFSRDM \"s.vmdk\", FEATURE_UNSUPPORTED, raw device",
    "RW 10 OTHER \"s.vmdk\", FEATURE_UNSUPPORTED, type OTHER",
    "RW 999999999999999 ZERO, TOO_LARGE, cap of 64 TiB",
    "parentCID=01020304, REFERS_TO_ANOTHER_FILE, delta on a parent",
    "nothing, DAMAGED, names no extent",
  })
  void refusesExtents(String line, DiskError code, String reason) throws IOException {
    Files.write(folder.resolve("f.vmdk"), Sample.text(1));
    Files.write(folder.resolve("s.vmdk"), new SparseVmdk(8, 30).bytes(0));
    Files.write(
        folder.resolve("stream.vmdk"), Sample.of("s", 1 << 20).with(1, Sample.text(1)).vmdk());
    Files.createDirectory(folder.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link.vmdk"), folder.resolve("f.vmdk"));
    DiskSource source = descriptor(flat(line));
    assertThatFails(() -> DiskImages.contentDigest(source), code, reason.replace(";", ","));
  }

  @Test
  void followsNoPathBehindALineSeparator() throws IOException {
    Files.write(folder.resolve("secret"), Sample.text(1));
    Path inner = Files.createDirectory(folder.resolve("inner"));
    for (String folderName : new String[] {"\u2028", "\u0085"}) {
      Files.createDirectory(inner.resolve(folderName));
      Path vmdk =
          Files.writeString(
              inner.resolve("i.vmdk"), flat("RW 1 FLAT \"" + folderName + "/../../secret\" 0"));
      assertThatFails(
          () -> DiskImages.info(DiskSource.file(vmdk)),
          DiskError.REFERS_TO_ANOTHER_FILE,
          "only the plain name");
    }
  }

  @Test
  void refusesExtentsThatOverlap() throws IOException {
    Files.write(folder.resolve("f.vmdk"), Sample.text(1));
    Files.write(folder.resolve("s.vmdk"), new SparseVmdk(8, 30).bytes(0));
    for (String lines :
        new String[] {
          "RW 10 FLAT \"f.vmdk\" 0\nRW 10 FLAT \"f.vmdk\" 9",
          "RW 10 FLAT \"f.vmdk\" 20\nRW 30 FLAT \"f.vmdk\" 0",
          "RW 10 SPARSE \"s.vmdk\"\nRW 10 SPARSE \"s.vmdk\"",
        }) {
      DiskSource source = descriptor(flat(lines));
      assertThatFails(() -> DiskImages.info(source), DiskError.DAMAGED, "two extents overlap");
    }
  }

  @Test
  void boundsWhatADescriptorMayHold() throws IOException {
    DiskSource many = descriptor(flat("RW 1 ZERO\n".repeat(2049)));
    assertThatFails(() -> DiskImages.info(many), DiskError.DAMAGED, "2049 extents, the cap");
    DiskSource lines = descriptor(flat("\n".repeat(20_000)));
    assertThatFails(() -> DiskImages.info(lines), DiskError.DAMAGED, "over 16384 lines");
    DiskSource large = descriptor(flat("#" + "x".repeat(1 << 20)));
    assertThatFails(() -> DiskImages.info(large), DiskError.DAMAGED, "over 1 MiB long");
  }

  @Test
  void refusesDescriptorsThatAreNotFilesOfAFolder() throws IOException {
    Path inside = folder.resolve("a.ova");
    byte[] text = flat("RW 1 FLAT \"f.vmdk\" 0").getBytes(StandardCharsets.UTF_8);
    Files.write(inside, Arrays.copyOf(text, 4096));
    DiskSource member = DiskSource.range("member", new ByteRange(inside, 0, text.length));
    assertThatFails(
        () -> DiskImages.info(member), DiskError.FORMAT_UNSUPPORTED, "unpack all of them");
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(Sample.of("x", 512).raw(folder)).as(RAW))
                .to(DiskTarget.stream("out", new ByteArrayOutputStream()), VMDK_MONOLITHIC_FLAT)
                .run(),
        DiskError.FORMAT_UNSUPPORTED,
        "in a second file");
  }

  @Test
  void leavesNothingOfTwoFilesWhenOneIsThere() throws IOException {
    Path raw = Sample.random(5).raw(folder);
    Path flat = Files.writeString(folder.resolve("a-flat.vmdk"), "mine");
    Path vmdk = folder.resolve("a.vmdk");
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(raw).as(RAW))
                .to(DiskTarget.file(vmdk), VMDK_MONOLITHIC_FLAT)
                .run(),
        CommonError.FILE_EXISTS,
        "a-flat.vmdk");
    assertThat(vmdk).doesNotExist();
    assertThat(flat).hasContent("mine");
  }

  @Test
  void namesFilesSoThatTheyCanBeFound() throws IOException {
    Path raw = Sample.random(6).raw(folder);
    for (String name : new String[] {"Ünï 12:30 \"x\".VMDK", "x".repeat(250), "-a=b,c.vmdk"}) {
      Path vmdk = folder.resolve(name);
      VmdkSparseTest.copy(DiskSource.file(raw).as(RAW), vmdk, VMDK_MONOLITHIC_FLAT);
      assertThat(DiskImages.contentDigest(DiskSource.file(vmdk)))
          .isEqualTo(DiskImages.contentDigest(DiskSource.file(raw).as(RAW)));
    }
  }

  @Test
  void saysThatADigestIsOfTheDescriptorOnly() throws IOException {
    Files.write(folder.resolve("f.vmdk"), Sample.text(1));
    CopyResult result =
        DiskCopy.from(descriptor(flat("RW 128 FLAT \"f.vmdk\" 0")))
            .to(DiskTarget.file(folder.resolve("o.raw")), RAW)
            .digestSource("SHA-256")
            .run();
    assertThat(result.notes())
        .containsExactly("the digest of the source is that of its descriptor, not of its extents");
  }

  @Test
  void readsButDoesNotWriteSplitDisks() {
    for (DiskFormat format : List.of(VMDK_TWO_GB_FLAT, VMDK_TWO_GB_SPARSE)) {
      assertThat(DiskImages.readableFormats()).contains(format);
      assertThat(DiskImages.writableFormats()).doesNotContain(format);
    }
  }

  private static String flat(String lines) {
    return "# Disk DescriptorFile\nversion=1\ncreateType=\"monolithicFlat\"\n" + lines + "\n";
  }

  private DiskSource descriptor(String text) throws IOException {
    return DiskSource.file(Files.writeString(folder.resolve("image.vmdk"), text));
  }
}
