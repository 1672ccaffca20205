package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource({"512, 3", "1024, 2", "4096, 3", "32768, 2", "131072, 3", "2097152, 2", "2097152, 3"})
  void qemuReadsQcow2InClustersOfAnySize(int cluster, int version, @TempDir Path folder)
      throws IOException {
    List<Sample> samples = new ArrayList<>(Sample.tiny());
    samples.add(Sample.random(cluster));
    for (Sample sample : samples) {
      Path raw = sample.raw(folder);
      for (Compression compression : List.of(Compression.NONE, Compression.SMALL)) {
        Path image = folder.resolve("i.qcow2");
        writeQcow2(raw, image, cluster, version, compression);
        Qemu.check(image);
        Qemu.same("raw", raw, "qcow2", image);
      }
    }
  }

  private static void writeQcow2(
      Path raw, Path image, int cluster, int version, Compression compression) {
    DiskCopy.from(DiskSource.file(raw).as(RAW))
        .to(DiskTarget.replacing(image), QCOW2)
        .options(ImageOptions.none().withClusterBytes(cluster).withVersion(version))
        .compress(compression)
        .run();
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536, 2 << 20})
  void qcow2TakesNoMoreSpaceThanByQemu(int cluster, @TempDir Path folder) throws IOException {
    Path raw = Sample.of("s", 64L << 20).fill(100, 400, 1).fill(700, 900, 2).raw(folder);
    Path ours = folder.resolve("ours");
    Path theirs = folder.resolve("theirs");
    writeQcow2(raw, ours, cluster, 3, Compression.NONE);
    String options = "cluster_size=" + cluster;
    Qemu.ok(
        "convert", "-f", "raw", "-O", "qcow2", "-o", options, raw.toString(), theirs.toString());
    assertThat((double) Qemu.allocatedBytes(ours))
        .isLessThanOrEqualTo(Qemu.allocatedBytes(theirs) * 1.02);
  }

  @Test
  void qemuReadsOddAndHugeSizesAsQcow2(@TempDir Path folder) throws IOException {
    long twoGib = 2L << 30;
    for (long size :
        new long[] {512, 65536 - 512, twoGib - 512, twoGib + 512, (5L << 30) + 512, 3L << 40}) {
      Path source = folder.resolve("source.qcow2");
      Qemu.ok("create", "-q", "-f", "qcow2", source.toString(), Long.toString(size));
      Qemu.io(source, "write -P 7 0 512", "write -P 9 " + (size - 512) + " 512");
      for (int cluster : new int[] {65536, 2 << 20}) {
        Path image = folder.resolve("odd.qcow2");
        CopyResult result =
            DiskCopy.from(DiskSource.file(source))
                .to(DiskTarget.replacing(image), QCOW2)
                .options(ImageOptions.none().withClusterBytes(cluster))
                .run();
        assertThat(result.virtualSizeBytes()).isEqualTo(size);
        Qemu.check(image);
        Qemu.same("qcow2", source, "qcow2", image);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"64k", "16k", "2M"})
  void readsSubclusters(String cluster, @TempDir Path folder) throws IOException {
    Path image = folder.resolve("e.qcow2");
    String options = "extended_l2=on,cluster_size=" + cluster;
    Qemu.ok("create", "-q", "-f", "qcow2", "-o", options, image.toString(), "5M");
    Qemu.io(
        image,
        "write -P 1 1k 3k",
        "write -P 2 100k 500k",
        "write -z 120k 10k",
        "write -z 64k 2k",
        "write -P 3 5119k 1k",
        "write -P 5 -c 2M 2M");
    Path raw = copy(DiskSource.file(image), folder.resolve("e.raw"), RAW, Compression.NONE);
    Qemu.same("raw", raw, "qcow2", image);
    assertThat(DiskImages.info(DiskSource.file(image)).details())
        .containsEntry("extendedL2", "true");
  }

  @Test
  void leavesSnapshotsOutOnlyWhenAsked(@TempDir Path folder) throws IOException {
    Path image = folder.resolve("s.qcow2");
    Qemu.ok("create", "-q", "-f", "qcow2", image.toString(), "5M");
    Qemu.io(image, "write -P 1 0 1M");
    Qemu.ok("snapshot", "-c", "before", image.toString());
    Qemu.io(image, "write -P 2 512k 1M");
    Failures.assertThatFails(
        () -> DiskImages.contentDigest(DiskSource.file(image)),
        DiskError.FEATURE_UNSUPPORTED,
        "it holds 1 internal snapshots, which would be lost");
    assertThat(DiskImages.info(DiskSource.file(image)).details()).containsEntry("snapshots", "1");
    Path raw = folder.resolve("s.raw");
    CopyResult result =
        DiskCopy.from(DiskSource.file(image).withoutSnapshots())
            .to(DiskTarget.file(raw), RAW)
            .run();
    assertThat(result.notes()).containsExactly("1 internal snapshots were left out");
    Qemu.same("raw", raw, "qcow2", image);
  }

  @Test
  void saysThatBitmapsAreLeftOut(@TempDir Path folder) throws IOException {
    Path image = folder.resolve("b.qcow2");
    Qemu.ok("create", "-q", "-f", "qcow2", image.toString(), "5M");
    Qemu.ok("bitmap", "--add", image.toString(), "backup");
    CopyResult result =
        DiskCopy.from(DiskSource.file(image))
            .to(DiskTarget.file(folder.resolve("b.raw")), RAW)
            .run();
    assertThat(result.notes()).containsExactly("1 persistent bitmaps were left out");
  }

  private static Path copy(DiskSource source, Path to, DiskFormat format, Compression compression) {
    DiskCopy.from(source).to(DiskTarget.file(to), format).compress(compression).run();
    return to;
  }
}
