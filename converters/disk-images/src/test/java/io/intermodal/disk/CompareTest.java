package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first byte in which two disks differ is found, whatever they are stored as. */
@Timeout(60)
class CompareTest {

  @TempDir Path folder;

  private static Comparison compare(DiskSource one, DiskSource other) {
    return DiskImages.compare(one, other, Progress.Listener.none(), Cancellation.none());
  }

  private DiskSource raw(String name, byte[] bytes) throws IOException {
    return DiskSource.file(Files.write(folder.resolve(name), bytes)).as(RAW);
  }

  private DiskSource as(DiskSource source, DiskFormat format) {
    Path to = folder.resolve("as-" + format);
    DiskCopy.from(source).to(DiskTarget.replacing(to), format).compress(Compression.FAST).run();
    return DiskSource.file(to).as(format);
  }

  @Test
  void findsEqualContentInEveryPairOfFormats() throws IOException {
    DiskSource raw = raw("one", Sample.random(5).bytes());
    for (DiskFormat format : DiskImages.writableFormats()) {
      Comparison comparison = compare(raw, as(raw, format));
      assertThat(comparison.sameContent()).as("%s", format).isTrue();
    }
  }

  @Test
  void findsTheFirstOfSeveralDifferences() throws IOException {
    Random random = new Random(1);
    for (int seed = 0; seed < 40; seed++) {
      byte[] bytes = Sample.random(seed).bytes();
      byte[] changed = bytes.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      int first = Arrays.mismatch(bytes, changed);
      DiskSource one = as(raw("one", bytes), random.nextBoolean() ? QCOW2 : RAW);
      DiskSource other = raw("other", changed);
      Comparison comparison = compare(one, other);
      if (first < 0) {
        assertThat(comparison.identical()).isTrue();
      } else {
        assertThat(comparison.firstDifference()).hasValue(first);
        assertThat(compare(other, one).firstDifference()).hasValue(first);
      }
    }
  }

  @Test
  void takesZerosBehindTheEndOfTheShorterForTheSame() throws IOException {
    byte[] bytes = Sample.of("short", 700 * 512).with(5, Sample.noise(1)).bytes();
    byte[] longer = Arrays.copyOf(bytes, 5 << 20);
    Comparison comparison = compare(raw("short", bytes), raw("long", longer));
    assertThat(comparison.sameContent()).isTrue();
    assertThat(comparison.identical()).isFalse();
    assertThat(comparison.sizeBytes()).isEqualTo(700 * 512);
    assertThat(comparison.otherSizeBytes()).isEqualTo(5 << 20);

    longer[bytes.length] = 1;
    assertThat(compare(raw("short", bytes), raw("long", longer)).firstDifference())
        .hasValue(bytes.length);
    assertThat(compare(raw("long", longer), raw("short", bytes)).firstDifference())
        .hasValue(bytes.length);
  }

  @Test
  void comparesLargeDisksByTheirDataAlone() {
    long size = 1L << 40;
    Sample sample = Sample.of("1 TiB", size).with(9, Sample.text(1));
    byte[] same = sample.with(16_000_000, Sample.noise(2)).vmdk();
    byte[] other = sample.with(16_000_001, Sample.text(3)).vmdk();
    assertThat(compare(stream(same), stream(same)).identical()).isTrue();
    assertThat(compare(stream(same), stream(other)).firstDifference())
        .hasValue(16_000_001L * Sample.BLOCK);
  }

  private static DiskSource stream(byte[] vmdk) {
    return DiskSource.vmdkStream("stream", new ByteArrayInputStream(vmdk));
  }

  @Test
  void comparesADiskWithItselfOnOneChannel() throws IOException {
    Path file = Sample.random(8).raw(folder);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      SeekableByteChannel plain = new PlainChannel(channel);
      DiskSource source = DiskSource.channel("both", plain).as(RAW);
      assertThat(compare(source, source).identical()).isTrue();
    }
  }

  @Test
  void reportsProgressToTheEndAndObeysACancellation() throws IOException {
    byte[] bytes = Sample.of("full", 40 << 20).fill(0, 640, 1).bytes();
    DiskSource one = raw("one", bytes);
    DiskSource other = raw("other", bytes);
    List<Progress> told = new ArrayList<>();
    assertThat(DiskImages.compare(one, other, told::add, Cancellation.none()).identical()).isTrue();
    assertThat(told).extracting(Progress::doneBytes).isSorted().endsWith(2L * bytes.length);

    Cancellation cancellation = Cancellation.create();
    assertThatThrownBy(
            () -> DiskImages.compare(one, other, p -> cancellation.cancel(), cancellation))
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("compare");
  }
}
