package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Another implementation reads what we write, and we read what it writes. Needs qemu-img. */
@Tag("qemu-img")
class QemuOracleTest {

  @BeforeEach
  void requireQemu() {
    Qemu.require();
  }

  static Stream<Sample> tiny() {
    return Stream.concat(Sample.tiny().stream(), Stream.of(1L, 2L, 3L, 4L).map(Sample::random));
  }

  @ParameterizedTest
  @MethodSource("tiny")
  void qemuReadsWhatWeWrite(Sample sample, @TempDir Path folder) throws IOException {
    Path raw = sample.raw(folder);
    DiskSource source = DiskSource.file(raw).as(RAW);
    Path vmdk = copy(source, folder.resolve("w.vmdk"), VMDK_STREAM_OPTIMIZED, Compression.SMALL);
    Qemu.same("raw", raw, "vmdk", vmdk);
    Path plain = copy(source, folder.resolve("plain.qcow2"), QCOW2, Compression.NONE);
    Qemu.check(plain);
    Qemu.same("raw", raw, "qcow2", plain);
    Path packed = copy(source, folder.resolve("packed.qcow2"), QCOW2, Compression.SMALL);
    Qemu.check(packed);
    Qemu.same("raw", raw, "qcow2", packed);
    Path passed =
        copy(DiskSource.file(vmdk), folder.resolve("passed.qcow2"), QCOW2, Compression.FAST);
    Qemu.check(passed);
    Qemu.same("raw", raw, "qcow2", passed);
    Path back =
        copy(
            DiskSource.file(packed),
            folder.resolve("b.vmdk"),
            VMDK_STREAM_OPTIMIZED,
            Compression.FAST);
    Qemu.same("raw", raw, "vmdk", back);
  }

  @ParameterizedTest
  @MethodSource("tiny")
  void weReadWhatQemuWrites(Sample sample, @TempDir Path folder) throws IOException {
    Path raw = sample.raw(folder);
    String digest = DiskImages.contentDigest(DiskSource.file(raw).as(RAW));
    Path vmdk = folder.resolve("q.vmdk");
    Qemu.ok(
        "convert",
        "-f",
        "raw",
        "-O",
        "vmdk",
        "-o",
        "subformat=streamOptimized",
        raw.toString(),
        vmdk.toString());
    assertThat(DiskImages.contentDigest(DiskSource.file(vmdk))).isEqualTo(digest);
    for (String options :
        new String[] {
          "cluster_size=512",
          "cluster_size=4096",
          "cluster_size=65536",
          "cluster_size=2M",
          "compat=0.10",
          "compat=0.10,cluster_size=2M"
        }) {
      for (String compress : new String[] {"-c", "-q"}) {
        Path image = folder.resolve("q.qcow2");
        Qemu.ok(
            "convert",
            compress,
            "-f",
            "raw",
            "-O",
            "qcow2",
            "-o",
            options,
            raw.toString(),
            image.toString());
        assertThat(DiskImages.contentDigest(DiskSource.file(image)))
            .as("%s %s", options, compress)
            .isEqualTo(digest);
        Files.delete(image);
      }
    }
  }

  @Test
  void qemuReadsOneTebibyteWithThreeGrains(@TempDir Path folder) throws IOException {
    long size = 1L << 40;
    Path vmdk =
        Sample.of("1 TiB", size)
            .with(7, Sample.text(1))
            .with(9_000_000, Sample.noise(2))
            .with(size / Sample.BLOCK - 1, Sample.text(3))
            .vmdk(folder);
    Path qcow2 = copy(DiskSource.file(vmdk), folder.resolve("t.qcow2"), QCOW2, Compression.FAST);
    Qemu.check(qcow2);
    Qemu.same("vmdk", vmdk, "qcow2", qcow2);
  }

  @ParameterizedTest
  @CsvSource({"preallocation=metadata", "preallocation=falloc", "lazy_refcounts=on"})
  void readsUnusualAllocations(String options, @TempDir Path folder) throws IOException {
    Path image = folder.resolve("p.qcow2");
    Qemu.ok("create", "-q", "-f", "qcow2", "-o", options, image.toString(), "5M");
    Path raw = copy(DiskSource.file(image), folder.resolve("p.raw"), RAW, Compression.NONE);
    Qemu.same("raw", raw, "qcow2", image);
  }

  @ParameterizedTest
  @CsvSource({
    "data_file=data.bin, REFERS_TO_ANOTHER_FILE, external data file",
    "backing_file=base.raw, REFERS_TO_ANOTHER_FILE, based on base.raw"
  })
  void refusesFeaturesByName(String option, DiskError code, String reason, @TempDir Path folder)
      throws IOException {
    Files.write(folder.resolve("base.raw"), new byte[1 << 20]);
    Path image = folder.resolve("f.qcow2");
    String options =
        option.replace("data.bin", folder.resolve("data.bin").toString())
            + (option.startsWith("backing") ? ",backing_fmt=raw" : "");
    Qemu.ok("create", "-q", "-f", "qcow2", "-o", options, image.toString(), "1M");
    Failures.assertThatFails(() -> DiskImages.info(DiskSource.file(image)), code, reason);
  }

  @ParameterizedTest
  @CsvSource({"qed, a QED image", "qcow, a qcow image of version 1"})
  void namesFormatsThatAreNotReadYet(String format, String name, @TempDir Path folder)
      throws IOException {
    Path image = folder.resolve("x");
    Qemu.ok("create", "-q", "-f", format, image.toString(), "8M");
    Failures.assertThatFails(
        () -> DiskImages.detect(DiskSource.file(image)), DiskError.FORMAT_UNSUPPORTED, name);
  }

  private static Path copy(DiskSource source, Path to, DiskFormat format, Compression compression) {
    DiskCopy.from(source).to(DiskTarget.file(to), format).compress(compression).run();
    return to;
  }
}
