package io.intermodal.disk.zstd;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.intermodal.IntermodalException;
import io.intermodal.disk.Compression;
import io.intermodal.disk.CompressionType;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import io.intermodal.disk.ImageOptions;
import io.intermodal.disk.Verify;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images whose clusters are compressed with zstd, both ways. */
@Timeout(300)
class ZstdImageTest {

  private static final int SIZE = (5 << 20) + 512 * 3;

  @TempDir Path folder;
  private Path raw;
  private String digest;

  @BeforeEach
  void makeDisk() throws IOException {
    byte[] disk = new byte[SIZE];
    Random random = new Random(7);
    for (int block = 0; block < SIZE; block += 65536) {
      int kind = random.nextInt(4);
      for (int i = block; i < Math.min(SIZE, block + 65536) && kind > 0; i++) {
        disk[i] = (byte) (kind == 1 ? random.nextInt() : "abcdefgh".charAt(i % (kind + 3)));
      }
    }
    raw = Files.write(folder.resolve("disk.raw"), disk);
    digest = DiskImages.contentDigest(DiskSource.file(raw).as(RAW));
  }

  private static ImageOptions zstd(int cluster) {
    return ImageOptions.none().withCompressionType(CompressionType.ZSTD).withClusterBytes(cluster);
  }

  private Path write(String name, ImageOptions options) {
    Path image = folder.resolve(name);
    DiskCopy.from(DiskSource.file(raw).as(RAW))
        .to(DiskTarget.replacing(image), QCOW2)
        .options(options)
        .compress(Compression.FAST)
        .run();
    return image;
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536, 1 << 20, 2 << 20})
  void qemuReadsWhatWeWrite(int cluster) throws IOException {
    QemuImg.require();
    Path image = write("w.qcow2", zstd(cluster));
    assertThat(DiskImages.contentDigest(DiskSource.file(image))).isEqualTo(digest);
    assertThat(DiskImages.info(DiskSource.file(image)).details())
        .containsEntry("compressionType", "zstd");
    QemuImg.run("check", "-q", "-f", "qcow2", image);
    QemuImg.run("compare", "-q", "-f", "raw", "-F", "qcow2", raw, image);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536, 2 << 20})
  void weReadWhatQemuWrites(int cluster) throws IOException {
    QemuImg.require();
    Path image = folder.resolve("q.qcow2");
    String options = "compression_type=zstd,cluster_size=" + cluster;
    QemuImg.run("convert", "-c", "-f", "raw", "-O", "qcow2", "-o", options, raw, image);
    assertThat(DiskImages.contentDigest(DiskSource.file(image))).isEqualTo(digest);
    Path copy = folder.resolve("copy.qcow2");
    CopyResult result =
        DiskCopy.from(DiskSource.file(image))
            .to(DiskTarget.file(copy), QCOW2)
            .options(zstd(cluster))
            .compress(Compression.FAST)
            .verify(Verify.NONE)
            .contentDigest(false)
            .run();
    assertThat(result.passedThrough()).isTrue();
    QemuImg.run("check", "-q", "-f", "qcow2", copy);
    QemuImg.run("compare", "-q", "-f", "raw", "-F", "qcow2", raw, copy);
  }

  @Test
  void passesFramesOnWithoutWhatFollowsThem() throws IOException {
    Path first = write("first.qcow2", zstd(65536));
    for (Verify verify : Verify.values()) {
      Path second = folder.resolve("second.qcow2");
      CopyResult result =
          DiskCopy.from(DiskSource.file(first))
              .to(DiskTarget.replacing(second), QCOW2)
              .options(zstd(65536))
              .compress(Compression.FAST)
              .verify(verify)
              .contentDigest(false)
              .run();
      assertThat(result.passedThrough()).isTrue();
      assertThat(Files.mismatch(first, second)).as("%s", verify).isEqualTo(-1);
    }
  }

  @Test
  void compressesAnewForWhatCannotHoldZstd() throws IOException {
    Path zstd = write("z.qcow2", zstd(65536));
    for (DiskFormat format : new DiskFormat[] {QCOW2, DiskFormat.VMDK_STREAM_OPTIMIZED, RAW}) {
      Path other = folder.resolve("other");
      CopyResult result =
          DiskCopy.from(DiskSource.file(zstd))
              .to(DiskTarget.replacing(other), format)
              .compress(format.equals(RAW) ? Compression.NONE : Compression.FAST)
              .run();
      assertThat(result.passedThrough()).isFalse();
      assertThat(result.contentDigest()).hasValue(digest);
      assertThat(DiskImages.contentDigest(DiskSource.file(other).as(format))).isEqualTo(digest);
    }
  }

  @Test
  void refusesFramesThatAreNotWhatTheyShouldBe() throws IOException {
    byte[] image = Files.readAllBytes(write("d.qcow2", zstd(65536)));
    int frame = firstFrame(image);
    // A single segment that says 4 GiB; a window of 16 MiB; a dictionary; a block of type 3.
    assertDamaged(image, frame, new byte[] {(byte) 0xA0, 0, 0, 0, (byte) 0x80}, "the cap is 8 MiB");
    assertDamaged(image, frame, new byte[] {0, 14 << 3}, "the cap is 8 MiB");
    assertDamaged(image, frame, new byte[] {1, 0x50, 9}, "preset dictionary");
    assertDamaged(image, frame, new byte[] {8, 0x50}, "reserved bit");
    assertDamaged(image, frame, new byte[] {0, 0x50, 6, 0, 0}, "no known type");
    // Runs of one byte: too little, and too much for a cluster.
    assertDamaged(image, frame, new byte[] {0, 0x50, 3, 1, 0, 'x'}, "yields 32 bytes, not 65536");
    assertDamaged(
        image, frame, new byte[] {0, 0x50, 3, 0, 16, 'x'}, "to at most 65536 bytes by zstd");
    byte[] noMagic = image.clone();
    noMagic[frame] = 0;
    assertThat(failure(noMagic)).hasMessageContaining("does not start like zstd data");
  }

  private void assertDamaged(byte[] image, int frame, byte[] header, String reason)
      throws IOException {
    byte[] damaged = image.clone();
    System.arraycopy(header, 0, damaged, frame + 4, header.length);
    IntermodalException e = failure(damaged);
    assertThat(e.code()).isEqualTo(DiskError.DAMAGED);
    assertThat(e).hasMessageContaining(reason).hasMessageContaining("block of the disk's byte");
  }

  private IntermodalException failure(byte[] image) throws IOException {
    Path file = Files.write(folder.resolve("damaged.qcow2"), image);
    IntermodalException e =
        catchThrowableOfType(
            IntermodalException.class, () -> DiskImages.contentDigest(DiskSource.file(file)));
    assertThat(e).isNotNull();
    return e;
  }

  /** Finds the first compressed cluster by the tables. */
  private static int firstFrame(byte[] image) {
    ByteBuffer b = ByteBuffer.wrap(image);
    int l1 = (int) b.getLong(40);
    int l2 = (int) (b.getLong(l1) & 0x00FFFFFFFFFFFE00L);
    int at = l2;
    while ((b.getLong(at) >>> 62) != 1) {
      at += 8;
    }
    return (int) (b.getLong(at) & ((1L << 54) - 1));
  }

  @Test
  void survivesDamage() throws IOException {
    byte[] image = Files.readAllBytes(write("m.qcow2", zstd(65536)));
    int from = firstFrame(image);
    int rounds = Integer.getInteger("intermodal.fuzz.count", 4000) / 20;
    Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));
    Path file = folder.resolve("mutated.qcow2");
    int refused = 0;
    for (int i = 0; i < rounds; i++) {
      byte[] damaged = image.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        int at = from + random.nextInt(Math.min(4096, image.length - from));
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try {
        String unused = DiskImages.contentDigest(DiskSource.file(file).as(QCOW2));
      } catch (IntermodalException e) {
        assertThat(e.code()).isEqualTo(DiskError.DAMAGED);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(rounds / 4);
  }
}
