package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that gets larger on the way has a digest of its own that is known beforehand. */
class EnlargedTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "512, 1048576",
    "512, 1024",
    "65024, 65536",
    "65024, 66048",
    "66048, 66560",
    "66048, 3145728",
    "1048576, 1049088"
  })
  void digestsWhatTheLargerDiskMustHold(int size, int larger) throws IOException {
    byte[] bytes = Arrays.copyOf(Sample.noise(3), size);
    bytes[size - 1] = 1;
    Path raw = Files.write(folder.resolve("s.raw"), bytes);
    DiskSource source = DiskSource.file(raw).as(RAW);
    String digest = DiskImages.contentDigest(source);
    Path vmdk = folder.resolve("s.vmdk");
    DiskCopy.from(source).to(DiskTarget.file(vmdk), VMDK_STREAM_OPTIMIZED).run();
    String wanted =
        DiskImages.contentDigest(
            DiskSource.file(Files.write(folder.resolve("l.raw"), Arrays.copyOf(bytes, larger)))
                .as(RAW));
    for (DiskSource from : new DiskSource[] {source, DiskSource.file(vmdk)}) {
      for (DiskFormat format : new DiskFormat[] {RAW, QCOW2, VMDK_STREAM_OPTIMIZED}) {
        Path to = folder.resolve("l-" + format);
        CopyResult result =
            DiskCopy.from(from)
                .to(DiskTarget.replacing(to), format)
                .compress(Compression.FAST)
                .atLeast(larger)
                .run();
        assertThat(result.virtualSizeBytes()).isEqualTo(larger);
        assertThat(result.contentDigest()).hasValue(digest);
        assertThat(result.targetContentDigest()).hasValue(wanted);
        assertThat(DiskImages.contentDigest(DiskSource.file(to).as(format))).isEqualTo(wanted);
      }
    }
  }

  @Test
  void givesTheSameDigestTwiceForADiskThatKeepsItsSize() throws IOException {
    DiskSource source = DiskSource.file(Sample.random(3).raw(folder)).as(RAW);
    CopyResult result = DiskCopy.from(source).to(DiskTarget.file(folder.resolve("q")), QCOW2).run();
    assertThat(result.targetContentDigest()).isEqualTo(result.contentDigest()).isPresent();
    CopyResult without =
        DiskCopy.from(source)
            .to(DiskTarget.file(folder.resolve("r")), QCOW2)
            .contentDigest(false)
            .run();
    assertThat(without.contentDigest()).isEmpty();
    assertThat(without.targetContentDigest()).isEmpty();
  }

  @Test
  void whatAGrainHoldsBehindTheEndDoesNotComeToLight() throws IOException {
    byte[] full = Sample.of("full", Sample.BLOCK).with(0, Sample.text(1)).vmdk();
    // The same grain in a disk of one sector: the rest of it is behind the end.
    ByteBuffer.wrap(full).order(ByteOrder.LITTLE_ENDIAN).putLong(12, 1);
    int footer = full.length - 1024;
    ByteBuffer.wrap(full).order(ByteOrder.LITTLE_ENDIAN).putLong(footer + 12, 1);
    DiskSource source = DiskSource.file(Files.write(folder.resolve("slack.vmdk"), full));
    Path to = folder.resolve("grown.vmdk");
    CopyResult result =
        DiskCopy.from(source)
            .to(DiskTarget.file(to), VMDK_STREAM_OPTIMIZED)
            .compress(Compression.FAST)
            .atLeast(1 << 20)
            .run();
    byte[] wanted = Arrays.copyOf(Arrays.copyOf(Sample.text(1), 512), 1 << 20);
    Path raw = Files.write(folder.resolve("wanted.raw"), wanted);
    assertThat(DiskImages.contentDigest(DiskSource.file(to)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(raw).as(RAW)))
        .isEqualTo(result.targetContentDigest().orElseThrow());
  }
}
