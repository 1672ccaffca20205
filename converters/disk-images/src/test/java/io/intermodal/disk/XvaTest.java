package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.XVA;
import static io.intermodal.disk.Failures.assertThatFails;
import static io.intermodal.disk.XvaBuilder.MIB;
import static io.intermodal.disk.XvaBuilder.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.CommonError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XVA comes and goes as it was, and what is wrong with one is said. */
class XvaTest {

  @TempDir Path folder;

  private DiskSource file(byte[] bytes) throws IOException {
    return DiskSource.file(Files.write(folder.resolve("export.xva"), bytes));
  }

  private byte[] raw(DiskSource source) throws IOException {
    Path out = folder.resolve("out.raw");
    DiskCopy.from(source).to(DiskTarget.replacing(out), RAW).run();
    return Files.readAllBytes(out);
  }

  /** Makes a disk of parts: a number of bytes, and what they are filled with. */
  private static byte[] disk(int... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i += 2) {
      out.writeBytes(filled(parts[i], parts[i + 1]));
    }
    return out.toByteArray();
  }

  static Stream<Sample> samples() {
    return Stream.concat(
        Sample.tiny().stream().filter(s -> s.size() < 100 << 20),
        Stream.of(1L, 2L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void carriesASampleThereAndBackInWholeMebibytes(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    Path xva = folder.resolve("a.xva");
    CopyResult there =
        DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(xva), XVA).run();
    int whole = (int) ((sample.size() + MIB - 1) / MIB) * MIB;
    assertThat(there.virtualSizeBytes()).isEqualTo(whole);
    assertThat(raw(DiskSource.file(xva))).isEqualTo(Arrays.copyOf(sample.bytes(), whole));

    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    CopyResult result =
        DiskCopy.from(DiskSource.file(raw).as(RAW))
            .to(DiskTarget.stream("a.xva", stream), XVA)
            .digestTarget("SHA-256")
            .run();
    assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(xva));
    assertThat(result.bytesWritten()).isEqualTo(stream.size());
    assertThat(raw(DiskSource.xvaStream("s", new ByteArrayInputStream(stream.toByteArray()))))
        .isEqualTo(Arrays.copyOf(sample.bytes(), whole));
    // A reader that shares no code with ours.
    assertThat(XvaReReader.read(stream.toByteArray(), "Ref:3", whole))
        .isEqualTo(Arrays.copyOf(sample.bytes(), whole));
  }

  @Property(tries = 10)
  void anyChunksReadBack(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    int first = 512 * (1 + random.nextInt(2048));
    int size = first * (1 + random.nextInt(12)) + (random.nextBoolean() ? 512 : 0);
    byte[] expected = new byte[size];
    XvaBuilder archive = new XvaBuilder().ova("Ref:7", size);
    int number = 0;
    for (int at = 0; at < size; at += first) {
      int n = Math.min(first, size - at);
      boolean ends = at == 0 || at + n >= size;
      if (!ends && random.nextInt(3) == 0) {
        archive.chunk("Ref:7", number++, new byte[0]);
      }
      if (ends || random.nextBoolean()) {
        byte[] chunk = new byte[n];
        random.nextBytes(chunk);
        System.arraycopy(chunk, 0, expected, at, n);
        archive.chunk("Ref:7", number, chunk);
      }
      number++;
    }
    byte[] bytes = archive.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DiskCopy.from(DiskSource.xvaStream("s", new ByteArrayInputStream(bytes)))
        .to(DiskTarget.stream("o", out), RAW)
        .run();
    assertThat(out.toByteArray()).isEqualTo(expected);
    assertThat(XvaReReader.read(bytes, "Ref:7", size)).isEqualTo(expected);
  }

  @Test
  void takesNoNumberForAPlace() throws IOException {
    byte[] one = filled(MIB, 1);
    byte[] two = filled(MIB, 2);
    byte[] three = filled(MIB, 3);
    byte[] archive =
        new XvaBuilder()
            .ova("Ref:4", 6 * MIB)
            .chunk("Ref:4", 0, one)
            .chunk("Ref:4", 1, new byte[0])
            .chunk("Ref:4", 3, two)
            .chunk("Ref:4", 4, new byte[0])
            .chunk("Ref:4", 5, new byte[0])
            .chunk("Ref:4", 8, three)
            .end();
    assertThat(raw(file(archive))).isEqualTo(disk(MIB, 1, MIB, 0, MIB, 2, 2 * MIB, 0, MIB, 3));
  }

  @Test
  void acceptsAShortLastChunkAndOneThatIsPadded() throws IOException {
    int size = MIB + 700;
    byte[] expected = Arrays.copyOf(disk(MIB, 1, 700, 2), MIB + 1024);
    XvaBuilder small = new XvaBuilder().ova("Ref:4", size).chunk("Ref:4", 0, filled(MIB, 1));
    assertThat(raw(file(small.chunk("Ref:4", 1, filled(700, 2)).end()))).isEqualTo(expected);
    byte[] padded = Arrays.copyOf(filled(700, 2), MIB);
    XvaBuilder large = new XvaBuilder().ova("Ref:4", size).chunk("Ref:4", 0, filled(MIB, 1));
    assertThat(raw(file(large.chunk("Ref:4", 1, padded).end()))).isEqualTo(expected);
    padded[700] = 1;
    XvaBuilder wrong = new XvaBuilder().ova("Ref:4", size).chunk("Ref:4", 0, filled(MIB, 1));
    DiskSource source = file(wrong.chunk("Ref:4", 1, padded).end());
    assertThatFails(
        () -> DiskImages.contentDigest(source), DiskError.DAMAGED, "behind the end of the disk");
  }

  /** The first chunk of the first disk says how long chunks are, for other disks as well. */
  @Test
  void readsEachOfSeveralDisks() throws IOException {
    byte[] archive =
        new XvaBuilder()
            .ova("Ref:2", 3 * MIB, "Ref:10", 300 * 1024, "Ref:9", MIB)
            .chunk("Ref:10", 0, filled(100 * 1024, 1))
            .chunk("Ref:10", 2, filled(100 * 1024, 2))
            .chunk("Ref:2", 0, filled(MIB, 3))
            .chunk("Ref:2", 11, filled(MIB, 4))
            .chunk("Ref:2", 12, filled(24 * 1024, 5))
            .end();
    XvaArchive xva = XvaArchive.open(file(archive));
    assertThat(xva.disks())
        .containsExactly(
            new XvaDisk("Ref:10", "disk <Ref:10>", 300 * 1024),
            new XvaDisk("Ref:2", "disk <Ref:2>", 3 * MIB));
    assertThat(raw(xva.disk("Ref:10"))).isEqualTo(disk(102400, 1, 102400, 0, 102400, 2));
    assertThat(raw(xva.disk("Ref:2")))
        .isEqualTo(disk(MIB, 3, 10 * 102400, 0, MIB, 4, 24 * 1024, 5));
    assertThat(xva.ovaXml()).startsWith("<value><struct>");
    assertThatFails(
        () -> xva.disk("Ref:9"), DiskError.FORMAT_UNSUPPORTED, "its disks are Ref:10, Ref:2");
    assertThatFails(
        () -> DiskImages.info(file(archive)),
        DiskError.FORMAT_UNSUPPORTED,
        "name one of them: Ref:10 (disk <Ref:10>), Ref:2 (disk <Ref:2>)");
    CopyResult digested =
        DiskCopy.from(xva.disk("Ref:2"))
            .digestSource("SHA-256")
            .to(DiskTarget.file(folder.resolve("digested.raw")), RAW)
            .run();
    assertThat(digested.sourceDigests().get("SHA-256")).hasSize(64);
    assertThat(DiskImages.info(xva.disk("Ref:2")).details()).containsEntry("reference", "Ref:2");
  }

  @Test
  void readsWhatWasGzippedAndNamesZstd() throws IOException {
    byte[] plain =
        new XvaBuilder()
            .ova("Ref:4", 2 * MIB)
            .chunk("Ref:4", 0, filled(MIB, 1))
            .chunk("Ref:4", 1, filled(MIB, 2))
            .end();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      // Two members of gzip in a row are one file.
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(plain, i * plain.length / 2, plain.length / 2);
      }
    }
    byte[] bytes = packed.toByteArray();
    assertThat(raw(DiskSource.xvaStream("s", new ByteArrayInputStream(bytes))))
        .isEqualTo(disk(MIB, 1, MIB, 2));
    assertThat(raw(file(bytes).as(XVA))).isEqualTo(disk(MIB, 1, MIB, 2));
    assertThatFails(
        () -> XvaArchive.open(file(bytes)), DiskError.FORMAT_UNSUPPORTED, "with gzip; unpack");
    DiskSource cut = file(Arrays.copyOf(bytes, bytes.length / 3)).as(XVA);
    assertThatFails(() -> DiskImages.contentDigest(cut), DiskError.TRUNCATED, "gzip");
    bytes[bytes.length / 2] ^= 64;
    DiskSource damaged = file(bytes).as(XVA);
    assertThatThrownBy(() -> DiskImages.contentDigest(damaged))
        .isInstanceOf(io.intermodal.IntermodalException.class);
    byte[] zstd = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0};
    assertThatFails(
        () -> DiskImages.info(file(zstd).as(XVA)), DiskError.FEATURE_UNSUPPORTED, "zstd -d");
  }

  @Test
  void noticesDamageByTheChecksums() throws IOException {
    byte[] ours = new byte[3 * MIB];
    new Random(1).nextBytes(ours);
    Path raw = Files.write(folder.resolve("r.raw"), ours);
    Path xva = folder.resolve("d.xva");
    DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(xva), XVA).run();
    byte[] bytes = Files.readAllBytes(xva);
    bytes[bytes.length - 3000] ^= 1;
    DiskSource source = file(bytes);
    assertThatFails(
        () -> DiskImages.contentDigest(source),
        DiskError.DAMAGED,
        "chunk Ref:3/00000002: its content does not have its checksum");
    XvaBuilder sha1 = new XvaBuilder().ova("Ref:4", MIB).member("Ref:4/00000000", ours2());
    sha1.member("Ref:4/00000000.checksum", XvaBuilder.sha1(new byte[1]));
    DiskSource wrong = file(sha1.end());
    assertThatFails(
        () -> DiskImages.contentDigest(wrong), DiskError.DAMAGED, "does not have its checksum");
  }

  private static byte[] ours2() {
    return filled(MIB, 9);
  }

  private void refused(XvaBuilder archive, DiskError code, String reason) throws IOException {
    byte[] bytes = archive.end();
    DiskSource fromFile = file(bytes).as(XVA);
    assertThatFails(() -> DiskImages.contentDigest(fromFile), code, reason);
  }

  private static XvaBuilder started() {
    return new XvaBuilder().ova("Ref:4", 3 * MIB).chunk("Ref:4", 0, filled(MIB, 1));
  }

  @Test
  void refusesWhatContradictsTheFormat() throws IOException {
    byte[] full = filled(MIB, 2);
    refused(started(), DiskError.TRUNCATED, "data of the disk Ref:4 from its byte 1048576");
    refused(started().chunk("Ref:4", 0, full), DiskError.DAMAGED, "it comes behind the chunk 0");
    refused(started().chunk("Ref:4", 9, full), DiskError.DAMAGED, "behind the end of the disk");
    refused(started().chunk("Ref:4", 1, filled(MIB + 1, 1)), DiskError.DAMAGED, "at most 1 MiB");
    refused(started().member("Ref:4/00000001", full), DiskError.TRUNCATED, "checksum of the chunk");
    refused(
        started().member("Ref:4/00000001", full).member("Ref:4/00000002", full),
        DiskError.DAMAGED,
        "its checksum does not follow it");
    refused(started().member("Ref:4/00000001", full, '5'), DiskError.DAMAGED, "member of type 5");
    refused(started().member("readme", full), DiskError.DAMAGED, "no data behind its byte");
    refused(
        new XvaBuilder().ova("Ref:4", MIB).chunk("Ref:4", 0, new byte[0]),
        DiskError.DAMAGED,
        "the first chunk of all");
    refused(
        started().chunk("Ref:4", 2, full).chunk("Ref:4", 3, full),
        DiskError.FORMAT_UNSUPPORTED,
        "behind the end of the disk");
    refused(
        new XvaBuilder()
            .ova("Ref:4", MIB, "Ref:5", MIB)
            .chunk("Ref:4", 0, full)
            .chunk("Ref:5", 0, full)
            .chunk("Ref:4", 1, full),
        DiskError.DAMAGED,
        "in two places");
  }

  @Test
  void refusesDescriptionsThatAreNone() throws IOException {
    refused(new XvaBuilder().ova(), DiskError.FORMAT_UNSUPPORTED, "holds no disk");
    refused(new XvaBuilder().ova("Ref:4", MIB), DiskError.FORMAT_UNSUPPORTED, "holds no disk");
    refused(new XvaBuilder().ova("Ref:4", "many"), DiskError.DAMAGED, "has no virtual_size");
    refused(new XvaBuilder().ova("a b", 1), DiskError.DAMAGED, "no usable reference");
    refused(new XvaBuilder().ova("Ref:4", 1L << 50), DiskError.TOO_LARGE, "64 TiB");
    refused(new XvaBuilder().ova("Ref:4", 1, "Ref:4", 1), DiskError.DAMAGED, "two disks");
    refused(
        new XvaBuilder().member("ova.xml", text("<value><struct/></value>")),
        DiskError.DAMAGED,
        "no version or no objects");
    refused(
        new XvaBuilder().member("ova.xml", text(XvaBuilder.ovaXml("1", ""))),
        DiskError.FEATURE_UNSUPPORTED,
        "export of version 1");
    refused(new XvaBuilder().member("other", new byte[9]), DiskError.DAMAGED, "no export");
    DiskSource doctype =
        file(new XvaBuilder().member("ova.xml", text("<!DOCTYPE a><value/>")).end());
    assertThatFails(() -> DiskImages.info(doctype), CommonError.XML_FORBIDDEN, "DOCTYPE");
    byte[] huge = new XvaBuilder().member("ova.xml", new byte[1]).end();
    System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, huge, 124, 11);
    DiskSource source = file(huge);
    assertThatFails(() -> DiskImages.info(source), DiskError.DAMAGED, "its checksum is wrong");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aStreamOfSeveralDisksIsRefusedBeforeAnythingIsWritten() {
    byte[] archive = new XvaBuilder().ova("Ref:4", MIB, "Ref:5", MIB).withoutEnd();
    DiskSource source = DiskSource.xvaStream("s", new ByteArrayInputStream(archive));
    assertThatFails(
        () -> DiskImages.info(source), DiskError.FORMAT_UNSUPPORTED, "name one of them: Ref:4");
  }

  @Test
  void saysWhatItPassedOver() throws IOException {
    byte[] archive =
        new XvaBuilder()
            .ova("Ref:4", MIB)
            .chunk("Ref:4", 0, filled(MIB, 1))
            .member("blob", new byte[700])
            .withoutEnd();
    CopyResult result =
        DiskCopy.from(file(archive))
            .digestSource("SHA-1")
            .to(DiskTarget.file(folder.resolve("n.raw")), RAW)
            .run();
    assertThat(result.notes())
        .containsExactly(
            "1 members behind the disk were passed over", "the archive has no mark of its end");
    assertThat(result.sourceDigests().get("SHA-1"))
        .isEqualTo(new String(XvaBuilder.sha1(archive), StandardCharsets.US_ASCII));
  }

  @Test
  void writesSeveralDisksAroundADescription() throws IOException {
    Sample one = Sample.of("one", 3L * MIB).with(20, Sample.noise(1));
    Sample two = Sample.random(5);
    long whole = (two.size() + MIB - 1) / MIB * MIB;
    String ova = XvaBuilder.ovaXml("Ref:2", 3 * MIB, "Ref:10", whole);
    Path first = Files.move(one.raw(folder), folder.resolve("one.raw"));
    Path second = two.raw(folder);
    for (XvaChecksum checksum : XvaChecksum.values()) {
      Path out = folder.resolve(checksum + ".xva");
      Map<String, CopyResult> results =
          XvaWriter.to(DiskTarget.file(out), ova)
              .disk("Ref:2", DiskSource.file(first).as(RAW))
              .disk("Ref:10", DiskSource.file(second).as(RAW))
              .checksum(checksum)
              .run();
      assertThat(results.keySet()).containsExactly("Ref:10", "Ref:2");
      XvaArchive xva = XvaArchive.open(DiskSource.file(out));
      assertThat(xva.ovaXml()).isEqualTo(ova);
      assertThat(raw(xva.disk("Ref:2"))).isEqualTo(one.bytes());
      assertThat(raw(xva.disk("Ref:10"))).isEqualTo(Arrays.copyOf(two.bytes(), (int) whole));
      assertThat(XvaReReader.read(Files.readAllBytes(out), "Ref:2", 3 * MIB))
          .isEqualTo(one.bytes());
    }
    XvaWriter wrong =
        XvaWriter.to(DiskTarget.file(folder.resolve("w.xva")), XvaBuilder.ovaXml("Ref:2", 2 * MIB))
            .disk("Ref:2", DiskSource.file(first).as(RAW));
    assertThatFails(wrong::run, DiskError.OPTION_UNSUPPORTED, "set its virtual_size");
    assertThat(folder.resolve("w.xva")).doesNotExist();
    assertThatThrownBy(() -> wrong.disk("Ref:9", DiskSource.file(first)))
        .hasMessageContaining("describes no disk Ref:9");
  }

  @Test
  void describesTheMachineByTheNameOfTheFile() throws IOException {
    Path raw = Sample.tiny().get(1).raw(folder);
    Path xva = folder.resolve("a <b> & \u00e9.xva");
    DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(xva), XVA).run();
    XvaArchive archive = XvaArchive.open(DiskSource.file(xva));
    assertThat(archive.disks()).isEqualTo(List.of(new XvaDisk("Ref:3", "a <b> & \u00e9", MIB)));
    assertThat(archive.ovaXml())
        .contains("<name>export_vsn</name><value>2</value>")
        .contains("<name>HVM_boot_policy</name><value>BIOS order</value>");
  }

  @Test
  void holdsLargeSparseDisks() throws IOException {
    Sample sample =
        Sample.of("5 GiB", 5L << 30).with(0, Sample.text(1)).with(70_000, Sample.noise(2));
    Path xva = SparseImage.write(sample, XVA, ImageOptions.none(), folder.resolve("l.xva"));
    assertThat(Files.size(xva)).isLessThan(4 * MIB);
    assertThat(DiskImages.contentDigest(DiskSource.file(xva)))
        .isEqualTo(SparseImage.digest(sample, folder));
  }
}
