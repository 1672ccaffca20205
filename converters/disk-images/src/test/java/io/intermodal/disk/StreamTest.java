package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images come and go through streams, parts of files and several files as through one file. */
class StreamTest {

  @TempDir Path folder;

  private final Sample sample = Sample.random(11);
  private final byte[] vmdk = sample.vmdk();

  /** Delivers 1 to 70,000 bytes per read. */
  private static InputStream chopped(byte[] bytes, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        int most = random.nextBoolean() ? 70_000 : 100;
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void readsVmdkAndRawFromStreams() throws Exception {
    byte[] raw = sample.bytes();
    for (int seed = 0; seed < 3; seed++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CopyResult result =
          DiskCopy.from(DiskSource.vmdkStream("v", chopped(vmdk, seed)))
              .to(DiskTarget.stream("r", out), RAW)
              .expectDigest("SHA-256", sha256(vmdk))
              .digestTarget("SHA-256")
              .run();
      assertThat(out.toByteArray()).isEqualTo(raw);
      assertThat(result.targetDigests()).containsEntry("SHA-256", sha256(raw));
      assertThat(result.bytesRead()).isEqualTo(vmdk.length);

      Path qcow2 = folder.resolve("s" + seed);
      DiskCopy.from(DiskSource.rawStream("r", chopped(raw, seed), raw.length))
          .to(DiskTarget.file(qcow2), QCOW2)
          .run();
      assertThat(DiskImages.contentDigest(DiskSource.file(qcow2)))
          .isEqualTo(result.contentDigest().orElseThrow());
    }
  }

  @Test
  void writesTheSameVmdkToAStreamAndToAFile() throws Exception {
    Path raw = sample.raw(folder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyResult result =
        DiskCopy.from(DiskSource.file(raw).as(RAW))
            .to(DiskTarget.stream("x.vmdk", out), VMDK_STREAM_OPTIMIZED)
            .digestTarget("SHA-256")
            .run();
    Path file = folder.resolve("x.vmdk");
    DiskCopy.from(DiskSource.file(raw).as(RAW))
        .to(DiskTarget.file(file), VMDK_STREAM_OPTIMIZED)
        .run();
    assertThat(Files.readAllBytes(file)).isEqualTo(out.toByteArray());
    assertThat(result.targetDigests()).containsEntry("SHA-256", sha256(out.toByteArray()));
    assertThat(result.bytesWritten()).isEqualTo(out.size());
  }

  @Test
  void readsAMemberInsideAFileAndChunksOfSeveral() throws IOException {
    String digest = DiskImages.contentDigest(DiskSource.vmdkStream("v", chopped(vmdk, 1)));
    byte[] archive = new byte[vmdk.length + 5000];
    System.arraycopy(vmdk, 0, archive, 1024, vmdk.length);
    Path ova = Files.write(folder.resolve("a.ova"), archive);
    DiskSource member = DiskSource.range("member", new ByteRange(ova, 1024, vmdk.length));
    assertThat(DiskImages.detect(member)).isEqualTo(VMDK_STREAM_OPTIMIZED);
    assertThat(DiskImages.contentDigest(member)).isEqualTo(digest);

    List<ByteRange> chunks = new ArrayList<>();
    for (int at = 0; at < vmdk.length; at += 100_001) {
      int n = Math.min(100_001, vmdk.length - at);
      Path chunk = folder.resolve("chunk" + at);
      Files.write(chunk, java.util.Arrays.copyOfRange(vmdk, at, at + n));
      chunks.add(new ByteRange(chunk, 0, n));
    }
    assertThat(DiskImages.contentDigest(DiskSource.ranges("chunks", chunks))).isEqualTo(digest);
  }

  @Test
  void passesCompressedBlocksThroughInBothDirections() throws IOException {
    Path source = Files.write(folder.resolve("s.vmdk"), vmdk);
    Path qcow2 = folder.resolve("s.qcow2");
    CopyResult there =
        DiskCopy.from(DiskSource.file(source))
            .to(DiskTarget.file(qcow2), QCOW2)
            .compress(Compression.SMALL)
            .contentDigest(false)
            .verify(Verify.NONE)
            .run();
    assertThat(there.passedThrough()).isTrue();
    assertThat(there.contentDigest()).isEmpty();
    CopyResult back =
        DiskCopy.from(DiskSource.file(qcow2))
            .to(DiskTarget.file(folder.resolve("b.vmdk")), VMDK_STREAM_OPTIMIZED)
            .run();
    assertThat(back.passedThrough()).isTrue();
    assertThat(back.contentDigest()).hasValue(DiskImages.contentDigest(DiskSource.file(source)));
    Path again = folder.resolve("again.vmdk");
    DiskCopy.from(DiskSource.file(source))
        .to(
            DiskTarget.channel("sample.vmdk", Files.newByteChannel(again, Samples.NEW)),
            VMDK_STREAM_OPTIMIZED)
        .run();
    assertThat(Files.mismatch(source, again)).isEqualTo(-1);
  }

  @Test
  void reportsProgressThatNeverFallsAndEndsAtTheTotal() throws IOException {
    Path source = Files.write(folder.resolve("s.vmdk"), vmdk);
    List<Progress> told = new ArrayList<>();
    DiskCopy.from(DiskSource.file(source))
        .to(DiskTarget.file(folder.resolve("p.raw")), RAW)
        .progress(told::add)
        .run();
    assertThat(told).extracting(Progress::doneBytes).isSorted().endsWith((long) vmdk.length);
    assertThat(told).extracting(p -> p.totalBytes().orElseThrow()).containsOnly((long) vmdk.length);
  }
}
