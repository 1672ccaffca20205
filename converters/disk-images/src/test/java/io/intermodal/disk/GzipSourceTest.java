package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.IntermodalException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that are packed with gzip as a whole are read on the way, and doubted. */
@Timeout(60)
class GzipSourceTest {

  @TempDir Path folder;

  private final Sample sample = Sample.random(4);
  private final byte[] raw = sample.bytes();

  private static byte[] gzip(byte[] bytes, int from, int to) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes, from, to - from);
    }
    return packed.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private DiskSource packedRaw(byte[] packed) throws IOException {
    Path file = Files.write(folder.resolve("disk.gz"), packed);
    return DiskSource.gzip(DiskSource.file(file), RAW, OptionalLong.of(raw.length));
  }

  private String digest() throws IOException {
    return DiskImages.contentDigest(
        DiskSource.file(Files.write(folder.resolve("plain"), raw)).as(RAW));
  }

  @Test
  void readsRawAndVmdkAndDigestsWhatIsStored() throws Exception {
    byte[] packed = gzip(raw, 0, raw.length);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(packed));
    CopyResult result =
        DiskCopy.from(packedRaw(packed))
            .to(DiskTarget.file(folder.resolve("r.qcow2")), QCOW2)
            .expectDigest("SHA-256", sha256)
            .run();
    assertThat(result.contentDigest()).hasValue(digest());
    byte[] vmdk = sample.vmdk();
    DiskSource stream =
        DiskSource.stream(
            "vmdk.gz",
            new ByteArrayInputStream(gzip(vmdk, 0, vmdk.length)),
            RAW,
            OptionalLong.empty());
    assertThat(
            DiskImages.contentDigest(
                DiskSource.gzip(stream, VMDK_STREAM_OPTIMIZED, OptionalLong.empty())))
        .isEqualTo(digest());
  }

  @Test
  void readsSeveralMembersAndZerosBehindThem() throws IOException {
    int third = raw.length / 3;
    byte[] packed =
        join(
            gzip(raw, 0, third),
            gzip(raw, third, third),
            gzip(raw, third, raw.length),
            new byte[100_000]);
    assertThat(DiskImages.contentDigest(packedRaw(packed))).isEqualTo(digest());
  }

  @Test
  void passesOverNamesCommentsAndExtras() throws IOException {
    byte[] plain = gzip(raw, 0, raw.length);
    byte[] header = {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3};
    byte[] fields = {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0, 9, 9};
    byte[] packed = join(header, fields, Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(DiskImages.contentDigest(packedRaw(packed))).isEqualTo(digest());
  }

  @Test
  void refusesWhatIsDamagedOrTooMuch() throws IOException {
    byte[] good = gzip(raw, 0, raw.length);
    assertRefused(join(good, new byte[] {0, 0, 1}), DiskError.DAMAGED, "follows behind the last");
    assertRefused(join(good, new byte[] {7}), DiskError.TRUNCATED, "gzip member");
    assertRefused(join(good, new byte[] {7, 7, 7, 7}), DiskError.DAMAGED, "start like gzip");
    assertRefused(Arrays.copyOf(good, good.length - 3), DiskError.TRUNCATED, "gzip member");
    assertRefused(new byte[0], DiskError.TRUNCATED, "gzip member");
    byte[] sum = good.clone();
    sum[good.length - 6] ^= 1;
    assertRefused(sum, DiskError.DAMAGED, "sum or size");
    byte[] zeros = new byte[20 << 20];
    assertRefused(
        join(good, gzip(zeros, 0, zeros.length)), DiskError.DAMAGED, "more than the disk can hold");
    assertThatThrownBy(
            () ->
                DiskImages.info(
                    DiskSource.gzip(packedRaw(good), QCOW2, OptionalLong.of(raw.length))))
        .hasMessageContaining("cannot be read from a stream");
  }

  private void assertRefused(byte[] packed, DiskError code, String reason) throws IOException {
    DiskSource source = packedRaw(packed);
    assertThatFails(() -> DiskImages.contentDigest(source), code, reason);
  }

  @Test
  void survivesMutation() throws IOException {
    byte[] small = Arrays.copyOf(raw, 70_000);
    byte[] good = gzip(small, 0, small.length);
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      byte[] bad = good.clone();
      int at = random.nextBoolean() ? random.nextInt(20) : random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      DiskSource source =
          DiskSource.gzip(
              DiskSource.stream("bad", new ByteArrayInputStream(bad), RAW, OptionalLong.empty()),
              RAW,
              OptionalLong.of(small.length));
      try {
        String unused = DiskImages.contentDigest(source);
      } catch (IntermodalException e) {
        assertThat(e).hasMessageStartingWith("cannot read bad");
      }
    }
  }
}
