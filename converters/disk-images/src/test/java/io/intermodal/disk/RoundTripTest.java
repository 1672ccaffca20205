package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into any format and through any other comes out as it was. */
class RoundTripTest {

  private static final List<DiskFormat> FORMATS = List.of(RAW, VMDK_STREAM_OPTIMIZED, QCOW2);

  static Stream<Sample> tiny() {
    return Sample.tiny().stream().filter(sample -> sample.size() < 128L << 20);
  }

  @ParameterizedTest
  @MethodSource("tiny")
  void keepsContentThroughEachPairOfFormats(Sample sample, @TempDir Path folder)
      throws IOException {
    throughAllPairs(sample, folder);
  }

  @Property(tries = 5)
  void keepsRandomContentThroughEachPairOfFormats(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("disk-roundtrip");
    try {
      throughAllPairs(Sample.random(seed), folder);
    } finally {
      delete(folder);
    }
  }

  private static void throughAllPairs(Sample sample, Path folder) throws IOException {
    Path raw = sample.raw(folder);
    String digest = DiskImages.contentDigest(DiskSource.file(raw).as(RAW));
    int n = 0;
    for (DiskFormat first : FORMATS) {
      for (Compression compression : List.of(Compression.NONE, Compression.SMALL)) {
        Path a = folder.resolve("a" + n++);
        copy(DiskSource.file(raw).as(RAW), a, first, compression, digest);
        for (DiskFormat second : FORMATS) {
          Path b = folder.resolve("b" + n++);
          copy(DiskSource.file(a).as(first), b, second, compression, digest);
          Path back = folder.resolve("c" + n++);
          copy(DiskSource.file(b).as(second), back, RAW, Compression.NONE, digest);
          assertThat(Files.mismatch(back, raw)).as("%s by %s", first, second).isEqualTo(-1);
        }
      }
    }
  }

  private static void copy(
      DiskSource source, Path to, DiskFormat format, Compression compression, String digest) {
    CopyResult result =
        DiskCopy.from(source).to(DiskTarget.file(to), format).compress(compression).run();
    assertThat(result.contentDigest()).hasValue(digest);
    assertThat(result.notes()).isEmpty();
    assertThat(DiskImages.contentDigest(DiskSource.file(to).as(format))).isEqualTo(digest);
  }

  @Test
  void givesTheSameBytesWithAnyNumberOfThreads(@TempDir Path folder) throws IOException {
    Path raw = Sample.random(7).raw(folder);
    for (DiskFormat format : FORMATS) {
      List<byte[]> outputs = new ArrayList<>();
      for (int threads : List.of(1, 2, 7)) {
        Path out = folder.resolve(format + "-" + threads);
        DiskCopy.from(DiskSource.file(raw).as(RAW))
            .to(DiskTarget.channel("x", Files.newByteChannel(out, Samples.NEW)), format)
            .compress(Compression.FAST)
            .threads(threads)
            .run();
        outputs.add(Files.readAllBytes(out));
      }
      assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
      assertThat(outputs.get(2)).isEqualTo(outputs.get(0));
    }
  }

  @Test
  void carriesOneTebibyteWithThreeGrains(@TempDir Path folder) throws IOException {
    long size = 1L << 40;
    Sample sample =
        Sample.of("1 TiB", size)
            .with(0, Sample.text(1))
            .with(5_000_000, Sample.noise(2))
            .with(size / Sample.BLOCK - 1, Sample.text(3));
    Path vmdk = sample.vmdk(folder);
    String digest = DiskImages.contentDigest(DiskSource.file(vmdk));
    Path qcow2 = folder.resolve("t.qcow2");
    copy(DiskSource.file(vmdk), qcow2, QCOW2, Compression.FAST, digest);
    copy(
        DiskSource.file(qcow2),
        folder.resolve("u.vmdk"),
        VMDK_STREAM_OPTIMIZED,
        Compression.FAST,
        digest);
    assertThat(Files.size(qcow2)).isLessThan(6 << 20);
    assertThat(DiskImages.info(DiskSource.file(qcow2)).virtualSizeBytes()).isEqualTo(size);
  }

  @Test
  void digestsStoredZerosLikeHoles(@TempDir Path folder) throws IOException {
    Sample holes = Sample.of("holes", 5L << 20).with(2, Sample.text(1));
    Path plain = Files.write(folder.resolve("plain.vmdk"), holes.vmdk());
    Sample stored = holes.with(7, new byte[Sample.BLOCK]);
    Path zeros = Files.write(folder.resolve("zeros.vmdk"), stored.vmdk());
    assertThat(Files.size(zeros)).isGreaterThan(Files.size(plain));
    assertThat(DiskImages.contentDigest(DiskSource.file(zeros)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(plain)));
    copy(
        DiskSource.file(zeros),
        folder.resolve("q"),
        QCOW2,
        Compression.FAST,
        DiskImages.contentDigest(DiskSource.file(plain)));
  }

  @Test
  void roundsOddRawSizesUpAndSaysSo(@TempDir Path folder) throws IOException {
    Path raw = Files.write(folder.resolve("odd.raw"), new byte[] {1, 2, 3});
    CopyResult result =
        DiskCopy.from(DiskSource.file(raw).as(RAW))
            .to(DiskTarget.file(folder.resolve("o.qcow2")), QCOW2)
            .run();
    assertThat(result.virtualSizeBytes()).isEqualTo(512);
    assertThat(result.notes()).containsExactly("the size was rounded up from 3 to 512 bytes");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
