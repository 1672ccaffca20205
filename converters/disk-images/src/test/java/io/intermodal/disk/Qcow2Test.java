package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write as qcow2 comes back, whatever the clusters; what it cannot be is said. */
class Qcow2Test {

  @TempDir Path folder;

  private static ImageOptions clusters(int bytes) {
    return ImageOptions.none().withClusterBytes(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096, 32768, 65536, 131072, 1 << 20, 2 << 20})
  void carriesSmallDisksInClustersOfAnySize(int cluster) throws IOException {
    List<Sample> samples = new ArrayList<>(Sample.tiny());
    samples.add(Sample.random(cluster));
    for (Sample sample : samples) {
      Path raw = sample.raw(folder);
      String digest = DiskImages.contentDigest(DiskSource.file(raw).as(RAW));
      for (Compression compression : List.of(Compression.NONE, Compression.FAST)) {
        Path image = folder.resolve("i.qcow2");
        CopyResult result =
            DiskCopy.from(DiskSource.file(raw).as(RAW))
                .to(DiskTarget.replacing(image), QCOW2)
                .options(clusters(cluster))
                .compress(compression)
                .run();
        assertThat(result.contentDigest()).hasValue(digest);
        assertThat(DiskImages.contentDigest(DiskSource.file(image)))
            .as("%s in clusters of %d, %s", sample, cluster, compression)
            .isEqualTo(digest);
        assertThat(DiskImages.info(DiskSource.file(image)).details())
            .containsEntry("clusterBytes", Integer.toString(cluster));
      }
    }
  }

  @Property(tries = 12)
  void carriesRandomDisksBetweenRandomClusters(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path temporary = Files.createTempDirectory("qcow2");
    try {
      Path raw = Sample.random(seed).raw(temporary);
      DiskSource source = DiskSource.file(raw).as(RAW);
      for (int hop = 0; hop < 3; hop++) {
        Path next = temporary.resolve("hop" + hop);
        ImageOptions options =
            clusters(512 << random.nextInt(13)).withVersion(2 + random.nextInt(2));
        DiskCopy.from(source)
            .to(DiskTarget.file(next), QCOW2)
            .options(options)
            .compress(random.nextBoolean() ? Compression.FAST : Compression.NONE)
            .verify(random.nextBoolean() ? Verify.CONTENT : Verify.NONE)
            .contentDigest(random.nextBoolean())
            .run();
        source = DiskSource.file(next);
      }
      Path back = temporary.resolve("back.raw");
      DiskCopy.from(source).to(DiskTarget.file(back), RAW).run();
      assertThat(Files.mismatch(raw, back)).isEqualTo(-1);
    } finally {
      try (var files = Files.list(temporary)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(temporary);
    }
  }

  @Test
  void passesCompressedClustersOfTheSameSizeOn() throws IOException {
    Path raw = Sample.of("p", 4 << 20).with(1, Sample.text(1)).with(40, Sample.text(2)).raw(folder);
    for (int cluster : new int[] {4096, 65536, 2 << 20}) {
      Path first = write(raw, "first.qcow2", clusters(cluster), Compression.FAST);
      Path second = folder.resolve("second.qcow2");
      CopyResult same =
          DiskCopy.from(DiskSource.file(first))
              .to(DiskTarget.replacing(second), QCOW2)
              .options(clusters(cluster))
              .compress(Compression.SMALL)
              .run();
      assertThat(same.passedThrough()).as("%d", cluster).isTrue();
      assertThat(Files.mismatch(first, second)).isEqualTo(-1);
      CopyResult other =
          DiskCopy.from(DiskSource.file(first))
              .to(DiskTarget.replacing(second), QCOW2)
              .options(clusters(8192))
              .compress(Compression.SMALL)
              .run();
      assertThat(other.passedThrough()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4194304, 3, DEFLATE, NONE, OPTION_UNSUPPORTED, 512 bytes to 2 MiB",
    "65536, 4, DEFLATE, NONE, OPTION_UNSUPPORTED, versions 2 and 3",
    "65536, 2, ZSTD, NONE, OPTION_UNSUPPORTED, needs qcow2 version 3",
    "65536, 3, ZSTD, FAST, FEATURE_UNSUPPORTED, intermodal-disk-zstd",
  })
  void refusesOptionsThatTheFormatDoesNotHave(
      int cluster,
      int version,
      CompressionType type,
      Compression compression,
      DiskError code,
      String reason)
      throws IOException {
    Path raw = Sample.of("o", 1 << 20).with(0, Sample.text(1)).raw(folder);
    Path out = folder.resolve("o.qcow2");
    ImageOptions options = clusters(cluster).withVersion(version).withCompressionType(type);
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(raw).as(RAW))
                .to(DiskTarget.file(out), QCOW2)
                .options(options)
                .compress(compression)
                .run(),
        code,
        reason);
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesDisksThatSmallClustersCannotAddress() throws IOException {
    Path vmdk = Sample.of("big", (1L << 37) + 512).with(0, Sample.text(1)).vmdk(folder);
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(vmdk))
                .to(DiskTarget.file(folder.resolve("b.qcow2")), QCOW2)
                .options(clusters(512))
                .run(),
        DiskError.TOO_LARGE,
        "needs larger clusters than 512 bytes");
  }

  @Test
  void saysThatZstdNeedsAnArtifact() throws IOException {
    Path raw = Sample.of("z", 1 << 20).with(0, Sample.text(1)).raw(folder);
    byte[] image = Files.readAllBytes(write(raw, "z.qcow2", ImageOptions.none(), Compression.FAST));
    ByteBuffer.wrap(image).putLong(72, 8).putInt(100, 112).put(104, (byte) 1);
    DiskSource zstd = DiskSource.file(Files.write(folder.resolve("zstd.qcow2"), image));
    assertThat(DiskImages.info(zstd).details()).containsEntry("compressionType", "zstd");
    assertThatFails(
        () -> DiskImages.contentDigest(zstd),
        DiskError.FEATURE_UNSUPPORTED,
        "add it to the class path");
  }

  @Test
  void writesVersion2WithAShortHeader() throws IOException {
    Path raw = Sample.of("2", 1 << 20).with(0, Sample.text(1)).raw(folder);
    Path image = write(raw, "2.qcow2", ImageOptions.none().withVersion(2), Compression.FAST);
    assertThat(DiskImages.info(DiskSource.file(image)).details()).containsEntry("version", "2");
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(image));
    assertThat(header.getInt(4)).isEqualTo(2);
    assertThat(header.getLong(72)).as("the end of the extensions").isZero();
    assertThat(header.getInt(100)).isZero();
  }

  private Path write(Path raw, String name, ImageOptions options, Compression compression) {
    Path image = folder.resolve(name);
    DiskCopy.from(DiskSource.file(raw).as(RAW))
        .to(DiskTarget.replacing(image), QCOW2)
        .options(options)
        .compress(compression)
        .run();
    return image;
  }
}
