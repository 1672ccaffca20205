package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format goes into every other, by files and by streams, and large ones where they fit. */
@Timeout(180)
class MatrixTest {

  /** All data has its place in these, so that reading them back takes as long as they are large. */
  private static final Set<DiskFormat> FLAT =
      Set.of(
          RAW,
          DiskFormat.VHD_FIXED,
          DiskFormat.VMDK_MONOLITHIC_FLAT,
          DiskFormat.VMDK_VMFS,
          DiskFormat.VMDK_TWO_GB_FLAT);

  @TempDir Path folder;

  static List<Sample> disks() {
    byte[] lastSector = new byte[Sample.BLOCK];
    System.arraycopy(Sample.noise(1), 0, lastSector, 512 * 90, 512);
    return List.of(
        Sample.of("empty", 512L * 4099),
        Sample.of("full", 512L * 3001).fill(0, 24, 7),
        Sample.of("last sector", 16L * Sample.BLOCK + 512 * 91).with(16, lastSector),
        Sample.random(21),
        Sample.random(22));
  }

  private static List<DiskFormat> both() {
    return DiskImages.readableFormats().stream()
        .filter(DiskImages.writableFormats()::contains)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("disks")
  void everyPairOfFormatsKeepsTheContent(Sample disk) throws IOException {
    DiskSource raw = DiskSource.file(disk.raw(folder)).as(RAW);
    for (DiskFormat from : both()) {
      Path first = folder.resolve("from-" + from + ".img");
      CopyResult there = copy(raw, DiskTarget.file(first), from, Compression.FAST);
      for (DiskFormat to : DiskImages.writableFormats()) {
        Path second = folder.resolve(from + "-" + to + ".img");
        DiskSource source = DiskSource.file(first).as(from);
        CopyResult result = copy(source, DiskTarget.file(second), to, Compression.NONE);
        assertThat(result.contentDigest()).isEqualTo(there.targetContentDigest());
        DiskSource target = DiskSource.file(second).as(to);
        assertThat(DiskImages.contentDigest(target))
            .as("%s to %s", from, to)
            .isEqualTo(result.targetContentDigest().orElseThrow());
        Comparison comparison =
            DiskImages.compare(raw, target, Progress.Listener.none(), Cancellation.none());
        assertThat(comparison.sameContent()).as("%s to %s", from, to).isTrue();
        assertThat(comparison.otherSizeBytes()).isEqualTo(result.virtualSizeBytes());
        Files.delete(second);
      }
    }
  }

  private static CopyResult copy(
      DiskSource source, DiskTarget target, DiskFormat format, Compression compression) {
    return DiskCopy.from(source).to(target, format).compress(compression).force(false).run();
  }

  /** Delivers 1 to 70,000 bytes per read. */
  private static InputStream chopped(byte[] bytes, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        int most = random.nextInt(4) == 0 ? 100 : 70_000;
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }

  @Test
  void streamsWorkWhereTheyAreAllowedAndAreRefusedElsewhere() throws IOException {
    Sample disk = Sample.random(23);
    DiskSource raw = DiskSource.file(disk.raw(folder)).as(RAW);
    List<String> allowed = new ArrayList<>();
    for (DiskFormat from : both()) {
      Path file = folder.resolve("from-" + from + ".img");
      copy(raw, DiskTarget.file(file), from, Compression.FAST);
      byte[] image = Files.readAllBytes(file);
      for (DiskFormat to : DiskImages.writableFormats()) {
        InputStream in = chopped(image, image.length + to.id().length());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OptionalLong length = OptionalLong.of(image.length);
        try {
          copy(
              DiskSource.stream("in", in, from, length),
              DiskTarget.stream("out", out),
              to,
              Compression.FAST);
        } catch (IntermodalException e) {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(DiskError.FORMAT_UNSUPPORTED);
          assertThat(out.size()).isZero();
          continue;
        }
        allowed.add(from + " to " + to);
        Path back = Files.write(folder.resolve("back"), out.toByteArray());
        Comparison comparison =
            DiskImages.compare(
                raw, DiskSource.file(back).as(to), Progress.Listener.none(), Cancellation.none());
        assertThat(comparison.sameContent()).as("%s to %s", from, to).isTrue();
      }
    }
    assertThat(allowed)
        .contains(
            "raw to raw",
            "raw to vmdk-streamOptimized",
            "vmdk-streamOptimized to raw",
            "vmdk-streamOptimized to vmdk-streamOptimized");
  }

  @Test
  void disksOfMoreThanFourGibibytesFitEverywhere() throws IOException {
    long size = (4L << 30) + 7 * 512;
    Sample disk =
        Sample.of("4 GiB", size)
            .with(1, Sample.noise(1))
            .with(65_535, Sample.text(2))
            .with(65_536, Sample.text(3));
    DiskSource source = DiskSource.file(disk.image(folder.resolve("s.qcow2"), QCOW2)).as(QCOW2);
    for (DiskFormat to : DiskImages.writableFormats()) {
      Path file = folder.resolve("large-" + to + ".img");
      CopyResult result = copy(source, DiskTarget.file(file), to, Compression.FAST);
      verify(disk, file, to, result);
    }
  }

  @Test
  void disksOfMoreThanTwoTebibytesFitOrAreRefused() throws IOException {
    long size = (2L << 40) + 9 * 512;
    Sample disk =
        Sample.of("2 TiB", size)
            .with(3, Sample.noise(1))
            .with(20_000_000, Sample.text(2))
            .with(size / Sample.BLOCK, Sample.text(3));
    DiskSource source = DiskSource.file(disk.image(folder.resolve("s.qcow2"), QCOW2)).as(QCOW2);
    List<DiskFormat> refused = new ArrayList<>();
    for (DiskFormat to : DiskImages.writableFormats()) {
      Path file = folder.resolve("huge-" + to + ".img");
      try {
        verify(disk, file, to, copy(source, DiskTarget.file(file), to, Compression.FAST));
      } catch (IntermodalException e) {
        assertThat(e.code()).as("%s: %s", to, e.getMessage()).isEqualTo(DiskError.TOO_LARGE);
        assertThat(file).doesNotExist();
        refused.add(to);
      }
    }
    assertThat(refused)
        .contains(DiskFormat.VMDK_STREAM_OPTIMIZED)
        .doesNotContain(RAW, QCOW2, DiskFormat.VHDX, DiskFormat.VDI);
  }

  private void verify(Sample disk, Path file, DiskFormat format, CopyResult result)
      throws IOException {
    DiskSource image = DiskSource.file(file).as(format);
    assertThat(DiskImages.info(image).virtualSizeBytes())
        .isEqualTo(result.virtualSizeBytes())
        .isGreaterThanOrEqualTo(disk.size());
    if (format.equals(RAW)) {
      for (Map.Entry<Long, byte[]> block : disk.blocks().entrySet()) {
        long at = block.getKey() * Sample.BLOCK;
        int length = (int) Math.min(Sample.BLOCK, disk.size() - at);
        assertThat(read(file, at, length)).isEqualTo(Arrays.copyOf(block.getValue(), length));
      }
    } else if (!FLAT.contains(format)) {
      assertThat(DiskImages.contentDigest(image))
          .as("%s", format)
          .isEqualTo(result.targetContentDigest().orElseThrow());
    }
  }

  private static byte[] read(Path file, long at, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      channel.read(bytes, at);
      return bytes.array();
    }
  }
}
