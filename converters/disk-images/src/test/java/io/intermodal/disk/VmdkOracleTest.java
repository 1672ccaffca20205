package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_MONOLITHIC_FLAT;
import static io.intermodal.disk.DiskFormat.VMDK_MONOLITHIC_SPARSE;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static io.intermodal.disk.DiskFormat.VMDK_VMFS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Other implementations of VMDK judge ours: qemu-img, vmdkinfo, VMDKstream. */
@Tag("qemu-img")
class VmdkOracleTest {

  private static final List<DiskFormat> WRITTEN =
      List.of(VMDK_STREAM_OPTIMIZED, VMDK_MONOLITHIC_SPARSE, VMDK_MONOLITHIC_FLAT, VMDK_VMFS);

  @TempDir Path folder;

  @BeforeEach
  void requireQemu() {
    Qemu.require();
  }

  static Stream<Sample> samples() {
    return Stream.concat(Sample.tiny().stream(), Stream.of(31L, 32L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void qemuReadsWhatWeWrite(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    for (DiskFormat format : WRITTEN) {
      Path vmdk = folder.resolve(format + ".vmdk");
      VmdkSparseTest.copy(DiskSource.file(raw).as(RAW), vmdk, format);
      Qemu.same("raw", raw, "vmdk", vmdk);
      if (!format.equals(VMDK_MONOLITHIC_FLAT) && !format.equals(VMDK_VMFS)) {
        Qemu.ok("check", "-q", "-f", "vmdk", vmdk.toString());
      }
      assertThat(ToolRun.ok("qemu-img", "info", "-f", "vmdk", vmdk.toString()))
          .contains(" (" + sample.size() + " bytes)");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void weReadWhatQemuWrites(Sample sample) throws IOException {
    Path raw = sample.raw(folder);
    String digest = DiskImages.contentDigest(DiskSource.file(raw).as(RAW));
    for (String options :
        new String[] {
          "subformat=monolithicSparse",
          "subformat=monolithicSparse,zeroed_grain=on",
          "subformat=monolithicFlat",
          "subformat=twoGbMaxExtentSparse",
          "subformat=twoGbMaxExtentFlat",
          "subformat=streamOptimized,compat6=on",
        }) {
      Path vmdk = folder.resolve("q.vmdk");
      String in = raw.toString();
      Qemu.ok("convert", "-f", "raw", "-O", "vmdk", "-o", options, in, vmdk.toString());
      assertThat(DiskImages.contentDigest(DiskSource.file(vmdk))).as(options).isEqualTo(digest);
      String type = options.replaceAll("subformat=|,.*", "");
      assertThat(DiskImages.detect(DiskSource.file(vmdk)).id()).isEqualTo("vmdk-" + type);
      deleteImages("q");
    }
  }

  @ParameterizedTest
  @CsvSource({"twoGbMaxExtentSparse, 3", "twoGbMaxExtentFlat, 3"})
  void readsDisksInSeveralParts(String type, int parts) throws IOException {
    long size = 5L << 30;
    Path source =
        Sample.of("parts", size)
            .with(0, Sample.text(1))
            .with((2L << 30) / Sample.BLOCK - 1, Sample.noise(2))
            .with((2L << 30) / Sample.BLOCK, Sample.text(3))
            .with(size / Sample.BLOCK - 1, Sample.noise(4))
            .vmdk(folder);
    Path vmdk = folder.resolve("q.vmdk");
    String options = "subformat=" + type;
    String in = source.toString();
    Qemu.ok("convert", "-f", "vmdk", "-O", "vmdk", "-o", options, in, vmdk.toString());
    DiskInfo info = DiskImages.info(DiskSource.file(vmdk));
    assertThat(info.format().id()).isEqualTo("vmdk-" + type);
    assertThat(info.details()).containsEntry("extents", Integer.toString(parts));
    assertThat(info.virtualSizeBytes()).isEqualTo(size);
    assertThat(info.storedBytes()).isGreaterThan(4 * Sample.BLOCK);
    if (type.endsWith("Sparse")) {
      assertThat(DiskImages.contentDigest(DiskSource.file(vmdk)))
          .isEqualTo(DiskImages.contentDigest(DiskSource.file(source)));
    }
  }

  @Test
  void readsGrainsThatQemuMadeZero() throws IOException {
    ToolRun.require("qemu-io", "qemu-io", "--version");
    for (String type : new String[] {"monolithicSparse", "streamOptimized"}) {
      Path vmdk = folder.resolve(type + ".vmdk");
      String options = "subformat=" + type + ",zeroed_grain=on";
      Qemu.ok("create", "-q", "-f", "vmdk", "-o", options, vmdk.toString(), "70M");
      ToolRun.ok(
          "qemu-io",
          "-f",
          "vmdk",
          "-c",
          "write -P 7 64k 64k",
          "-c",
          "write -z 0 64k",
          "-c",
          "write -z 33M 1M",
          vmdk.toString());
      Path raw = folder.resolve(type + ".raw");
      CopyResult result = VmdkSparseTest.copy(DiskSource.file(vmdk), raw, RAW);
      assertThat(result.notes()).allMatch(note -> note.contains("in front"));
      Qemu.same("vmdk", vmdk, "raw", raw);
    }
  }

  @Test
  void allocatesNoMoreThanQemu() throws IOException {
    Sample sample = Sample.of("allocated", 600L << 20);
    for (int i = 0; i < 400; i++) {
      sample.with(i * 17L, i % 2 == 0 ? Sample.text(i) : Sample.noise(i));
    }
    Path raw = sample.raw(folder);
    for (DiskFormat format : List.of(VMDK_MONOLITHIC_SPARSE, VMDK_MONOLITHIC_FLAT)) {
      Path ours = Files.createDirectory(folder.resolve("ours-" + format));
      Path theirs = Files.createDirectory(folder.resolve("theirs-" + format));
      VmdkSparseTest.copy(DiskSource.file(raw).as(RAW), ours.resolve("a.vmdk"), format);
      String options = "subformat=" + format.id().replace("vmdk-", "");
      String out = theirs.resolve("a.vmdk").toString();
      Qemu.ok("convert", "-f", "raw", "-O", "vmdk", "-o", options, raw.toString(), out);
      long qemu = allocated(theirs);
      assertThat(allocated(ours)).isBetween(qemu * 98 / 100, qemu * 102 / 100);
    }
  }

  @Test
  void vmdkinfoReadsWhatWeWrite() throws IOException {
    ToolRun.require("libvmdk-utils", "vmdkinfo", "-V");
    Path raw = Sample.random(41).raw(folder);
    for (DiskFormat format : WRITTEN) {
      Path vmdk = folder.resolve(format + ".vmdk");
      VmdkSparseTest.copy(DiskSource.file(raw).as(RAW), vmdk, format);
      assertThat(ToolRun.ok("vmdkinfo", vmdk.toString()))
          .as(format.id())
          .contains("(" + Files.size(raw) + " bytes)", "Number of extents:\t\t1");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsAndRepairsWhatVmdkStreamWrites(Sample sample) throws IOException {
    VmdkStream.require();
    if (sample.size() > 128L << 20) {
      return; // It looks at each byte in an interpreter.
    }
    Path raw = sample.raw(folder);
    Path vmdk = folder.resolve("stream.vmdk");
    VmdkStream.write(raw, vmdk);
    CopyResult read = VmdkSparseTest.copy(DiskSource.file(vmdk), folder.resolve("b"), RAW);
    assertThat(Files.mismatch(raw, folder.resolve("b"))).isEqualTo(-1);
    assertThat(read.notes()).isEmpty();
    String lenient = DiskImages.contentDigest(DiskSource.file(vmdk).lenient());
    assertThat(read.contentDigest()).hasValue(lenient);
  }

  private static long allocated(Path directory) throws IOException {
    String said = ToolRun.ok("du", "-sk", directory.toString());
    return Long.parseLong(said.substring(0, said.indexOf('\t')));
  }

  private void deleteImages(String start) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(start)).toList()) {
        Files.delete(file);
      }
    }
  }
}
