package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VMDK_STREAM_OPTIMIZED;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.CommonError;
import io.intermodal.Progress;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.engine.Formats;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there is written over only when asked, and nothing of it comes to light. */
class InPlaceTest {

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("sparse", 5L << 20).with(3, Sample.text(1)).with(60, Sample.noise(2));

  private Path garbage(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xA5);
    return Files.write(folder.resolve(name), bytes);
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Test
  void writesOverAFileThatKeepsItsIdentity() throws IOException {
    Path target = garbage("target", 9 << 20);
    Object key = key(target);
    DiskSource source = DiskSource.file(sample.raw(folder)).as(RAW);
    for (DiskFormat format : List.of(RAW, QCOW2, VMDK_STREAM_OPTIMIZED)) {
      CopyResult result = DiskCopy.from(source).to(DiskTarget.inPlace(target), format).run();
      assertThat(DiskImages.contentDigest(DiskSource.file(target).as(format)))
          .isEqualTo(result.contentDigest().orElseThrow());
      assertThat(key(target)).isEqualTo(key);
    }
    DiskCopy.from(source).to(DiskTarget.inPlace(target), RAW).run();
    assertThat(Files.readAllBytes(target)).isEqualTo(sample.bytes());
  }

  @Test
  void refusesWhatIsNotThereAndWhatIsRead() {
    DiskSource source = DiskSource.file(sample.raw(folder)).as(RAW);
    assertThatFails(
        () -> DiskCopy.from(source).to(DiskTarget.inPlace(folder.resolve("no")), RAW).run(),
        CommonError.FILE_NOT_FOUND,
        "it does not exist");
  }

  @Test
  void saysThatWhatWasWrittenOverIsLost() throws IOException {
    Path target = garbage("target", 4096);
    DiskSource source = DiskSource.file(sample.raw(folder)).as(RAW);
    assertThatFails(
        () ->
            DiskCopy.from(source)
                .to(DiskTarget.inPlace(target), RAW)
                .expectDigest("SHA-256", "00")
                .run(),
        DiskError.DIGEST_MISMATCH,
        "target was written over and holds no image now");
    Cancellation cancellation = Cancellation.create();
    Throwable stopped =
        catchThrowable(
            () ->
                DiskCopy.from(source)
                    .to(DiskTarget.inPlace(target), RAW)
                    .progress(p -> cancellation.cancel())
                    .cancellation(cancellation)
                    .run());
    assertThat(stopped).isInstanceOf(CancelledException.class);
    assertThat(stopped.getSuppressed()[0]).hasMessageContaining("holds no image now");
  }

  @Test
  void writesZerosWhereOthersHaveHoles() throws IOException {
    for (DiskFormat format : List.of(RAW, QCOW2)) {
      Path device = garbage("device-" + format, 9 << 20);
      try (FileChannel channel =
          FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        ExtentWriter writer =
            Formats.get(format, "device")
                .create(
                    ByteTarget.overwriting("device", channel, List.of()),
                    new WriteSettings(
                        sample.size(), Compression.NONE, ImageOptions.none(), "device", 0));
        sample
            .blocks()
            .forEach((i, b) -> writer.write(Extent.raw(i * Sample.BLOCK, b, 0, b.length, 0)));
        writer.finish();
      }
      if (format.equals(RAW)) {
        byte[] bytes = Files.readAllBytes(device);
        assertThat(Arrays.copyOf(bytes, 5 << 20)).isEqualTo(sample.bytes());
        assertThat(Arrays.copyOfRange(bytes, 5 << 20, bytes.length)).containsOnly(0xA5);
      } else {
        assertThat(compare(DiskSource.file(device).as(format)).identical()).isTrue();
      }
    }
  }

  private Comparison compare(DiskSource target) {
    DiskSource raw = DiskSource.file(sample.raw(folder)).as(RAW);
    return DiskImages.compare(raw, target, Progress.Listener.none(), Cancellation.none());
  }

  @Test
  void writesToALoopDevice() throws Exception {
    Path backing = garbage("backing", 8 << 20);
    Shell attached = Shell.run("losetup", "--find", "--show", backing.toString());
    assumeTrue(attached.status() == 0, "no loop device can be made here");
    Path device = Path.of(attached.output().strip());
    try {
      DiskSource source = DiskSource.file(sample.raw(folder)).as(RAW);
      DiskCopy.from(source).to(DiskTarget.inPlace(device), RAW).run();
      assertThat(Arrays.copyOf(Files.readAllBytes(backing), 5 << 20)).isEqualTo(sample.bytes());
      DiskCopy.from(source).to(DiskTarget.inPlace(device), QCOW2).run();
      assertThat(compare(DiskSource.file(backing).as(QCOW2)).identical()).isTrue();

      Path large = Sample.of("large", 12L << 20).fill(0, 190, 3).raw(folder);
      assertThatFails(
          () ->
              DiskCopy.from(DiskSource.file(large).as(RAW))
                  .to(DiskTarget.inPlace(device), RAW)
                  .run(),
          CommonError.WRITE_FAILED,
          "holds no image now");
    } finally {
      Shell.run("losetup", "--detach", device.toString());
    }
  }

  /** What a command of the system said. */
  record Shell(int status, String output) {

    static Shell run(String... command) throws InterruptedException {
      try {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Shell(process.waitFor(), output);
      } catch (IOException e) {
        return new Shell(127, "");
      }
    }
  }
}
