package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VHD_DYNAMIC;
import static io.intermodal.disk.DiskFormat.VHD_FIXED;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VHD, fixed and dynamic: what is written, what is read, and how exactly sizes are kept. */
@Timeout(120)
class VhdTest {

  private static final ImageOptions SMALL_BLOCKS = ImageOptions.none().withClusterBytes(512 << 10);
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  @TempDir Path folder;

  /** Without the one of 600 MiB: larger sizes have a test of their own. */
  static Stream<Sample> samples() {
    Stream<Sample> tiny = Sample.tiny().stream().filter(s -> s.size() < 100 * MIB);
    return Stream.concat(tiny, Stream.of(21L, 22L, 23L).map(Sample::random));
  }

  private static DiskSource raw(Path file) {
    return DiskSource.file(file).as(RAW);
  }

  private Path copy(DiskSource source, String name, DiskFormat format) {
    return copy(source, name, format, ImageOptions.none());
  }

  private Path copy(DiskSource source, String name, DiskFormat format, ImageOptions options) {
    Path to = folder.resolve(name);
    CopyResult result =
        DiskCopy.from(source).to(DiskTarget.replacing(to), format).options(options).run();
    assertThat(result.notes()).isEmpty();
    return to;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsContentAndSize(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    String digest = DiskImages.contentDigest(raw(raw));
    for (Path vhd :
        List.of(
            copy(raw(raw), "fixed", VHD_FIXED),
            copy(raw(raw), "dynamic", VHD_DYNAMIC),
            copy(raw(raw), "small", VHD_DYNAMIC, SMALL_BLOCKS))) {
      DiskFormat format = vhd.endsWith("fixed") ? DiskFormat.VHD_FIXED : DiskFormat.VHD_DYNAMIC;
      assertThat(DiskImages.detect(DiskSource.file(vhd))).isEqualTo(format);
      assertThat(DiskImages.info(DiskSource.file(vhd)).virtualSizeBytes()).isEqualTo(sample.size());
      assertThat(DiskImages.contentDigest(DiskSource.file(vhd))).isEqualTo(digest);
      Path back = copy(DiskSource.file(vhd), "back.raw", RAW);
      assertThat(Files.mismatch(back, raw)).isEqualTo(-1);
      Path packed = copy(DiskSource.file(vhd), "packed.vmdk", VMDK_STREAM_OPTIMIZED);
      Path again = copy(DiskSource.file(packed), "again", format);
      assertThat(DiskImages.contentDigest(DiskSource.file(again))).isEqualTo(digest);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void qemuAndOthersReadWhatWeWrite(Sample sample) throws IOException {
    Qemu.require();
    Vhdi.require();
    Path raw = sample.raw(folder);
    Path fixed = copy(raw(raw), "fixed.vhd", VHD_FIXED);
    Path dynamic = copy(raw(raw), "dynamic.vhd", VHD_DYNAMIC);
    Path small = copy(raw(raw), "small.vhd", VHD_DYNAMIC, SMALL_BLOCKS);
    for (Path vhd : List.of(fixed, dynamic, small)) {
      Qemu.same("raw", raw, "vpc", vhd);
      assertThat(Qemu.sizes("vpc", vhd)[0]).isEqualTo(sample.size());
      assertThat(Vhdi.info(vhd))
          .contains("(" + sample.size() + " bytes)")
          .contains(vhd.equals(fixed) ? "Fixed" : "Dynamic");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void takesNoMoreSpaceThanQemu(Sample sample) throws IOException {
    Qemu.require();
    Path raw = sample.raw(folder);
    for (DiskFormat format : List.of(VHD_FIXED, VHD_DYNAMIC)) {
      Path ours = copy(raw(raw), "ours", format);
      Path theirs = folder.resolve("theirs");
      Qemu.convert(
          "force_size=on,subformat=" + (format.equals(VHD_FIXED) ? "fixed" : "dynamic"),
          raw,
          "vpc",
          theirs);
      long most = Qemu.sizes("vpc", theirs)[1];
      // Data on 4 KiB costs a page per block more than data behind one bitmap.
      assertThat((double) Qemu.sizes("vpc", ours)[1]).isLessThanOrEqualTo(most * 1.02 + 64 * 1024);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void vhdLibReadsWhatWeWrite(Sample sample) throws IOException {
    Node.require("vhd-lib");
    Path raw = sample.raw(folder);
    for (ImageOptions options : List.of(ImageOptions.none(), SMALL_BLOCKS)) {
      Path vhd = copy(raw(raw), "d.vhd", VHD_DYNAMIC, options);
      Path back = folder.resolve("by-vhd-lib.raw");
      Files.deleteIfExists(back);
      int block = options.clusterBytes().orElse(2 << 20);
      assertThat(Node.run("vhd-to-raw.js", vhd.toString(), back.toString()))
          .isEqualToIgnoringNewLines(sample.size() + " bytes, blocks of " + block + ", type 3");
      assertThat(Files.mismatch(back, raw)).isEqualTo(-1);
    }
  }

  @Test
  void vhdLibSeesTheSameDamage() throws IOException {
    Node.require("vhd-lib");
    Path vhd = copy(raw(Sample.random(3).raw(folder)), "d.vhd", VHD_DYNAMIC);
    byte[] bytes = Files.readAllBytes(vhd);
    bytes[28] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.vhd"), bytes);
    ToolRun outcome =
        Node.tryRun("vhd-to-raw.js", damaged.toString(), folder.resolve("x").toString());
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.output()).contains("invalid footer checksum");
  }

  @ParameterizedTest
  @CsvSource({
    "'subformat=dynamic,force_size=on', vhd-dynamic",
    "'subformat=fixed,force_size=on', vhd-fixed",
    "subformat=dynamic, vhd-dynamic",
    "subformat=fixed, vhd-fixed"
  })
  void readsWhatQemuWrites(String options, String format) throws IOException {
    Qemu.require();
    for (Sample sample : samples().toList()) {
      Path raw = sample.raw(folder);
      Path vhd = folder.resolve("q.vhd");
      Files.deleteIfExists(vhd);
      Qemu.convert(options, raw, "vpc", vhd);
      assertThat(DiskImages.detect(DiskSource.file(vhd))).isEqualTo(new DiskFormat(format));
      Path back = copy(DiskSource.file(vhd), "back.raw", RAW);
      assertThat(Files.size(back)).isEqualTo(Qemu.sizes("vpc", vhd)[0]);
      Qemu.same("raw", raw, "raw", back);
      if (options.contains("force_size")) {
        assertThat(DiskImages.contentDigest(DiskSource.file(vhd)))
            .isEqualTo(DiskImages.contentDigest(raw(raw)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {512, 65536 - 512, 2 * GIB - 512, 2 * GIB + 512, 5 * GIB, 2040 * GIB})
  void keepsOddAndLargeSizes(long size) throws IOException {
    Sample sample =
        Sample.of("sized", size)
            .with(0, Sample.text(1))
            .with((size - 1) / Sample.BLOCK, Sample.noise(2));
    Path vmdk = sample.vmdk(folder);
    String digest = DiskImages.contentDigest(DiskSource.file(vmdk));
    Path vhd = copy(DiskSource.file(vmdk), "d.vhd", VHD_DYNAMIC);
    DiskInfo info = DiskImages.info(DiskSource.file(vhd));
    assertThat(info.virtualSizeBytes()).isEqualTo(size);
    assertThat(info.storedBytes()).isLessThan(10 * MIB);
    assertThat(DiskImages.contentDigest(DiskSource.file(vhd))).isEqualTo(digest);
    Qemu.require();
    assertThat(Qemu.sizes("vpc", vhd)[0]).isEqualTo(size);
    if (size < 10 * GIB) {
      // It looks at each block of both disks: two minutes for 2 TiB of holes.
      Qemu.same("vmdk", vmdk, "vpc", vhd);
    }
  }

  @Test
  void describesAnImage() throws IOException {
    Path raw = Sample.of("m", 40 * MIB).with(1, Sample.text(1)).raw(folder);
    Map<String, String> details =
        DiskImages.info(DiskSource.file(copy(raw(raw), "d.vhd", VHD_DYNAMIC))).details();
    assertThat(details)
        .containsEntry("subformat", "dynamic")
        .containsEntry("creator", "win")
        .containsEntry("geometry", "963/5/17")
        .containsEntry("originalSizeBytes", "41943040")
        .containsEntry("blockBytes", "2097152");
    assertThat(details.get("uuid")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*");
    assertThat(DiskImages.info(DiskSource.file(copy(raw(raw), "f.vhd", VHD_FIXED))).details())
        .containsEntry("subformat", "fixed")
        .doesNotContainKey("blockBytes")
        .doesNotContainEntry("uuid", details.get("uuid"));
  }

  @Test
  void givesEachSeedItsOwnIdentifierAndTheSameSeedTheSameBytes() throws IOException {
    Path raw = Sample.random(5).raw(folder);
    byte[][] images = new byte[3][];
    for (int i = 0; i < 3; i++) {
      Path vhd = folder.resolve("same.vhd");
      DiskCopy.from(raw(raw)).to(DiskTarget.replacing(vhd), VHD_DYNAMIC).seed(i / 2).run();
      images[i] = Files.readAllBytes(vhd);
    }
    assertThat(images[1]).isEqualTo(images[0]);
    assertThat(images[2]).isNotEqualTo(images[0]).hasSameSizeAs(images[0]);
  }

  @Test
  void streamsAFixedDiskBothWays() throws IOException {
    Sample sample = Sample.random(12);
    Path raw = sample.raw(folder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyResult result =
        DiskCopy.from(raw(raw))
            .to(DiskTarget.stream("fixed.vhd", out), VHD_FIXED)
            .digestTarget("SHA-256")
            .run();
    assertThat(result.targetDigests()).containsKey("SHA-256");
    assertThat(out.toByteArray())
        .isEqualTo(Files.readAllBytes(copy(raw(raw), "fixed.vhd", VHD_FIXED)));
    byte[] vhd = out.toByteArray();
    assertThat(DiskImages.contentDigest(stream(vhd, vhd.length)))
        .isEqualTo(DiskImages.contentDigest(raw(raw)));
    vhd[vhd.length - 400] ^= 1;
    assertThatFails(
        () -> DiskImages.contentDigest(stream(vhd, vhd.length)),
        DiskError.DAMAGED,
        "its checksum is wrong");
    assertThatFails(
        () -> DiskImages.contentDigest(stream(out.toByteArray(), vhd.length + 512)),
        DiskError.TRUNCATED,
        "VHD footer");
    assertThatFails(
        () -> DiskImages.contentDigest(stream(out.toByteArray(), vhd.length - 512)),
        DiskError.DAMAGED,
        "does not start with conectix");
  }

  private static DiskSource stream(byte[] bytes, long length) {
    return DiskSource.fixedVhdStream("s", new ByteArrayInputStream(bytes), length);
  }

  @Test
  void roundsUpForAzureAndSaysSo() throws IOException {
    Path raw = Sample.of("m", 20 * MIB + 512).with(320, Sample.text(1)).raw(folder);
    Path vhd = folder.resolve("azure.vhd");
    CopyResult result =
        DiskCopy.from(raw(raw))
            .to(DiskTarget.file(vhd), VHD_FIXED)
            .options(ImageOptions.azure())
            .run();
    assertThat(result.virtualSizeBytes()).isEqualTo(21 * MIB);
    assertThat(Files.size(vhd)).isEqualTo(21 * MIB + 512);
    assertThat(result.notes())
        .containsExactly(
            "the size was rounded up from 20972032 to 22020096 bytes, as vhd-fixed wants it");
  }

  @ParameterizedTest
  @CsvSource({
    "vhd-fixed, true, 19922432, OPTION_UNSUPPORTED, none under 20 MiB",
    "vhd-fixed, true, 35184372089344, TOO_LARGE, none over 32 TiB",
    "vhd-fixed, false, 2190433321472, TOO_LARGE, at most 2040 GiB",
    "vhd-dynamic, false, 2190433321472, TOO_LARGE, at most 2040 GiB",
    "vhd-dynamic, true, 20971520, OPTION_UNSUPPORTED, no option whole MiB"
  })
  void checksLimitsBeforeTheFirstByte(
      String format, boolean azure, long size, DiskError code, String reason) throws IOException {
    DiskSource small = raw(Sample.of("small", MIB).raw(folder));
    DiskCopy copy =
        DiskCopy.from(small)
            .to(DiskTarget.file(folder.resolve("out.vhd")), new DiskFormat(format))
            .atLeast(size)
            .options(azure ? ImageOptions.azure() : ImageOptions.none());
    assertThatFails(copy::run, code, reason);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(n -> n.contains("out"));
    }
  }

  @Test
  void takesOnlyBlocksThatOthersRead() throws IOException {
    Path raw = Sample.random(1).raw(folder);
    assertThatFails(
        () -> copy(raw(raw), "x.vhd", VHD_DYNAMIC, ImageOptions.none().withClusterBytes(1 << 20)),
        DiskError.OPTION_UNSUPPORTED,
        "2 MiB or 512 KiB, not of 1048576 bytes");
    Path vmdk = Sample.of("large", 2040 * GIB).vmdk(folder);
    assertThatFails(
        () -> copy(DiskSource.file(vmdk), "x.vhd", VHD_DYNAMIC, SMALL_BLOCKS),
        DiskError.TOO_LARGE,
        "choose 2 MiB");
  }

  @Test
  void readsFootersOf511Bytes() throws IOException {
    Sample sample = Sample.random(6);
    Path vhd = copy(raw(sample.raw(folder)), "f.vhd", VHD_FIXED);
    byte[] bytes = Files.readAllBytes(vhd);
    Path old = Files.write(folder.resolve("old.vhd"), Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(DiskImages.detect(DiskSource.file(old))).isEqualTo(VHD_FIXED);
    assertThat(DiskImages.contentDigest(DiskSource.file(old)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(vhd)));
  }

  @Test
  void usesTheCopyWhenTheFooterIsTornAndSaysSo() throws IOException {
    Path vhd = copy(raw(Sample.random(7).raw(folder)), "d.vhd", VHD_DYNAMIC);
    String digest = DiskImages.contentDigest(DiskSource.file(vhd));
    byte[] bytes = Files.readAllBytes(vhd);
    Path torn = Files.write(folder.resolve("torn.vhd"), Arrays.copyOf(bytes, bytes.length - 512));
    assertThat(DiskImages.contentDigest(DiskSource.file(torn))).isEqualTo(digest);
    assertThat(notes(torn))
        .containsExactly(
            "the footer at the end is missing or damaged; its copy at the start was used");
    bytes[28] ^= 1;
    Path odd = Files.write(folder.resolve("odd.vhd"), bytes);
    assertThat(DiskImages.contentDigest(DiskSource.file(odd))).isEqualTo(digest);
    assertThat(notes(odd))
        .containsExactly(
            "the copy of the footer at the start differs; the one at the end was used");
  }

  @Test
  void saysWhenOthersSeeAnotherSize() throws IOException {
    Path vhd = copy(raw(Sample.of("m", 40 * MIB).raw(folder)), "f.vhd", VHD_FIXED);
    int footer = (int) (40 * MIB);
    Path other = changed(vhd, footer, b -> b.put(footer + 28, new byte[] {'v', 'p', 'c', ' '}));
    assertThat(notes(other))
        .containsExactly(
            "the size of 41943040 bytes was taken from the footer; QEMU goes by the geometry of"
                + " this creator (vpc) and sees 41909760");
    if (Qemu.isThere()) {
      assertThat(Qemu.sizes("vpc", other)[0]).isEqualTo(41_909_760);
    }
    Path saved = changed(vhd, footer, b -> b.put(footer + 84, (byte) 1));
    assertThat(notes(saved))
        .containsExactly(
            "the disk belongs to a machine whose state was saved; that state was left out");
  }

  @Test
  void readsSectorsThatWereNeverWrittenAsZeros() throws IOException {
    Path vhd =
        copy(raw(Sample.of("m", 4 * MIB).with(0, Sample.noise(1)).raw(folder)), "d", VHD_DYNAMIC);
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(vhd));
    int bitmap = b.getInt(1536) * 512;
    b.put(bitmap, (byte) 0b0101_1111).put(bitmap + 15, (byte) 0xFE);
    Path back =
        copy(DiskSource.file(Files.write(folder.resolve("e.vhd"), b.array())), "back.raw", RAW);
    byte[] expected = new byte[(int) (4 * MIB)];
    System.arraycopy(Sample.noise(1), 0, expected, 0, Sample.BLOCK);
    Arrays.fill(expected, 0, 512, (byte) 0);
    Arrays.fill(expected, 1024, 1536, (byte) 0);
    Arrays.fill(expected, 127 * 512, 128 * 512, (byte) 0);
    assertThat(Files.readAllBytes(back)).isEqualTo(expected);
  }

  @Test
  void trustsTheFooterMoreThanWhatAGuestWrote() throws IOException {
    Path inner = copy(raw(Sample.random(8).raw(folder)), "inner.vhd", VHD_DYNAMIC);
    Path outer = copy(raw(inner), "outer.vhd", VHD_FIXED);
    assertThat(DiskImages.detect(DiskSource.file(outer))).isEqualTo(VHD_FIXED);
    assertThat(DiskImages.contentDigest(DiskSource.file(outer)))
        .isEqualTo(DiskImages.contentDigest(raw(inner)));
    Path qcow2 = copy(raw(Sample.random(8).raw(folder)), "inner.qcow2", QCOW2);
    Path ambiguous = copy(raw(qcow2), "ambiguous.vhd", VHD_FIXED);
    assertThatFails(
        () -> DiskImages.detect(DiskSource.file(ambiguous)),
        DiskError.FORMAT_UNKNOWN,
        "both qcow2 and vhd-fixed");
    assertThat(DiskImages.contentDigest(DiskSource.file(ambiguous).as(VHD_FIXED)))
        .isEqualTo(DiskImages.contentDigest(raw(qcow2)));
  }

  @Test
  void leavesOutWhatIsBetweenTheDiskAndTheFooter() throws IOException {
    Sample sample = Sample.random(9);
    byte[] vhd = Files.readAllBytes(copy(raw(sample.raw(folder)), "f.vhd", VHD_FIXED));
    ByteBuffer longer = ByteBuffer.allocate(vhd.length + 1024);
    longer.put(vhd, 0, vhd.length - 512).position(vhd.length + 512);
    longer.put(vhd, vhd.length - 512, 512);
    Path file = Files.write(folder.resolve("longer.vhd"), longer.array());
    assertThat(notes(file))
        .containsExactly("1024 bytes between the disk's end and the footer were left out");
    assertThat(DiskImages.contentDigest(DiskSource.file(file)))
        .isEqualTo(DiskImages.contentDigest(raw(sample.raw(folder))));
  }

  /** Makes a copy of an image with a change, and the checksum of its only footer right again. */
  private Path changed(Path vhd, int footer, java.util.function.Consumer<ByteBuffer> change)
      throws IOException {
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(vhd));
    change.accept(b);
    VhdBytes.sum(b, footer, 512, 64);
    return Files.write(folder.resolve("changed.vhd"), b.array());
  }

  private List<String> notes(Path vhd) {
    Path to = folder.resolve("noted.raw");
    return DiskCopy.from(DiskSource.file(vhd)).to(DiskTarget.replacing(to), RAW).run().notes();
  }

  @Test
  void keepsHolesOfAFixedDisk() throws IOException {
    Path vmdk = Sample.of("holes", 3 * GIB).with(20_000, Sample.text(1)).vmdk(folder);
    Path vhd = copy(DiskSource.file(vmdk), "f.vhd", VHD_FIXED);
    assertThat(Files.size(vhd)).isEqualTo(3 * GIB + 512);
    try (FileChannel channel = FileChannel.open(vhd, StandardOpenOption.READ)) {
      ByteBuffer footer = ByteBuffer.allocate(8);
      channel.read(footer, 3 * GIB);
      assertThat(footer.array()).asString().isEqualTo("conectix");
    }
    Qemu.require();
    assertThat(Qemu.sizes("vpc", vhd)[1]).isLessThan(MIB);
  }
}
