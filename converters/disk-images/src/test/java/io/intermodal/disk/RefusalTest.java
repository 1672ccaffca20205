package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.PartFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with an image is said, and leaves nothing behind. */
class RefusalTest {

  @TempDir Path folder;

  private final byte[] vmdk =
      Sample.of("small", 3L << 20).with(1, Sample.text(1)).with(30, Sample.noise(2)).vmdk();

  private DiskSource file(byte[] bytes) throws IOException {
    return DiskSource.file(Files.write(folder.resolve("image"), bytes));
  }

  private void assertCopyFails(byte[] image, DiskError code, String reason) throws IOException {
    Path out = folder.resolve("out.qcow2");
    DiskSource source = file(image);
    assertThatFails(
        () ->
            DiskCopy.from(source)
                .to(DiskTarget.file(out), QCOW2)
                .compress(Compression.FAST)
                .contentDigest(false)
                .run(),
        code,
        reason);
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(f -> f.getFileName().toString())).doesNotContain("out.qcow2");
    }
    assertThat(folder.resolve("out.qcow2" + PartFile.SUFFIX)).doesNotExist();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 9, FEATURE_UNSUPPORTED, version 9",
    "8, 3, FORMAT_UNSUPPORTED, monolithicSparse",
    "16, 0x7fffffff, TOO_LARGE, capacity",
    "20, 7, DAMAGED, grain size",
    "36, 4000, DAMAGED, descriptor",
    "44, 1024, DAMAGED, 1024 entries per grain table",
    "64, 0x7fffffff, DAMAGED, first grain",
    "73, 0x0a0a200a, DAMAGED, moved as text",
  })
  void refusesHeadersOfVmdk(int at, String value, DiskError code, String reason)
      throws IOException {
    little(vmdk).putInt(at, Integer.decode(value));
    assertThatFails(
        () ->
            DiskImages.info(
                DiskSource.vmdkStream("x", new ByteArrayInputStream(vmdk))
                    .as(DiskFormat.VMDK_STREAM_OPTIMIZED)),
        code,
        reason);
  }

  @Test
  void refusesDeltaDisks() throws IOException {
    String text = new String(vmdk, StandardCharsets.ISO_8859_1);
    byte[] delta =
        text.replace("parentCID=ffffffff", "parentCID=12345678")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertCopyFails(delta, DiskError.REFERS_TO_ANOTHER_FILE, "delta on a parent disk");
  }

  @Test
  void refusesTruncationAnywhere() throws IOException {
    for (int length = vmdk.length - 512; length > 0; length -= 512 * 13) {
      byte[] cut = Arrays.copyOf(vmdk, length);
      if (length < vmdk.length - 512 * 6) {
        DiskSource source = file(cut).as(DiskFormat.VMDK_STREAM_OPTIMIZED);
        assertThatFails(() -> DiskImages.contentDigest(source), DiskError.TRUNCATED, "at byte");
      }
    }
  }

  @Test
  void noticesADamagedGrainByItsContent() throws IOException {
    vmdk[65536 + 2000] ^= 1;
    assertCopyFails(vmdk, DiskError.DAMAGED, "block of the disk's byte");
  }

  @Test
  void noticesAGrainThatYieldsTooMuch() throws IOException {
    byte[] bomb = Sample.zlib(new byte[1 << 20]);
    assertCopyFails(Sample.vmdkOfOneGrain(bomb), DiskError.DAMAGED, "more than its 65536 bytes");
  }

  @Test
  void noticesAGrainThatYieldsTooLittle() throws IOException {
    byte[] half = Sample.zlib(new byte[32768]);
    assertCopyFails(Sample.vmdkOfOneGrain(half), DiskError.DAMAGED, "yields 32768 bytes");
  }

  @Test
  void noticesAnotherDigest() throws IOException {
    Path out = folder.resolve("out.qcow2");
    DiskSource source = file(vmdk);
    assertThatFails(
        () ->
            DiskCopy.from(source)
                .to(DiskTarget.file(out), QCOW2)
                .compress(Compression.FAST)
                .contentDigest(false)
                .expectDigest("SHA-256", "00".repeat(32))
                .run(),
        DiskError.DIGEST_MISMATCH,
        "expected was 00");
    assertNothingLeft();
  }

  @Test
  void noticesTablesThatContradictGrains() throws IOException {
    // The table of the only 32 MiB stands behind its marker, which follows the second grain.
    int table = -1;
    for (int at = 65536; at < vmdk.length; at += 512) {
      if (little(vmdk).getLong(at) == 4 && little(vmdk).getLong(at + 8) == 1L << 32) {
        table = at + 512;
      }
    }
    little(vmdk).putInt(table + 4, 999);
    assertCopyFails(vmdk, DiskError.DAMAGED, "grain table 0, entry 1");
  }

  @Test
  void neverTakesUnknownContentForRaw() throws IOException {
    assertThatFails(
        () -> DiskImages.detect(file(new byte[4096])), DiskError.FORMAT_UNKNOWN, "named as raw");
    assertThat(DiskImages.detect(file(vmdk).as(RAW))).isEqualTo(RAW);
  }

  @ParameterizedTest
  @CsvSource({"COWD, COWD", "vhdxfile, VHDX", "'# Disk DescriptorFile', other files", "BZh, bzip2"})
  void namesWhatItDoesNotRead(String start, String name) throws IOException {
    byte[] image = Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 4096);
    assertThatFails(() -> DiskImages.detect(file(image)), DiskError.FORMAT_UNSUPPORTED, name);
  }

  @Test
  void refusesWhatAStreamCannotDo() throws IOException {
    DiskSource qcow2 = DiskSource.vmdkStream("s", InputStream.nullInputStream()).as(QCOW2);
    assertThatFails(
        () -> DiskImages.info(qcow2), DiskError.FORMAT_UNSUPPORTED, "cannot be read from a stream");
    assertThatFails(
        () ->
            DiskCopy.from(file(vmdk))
                .to(DiskTarget.stream("out", new ByteArrayOutputStream()), QCOW2)
                .run(),
        DiskError.FORMAT_UNSUPPORTED,
        "cannot go to a stream");
  }

  @Test
  void refusesToOverwriteItsSource() throws IOException {
    Path image = Files.write(folder.resolve("same.vmdk"), vmdk);
    assertThatThrownBy(
            () ->
                DiskCopy.from(DiskSource.file(image)).to(DiskTarget.replacing(image), QCOW2).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same file");
    assertThat(Files.readAllBytes(image)).isEqualTo(vmdk);
  }

  @Test
  @Timeout(20)
  void stopsWithinATenthOfASecondEvenWhenTheStreamHangs() throws Exception {
    Cancellation cancellation = Cancellation.create();
    InputStream hanging =
        new InputStream() {
          private boolean delivered;

          @Override
          public int read() {
            throw new UnsupportedOperationException("only many bytes at a time");
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            if (!delivered) {
              delivered = true;
              return length;
            }
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return -1;
          }
        };
    Path out = folder.resolve("out.qcow2");
    DiskCopy copy =
        DiskCopy.from(DiskSource.rawStream("hanging", hanging, 1L << 30))
            .to(DiskTarget.file(out), QCOW2)
            .cancellation(cancellation);
    long[] asked = new long[1];
    Thread stopper =
        new Thread(
            () -> {
              try {
                Thread.sleep(300);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              asked[0] = System.nanoTime();
              cancellation.cancel();
            });
    stopper.start();
    assertThatFails(copy::run, CommonError.CANCELLED, "cancelled");
    long millis = (System.nanoTime() - asked[0]) / 1_000_000;
    stopper.join();
    assertThat(millis).isLessThan(500);
    assertNothingLeft();
  }
}
