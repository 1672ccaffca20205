package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.Progress;
import io.intermodal.disk.CheckReport.Problem;
import io.intermodal.disk.CheckReport.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A check reads everything, goes on behind damage and says where it is. */
@Timeout(60)
class CheckTest {

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("three", 3L << 20)
          .with(1, Sample.text(1))
          .with(7, new byte[Sample.BLOCK])
          .with(30, Sample.text(2))
          .with(40, Sample.text(3));

  private static CheckReport check(DiskSource source) {
    return DiskImages.check(source, Progress.Listener.none(), Cancellation.none());
  }

  @Test
  void findsASoundImageSoundInEveryFormat() throws IOException {
    Path raw = sample.raw(folder);
    for (DiskFormat format : DiskImages.writableFormats()) {
      Path file = folder.resolve("sound-" + format);
      DiskCopy.from(DiskSource.file(raw).as(RAW)).to(DiskTarget.file(file), format).run();
      CheckReport report = check(DiskSource.file(file).as(format));
      assertThat(report.problems()).as("%s", format).isEmpty();
      assertThat(report.isSound()).isTrue();
      assertThat(report.format()).isEqualTo(format);
      assertThat(report.virtualSizeBytes()).isEqualTo(3 << 20);
      if (DiskImages.isOneFile(format)) {
        assertThat(report.storedBytes()).isEqualTo(Files.size(file));
      } else {
        assertThat(report.storedBytes()).as("with what is beside").isGreaterThan(3 << 20);
      }
      assertThat(report.dataBytes()).hasValue(3 * Sample.BLOCK);
    }
  }

  @Test
  void countsTheLastShortBlockAsLongAsItIs() {
    byte[] vmdk = Sample.of("odd", Sample.BLOCK + 512).with(1, Sample.text(1)).vmdk();
    CheckReport report = check(DiskSource.vmdkStream("odd", new ByteArrayInputStream(vmdk)));
    assertThat(report.dataBytes()).hasValue(512);
    assertThat(report.storedBytes()).isEqualTo(vmdk.length);
  }

  @Test
  void goesOnBehindADamagedBlockAndNamesEachOne() throws IOException {
    byte[] vmdk = sample.vmdk();
    // The second byte of each payload is part of the check of its header.
    int damaged = 0;
    for (int at = 128 * 512; at + 512 <= vmdk.length && damaged < 2; at += 512) {
      if (vmdk[at + 12] == 0x78) {
        vmdk[at + 40] ^= 0x55;
        damaged++;
      }
    }
    assertThat(damaged).isEqualTo(2);
    Path file = Files.write(folder.resolve("damaged.vmdk"), vmdk);
    CheckReport report = check(DiskSource.file(file));
    assertThat(report.isSound()).isFalse();
    assertThat(report.dataBytes()).isEmpty();
    assertThat(report.problems()).hasSize(2);
    assertThat(report.problems().get(0).severity()).isEqualTo(Severity.DAMAGE);
    assertThat(report.problems())
        .extracting(Problem::message)
        .allMatch(
            m -> m.contains("damaged.vmdk at byte") && m.contains("block of the disk's byte"));
  }

  @Test
  void namesAtMostAHundredDamagedBlocks() throws IOException {
    Sample many = Sample.of("many", 300L * Sample.BLOCK);
    for (int i = 0; i < 300; i++) {
      many.with(i, Sample.text(i));
    }
    Path raw = many.raw(folder);
    Path qcow2 = folder.resolve("many.qcow2");
    DiskCopy.from(DiskSource.file(raw).as(RAW))
        .to(DiskTarget.file(qcow2), QCOW2)
        .compress(Compression.FAST)
        .run();
    byte[] bytes = Files.readAllBytes(qcow2);
    // Everything between the tables in front and behind: the compressed clusters.
    Arrays.fill(bytes, 3 * Sample.BLOCK, bytes.length - 4 * Sample.BLOCK, (byte) 0xFF);
    CheckReport report = check(DiskSource.file(Files.write(qcow2, bytes)));
    assertThat(report.problems()).hasSizeGreaterThan(100);
    assertThat(report.problems())
        .extracting(Problem::message)
        .anyMatch(m -> m.matches("\\d+ more blocks cannot be decoded in .*many\\.qcow2"));
  }

  @Test
  void tellsOfTruncation() throws IOException {
    byte[] vmdk = sample.vmdk();
    Path cut = Files.write(folder.resolve("cut.vmdk"), Arrays.copyOf(vmdk, vmdk.length - 4096));
    CheckReport report = check(DiskSource.file(cut).as(VMDK_STREAM_OPTIMIZED));
    assertThat(report.isSound()).isFalse();
    assertThat(report.problems()).extracting(Problem::message).anyMatch(m -> m.contains("at byte"));
  }

  @Test
  void passesOnWhatTheReaderFoundOdd() throws IOException {
    Path odd = Files.write(folder.resolve("odd.raw"), new byte[] {1, 2, 3});
    CheckReport report = check(DiskSource.file(odd).as(RAW));
    assertThat(report.isSound()).isTrue();
    assertThat(report.problems())
        .containsExactly(new Problem(Severity.NOTE, "the size was rounded up from 3 to 512 bytes"));
  }

  @Test
  void obeysACancellation() throws IOException {
    DiskSource source = DiskSource.file(sample.raw(folder)).as(RAW);
    Cancellation cancellation = Cancellation.create();
    cancellation.cancel();
    assertThatThrownBy(() -> DiskImages.check(source, Progress.Listener.none(), cancellation))
        .isInstanceOf(CancelledException.class);
  }
}
