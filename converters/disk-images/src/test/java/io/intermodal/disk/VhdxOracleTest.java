package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VHDX;
import static io.intermodal.disk.VhdxImage.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other implementations read our VHDX, and we read theirs. Needs qemu-img and vhdiinfo. */
@Tag("qemu-img")
class VhdxOracleTest {

  @TempDir Path folder;

  @BeforeEach
  void requireQemu() {
    Qemu.require();
  }

  static Stream<Sample> samples() {
    return Stream.concat(Sample.tiny().stream(), Stream.of(1L, 2L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void qemuReadsWhatWeWrite(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    Path vhdx = folder.resolve("a.vhdx");
    DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(vhdx), VHDX).run();
    Qemu.ok("check", "-q", "-f", "vhdx", vhdx.toString());
    Qemu.same("raw", raw, "vhdx", vhdx);
    String info = Tool.require("vhdiinfo", "-V").ok(vhdx.toString());
    assertThat(info).containsPattern("Disk type\\s+: Dynamic").contains(sample.size() + " bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subformat=dynamic",
        "subformat=fixed",
        "subformat=dynamic,block_size=1M",
        "subformat=dynamic,block_size=256M,log_size=4M",
        "subformat=fixed,block_size=8M",
        "block_state_zero=off,block_size=2M"
      })
  void weReadWhatQemuWrites(String options) throws IOException {
    for (Sample sample :
        new Sample[] {Sample.tiny().get(2), Sample.tiny().get(8), Sample.random(9)}) {
      Path raw = sample.raw(folder);
      Path vhdx = folder.resolve("q.vhdx");
      Qemu.ok("convert", "-f", "raw", "-O", "vhdx", "-o", options, raw.toString(), vhdx.toString());
      assertThat(DiskImages.contentDigest(DiskSource.file(vhdx)))
          .as("%s, %s", sample, options)
          .isEqualTo(DiskImages.contentDigest(DiskSource.file(raw).as(RAW)));
      Files.delete(vhdx);
    }
  }

  @Test
  void takesNoMoreSpaceThanQemu() throws IOException {
    Sample sample = Sample.of("spread", 200L * MIB);
    for (int i = 0; i < 400; i += 2) {
      sample.with(i * 8L, Sample.noise(i));
    }
    Path raw = sample.raw(folder);
    Path theirs = folder.resolve("theirs.vhdx");
    Qemu.ok("convert", "-f", "raw", "-O", "vhdx", raw.toString(), theirs.toString());
    Path ours = folder.resolve("ours.vhdx");
    DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(ours), VHDX).run();
    assertThat(allocated(ours)).isLessThanOrEqualTo(allocated(theirs) * 102 / 100);
  }

  private static long allocated(Path file) throws IOException {
    return Long.parseLong(new Tool("stat").ok("-c", "%b", file.toString()).strip()) * 512;
  }

  /** Asks for single places: qemu-img would read all of the disk. */
  @ParameterizedTest
  @ValueSource(ints = {1, 32, 256})
  void qemuReadsSparseDisksOfThreeTebibytes(int mebibytes) throws IOException {
    Tool qemuIo = Tool.require("qemu-io", "--version");
    long size = (3L << 40) + 512;
    long[] places = {7, 20_000_000, 33_000_123, size / Sample.BLOCK};
    Sample sample = Sample.of("3 TiB", size);
    for (int i = 0; i < places.length; i++) {
      byte[] block = new byte[Sample.BLOCK];
      Arrays.fill(block, (byte) (i + 1));
      sample.with(places[i], block);
    }
    VhdxImage image = VhdxImage.of(sample, folder, mebibytes * MIB);
    Qemu.ok("check", "-q", "-f", "vhdx", image.file().toString());
    List<String> arguments = new ArrayList<>(List.of("-r", "-f", "vhdx"));
    for (int i = 0; i < places.length; i++) {
      long at = places[i] * Sample.BLOCK;
      arguments.addAll(
          List.of(
              "-c", "read -P " + (i + 1) + " " + at + " " + Math.min(Sample.BLOCK, size - at),
              "-c", "read -P 0 " + (at - Sample.BLOCK) + " " + Sample.BLOCK));
    }
    arguments.add(image.file().toString());
    assertThat(qemuIo.ok(arguments.toArray(new String[0])))
        .doesNotContain("failed")
        .contains("512/512 bytes at offset " + (size - 512));
  }
}
