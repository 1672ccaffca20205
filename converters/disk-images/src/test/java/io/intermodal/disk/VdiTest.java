package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VDI;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** VDI: what is written, what is read of it, and what is refused. */
@Timeout(120)
class VdiTest {

  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  @TempDir Path folder;

  /** Without the one of 600 MiB: larger sizes have a test of their own. */
  static Stream<Sample> samples() {
    Stream<Sample> tiny = Sample.tiny().stream().filter(s -> s.size() < 100 * MIB);
    return Stream.concat(tiny, Stream.of(31L, 32L, 33L).map(Sample::random));
  }

  private static DiskSource raw(Path file) {
    return DiskSource.file(file).as(RAW);
  }

  private Path copy(DiskSource source, String name, DiskFormat format) {
    Path to = folder.resolve(name);
    DiskCopy.from(source).to(DiskTarget.replacing(to), format).run();
    return to;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsContentAndSize(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    String digest = DiskImages.contentDigest(raw(raw));
    Path vdi = copy(raw(raw), "d.vdi", VDI);
    assertThat(DiskImages.detect(DiskSource.file(vdi))).isEqualTo(VDI);
    assertThat(DiskImages.info(DiskSource.file(vdi)).virtualSizeBytes()).isEqualTo(sample.size());
    assertThat(DiskImages.contentDigest(DiskSource.file(vdi))).isEqualTo(digest);
    assertThat(Files.mismatch(copy(DiskSource.file(vdi), "back", RAW), raw)).isEqualTo(-1);
    Path packed = copy(DiskSource.file(vdi), "p.vmdk", VMDK_STREAM_OPTIMIZED);
    assertThat(DiskImages.contentDigest(DiskSource.file(copy(DiskSource.file(packed), "e", VDI))))
        .isEqualTo(digest);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void qemuReadsWhatWeWriteAndTakesNoLessSpace(Sample sample) throws IOException {
    Qemu.require();
    Path raw = sample.raw(folder);
    Path vdi = copy(raw(raw), "d.vdi", VDI);
    Qemu.check("vdi", vdi);
    Qemu.same("raw", raw, "vdi", vdi);
    assertThat(Qemu.sizes("vdi", vdi)[0]).isEqualTo(sample.size());
    Path theirs = folder.resolve("theirs.vdi");
    Qemu.convert("", raw, "vdi", theirs);
    assertThat((double) Qemu.sizes("vdi", vdi)[1])
        .isLessThanOrEqualTo(Qemu.sizes("vdi", theirs)[1] * 1.02 + 16 * 1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"static=off", "static=on"})
  void readsWhatQemuWrites(String options) throws IOException {
    Qemu.require();
    for (Sample sample : samples().toList()) {
      Path raw = sample.raw(folder);
      Path vdi = folder.resolve("q.vdi");
      Files.deleteIfExists(vdi);
      Qemu.convert(options, raw, "vdi", vdi);
      assertThat(DiskImages.contentDigest(DiskSource.file(vdi)))
          .as("%s, %s", sample, options)
          .isEqualTo(DiskImages.contentDigest(raw(raw)));
      assertThat(DiskImages.info(DiskSource.file(vdi)).details())
          .containsEntry("subformat", options.equals("static=off") ? "dynamic" : "static");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {512, 65536 - 512, 2 * GIB - 512, 2 * GIB + 512, 5 * GIB, 3000 * GIB})
  void keepsOddAndLargeSizes(long size) throws IOException {
    Path vmdk =
        Sample.of("sized", Math.min(size, 2000 * GIB))
            .with(0, Sample.text(1))
            .with((Math.min(size, 2000 * GIB) - 1) / Sample.BLOCK, Sample.noise(2))
            .vmdk(folder);
    Path vdi = folder.resolve("d.vdi");
    DiskCopy.from(DiskSource.file(vmdk)).to(DiskTarget.file(vdi), VDI).atLeast(size).run();
    assertThat(DiskImages.info(DiskSource.file(vdi)).virtualSizeBytes()).isEqualTo(size);
    assertThat(Files.size(vdi)).isLessThan(20 * MIB);
    Path back = copy(DiskSource.file(vdi), "back.qcow2", DiskFormat.QCOW2);
    assertThat(DiskImages.contentDigest(DiskSource.file(back)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(vdi)));
    Qemu.require();
    Qemu.check("vdi", vdi);
    assertThat(Qemu.sizes("vdi", vdi)[0]).isEqualTo(size);
    if (size < 10 * GIB) {
      Qemu.same("vmdk", vmdk, "vdi", vdi);
    }
  }

  @Test
  void describesAnImage() throws IOException {
    Path raw = Sample.of("m", 40 * MIB).with(1, Sample.text(1)).raw(folder);
    Map<String, String> details =
        DiskImages.info(DiskSource.file(copy(raw(raw), "d.vdi", VDI))).details();
    assertThat(details)
        .containsEntry("subformat", "dynamic")
        .containsEntry("blockBytes", "1048576")
        .containsEntry("allocatedBlocks", "1");
    assertThat(details.get("uuid")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*");
  }

  @Test
  void givesEachSeedAndNameItsOwnIdentifierAndTheSameSettingsTheSameBytes() throws IOException {
    Path raw = Sample.random(5).raw(folder);
    byte[][] images = new byte[3][];
    for (int i = 0; i < 3; i++) {
      Path vdi = folder.resolve("same.vdi");
      DiskCopy.from(raw(raw)).to(DiskTarget.replacing(vdi), VDI).seed(i / 2).run();
      images[i] = Files.readAllBytes(vdi);
    }
    assertThat(images[1]).isEqualTo(images[0]);
    assertThat(Arrays.mismatch(images[2], images[0])).isEqualTo(0x188);
    Path other = copy(raw(raw), "other.vdi", VDI);
    assertThat(Arrays.mismatch(Files.readAllBytes(other), images[0])).isEqualTo(0x188);
  }

  @ParameterizedTest
  @CsvSource({"65536, 0", "262144, 512", "2097152, 0", "4194304, 4096"})
  void readsOtherBlocksAndExtraData(int block, int extra) throws IOException {
    Sample sample =
        Sample.of("blocks", 9 * MIB + 512 * 3)
            .with(0, Sample.text(1))
            .with(40, Sample.noise(2))
            .with(100, Sample.text(3))
            .with(144, Sample.noise(4));
    byte[] disk = sample.bytes();
    int blocks = (disk.length + block - 1) / block;
    int data = 4096;
    ByteBuffer b =
        ByteBuffer.allocate(data + blocks * (block + extra)).order(ByteOrder.LITTLE_ENDIAN);
    b.put(Files.readAllBytes(copy(raw(sample.raw(folder)), "d.vdi", VDI)), 0, 512);
    b.putInt(0x158, data).putInt(0x178, block).putInt(0x17C, extra).putInt(0x180, blocks);
    // Blocks lie in the file from the last to the first, with noise where no data is.
    byte[] noise = Sample.noise(9);
    for (int i = 0; i < blocks; i++) {
      int index = blocks - 1 - i;
      boolean stored = i % 3 != 1 || i * (long) block / MIB >= 9 || block > MIB;
      stored |= i * (long) block <= 40 * 65536 && (i + 1L) * block > 40 * 65536;
      stored |= i * (long) block <= 100 * 65536 && (i + 1L) * block > 100 * 65536;
      b.putInt(512 + i * 4, stored ? index : i % 2 == 0 ? -1 : -2);
      int at = data + index * (block + extra);
      b.put(at, noise, 0, extra);
      if (stored) {
        b.put(at + extra, disk, i * block, Math.min(block, disk.length - i * block));
      } else {
        b.put(at + extra, noise, 0, 65536);
      }
    }
    Path vdi = Files.write(folder.resolve("other.vdi"), b.array());
    assertThat(Files.readAllBytes(copy(DiskSource.file(vdi), "back.raw", RAW))).isEqualTo(disk);
  }

  @Test
  void roundsOddSizesUpAndSaysSo() throws IOException {
    Path vdi = copy(raw(Sample.of("m", MIB).with(15, Sample.noise(1)).raw(folder)), "d.vdi", VDI);
    Path odd = changed(vdi, b -> b.putLong(0x170, MIB - 100));
    CopyResult result =
        DiskCopy.from(DiskSource.file(odd))
            .to(DiskTarget.file(folder.resolve("odd.raw")), RAW)
            .run();
    assertThat(result.notes())
        .containsExactly("the size was rounded up from 1048476 to 1048576 bytes");
    byte[] expected = Sample.noise(1);
    Arrays.fill(expected, expected.length - 100, expected.length, (byte) 0);
    byte[] back = Files.readAllBytes(folder.resolve("odd.raw"));
    assertThat(Arrays.copyOfRange(back, back.length - Sample.BLOCK, back.length))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0x44, 0x00000001, FEATURE_UNSUPPORTED, version 0.1 of the format",
    "0x44, 0x00010000, FEATURE_UNSUPPORTED, version 1.0 of the format",
    "0x48, 0x100, DAMAGED, a length of 256 bytes is too short",
    "0x4C, 3, REFERS_TO_ANOTHER_FILE, an undo image",
    "0x4C, 4, REFERS_TO_ANOTHER_FILE, a differencing image",
    "0x4C, 9, FEATURE_UNSUPPORTED, image type 9",
    "0x154, 100, DAMAGED, a map of 4 blocks cannot be at byte 100",
    "0x154, -1, DAMAGED, a map of 4 blocks cannot be at byte 4294967295",
    "0x158, 513, DAMAGED, blocks cannot start at byte 513",
    "0x168, 4096, FEATURE_UNSUPPORTED, sectors of 4096 bytes",
    "0x174, 0x10000, TOO_LARGE, the cap is 64 TiB",
    "0x174, -1, TOO_LARGE, the cap is 64 TiB",
    "0x178, 0, FEATURE_UNSUPPORTED, blocks of 0 bytes",
    "0x178, 0x180000, FEATURE_UNSUPPORTED, blocks of 1572864 bytes",
    "0x178, 0x40000000, FEATURE_UNSUPPORTED, blocks of 1073741824 bytes",
    "0x17C, -1, DAMAGED, 4294967295 bytes of extra data",
    "0x180, 3, DAMAGED, a map of 3 blocks is too small",
    "0x1A8, 7, REFERS_TO_ANOTHER_FILE, the image with UUID 00000007-0000-0000-0000-000000000000",
    "0x1C4, 7, REFERS_TO_ANOTHER_FILE, the image with UUID 00000000-0000-0000-0000-000007000000",
    "0x200, 4, DAMAGED, 'entry 0: block 4 of 4 cannot be'",
    "0x200, 1, DAMAGED, 'entry 2: block 1 of the file is another one'",
    "0x200, 3, TRUNCATED, block at byte 4194304"
  })
  void refusesWhatIsWrong(String at, String value, DiskError code, String reason)
      throws IOException {
    Sample sample = Sample.of("m", 4 * MIB).with(0, Sample.text(1)).with(32, Sample.text(2));
    Path vdi = copy(raw(sample.raw(folder)), "d.vdi", VDI);
    Path changed = changed(vdi, b -> b.putInt(Integer.decode(at), Long.decode(value).intValue()));
    assertThatFails(() -> DiskImages.contentDigest(DiskSource.file(changed).as(VDI)), code, reason);
  }

  private Path changed(Path vdi, java.util.function.Consumer<ByteBuffer> change)
      throws IOException {
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(vdi)).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(b);
    return Files.write(folder.resolve("changed.vdi"), b.array());
  }

  @Test
  void refusesTruncationAndStreams() throws IOException {
    Path vdi = copy(raw(Sample.random(4).raw(folder)), "d.vdi", VDI);
    byte[] bytes = Files.readAllBytes(vdi);
    for (int length : List.of(0, 100, 511)) {
      Path cut = Files.write(folder.resolve("cut.vdi"), Arrays.copyOf(bytes, length));
      assertThatFails(
          () -> DiskImages.info(DiskSource.file(cut).as(VDI)), DiskError.TRUNCATED, "VDI header");
    }
    Path cut = Files.write(folder.resolve("cut.vdi"), Arrays.copyOf(bytes, 1 << 20));
    assertThatFails(
        () -> DiskImages.contentDigest(DiskSource.file(cut)), DiskError.TRUNCATED, "block at byte");
    assertThatFails(
        () ->
            DiskImages.info(DiskSource.rawStream("s", InputStream.nullInputStream(), 4096).as(VDI)),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot be read from a stream");
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(vdi))
                .to(DiskTarget.stream("out", new ByteArrayOutputStream()), VDI)
                .run(),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot go to a stream");
  }
}
