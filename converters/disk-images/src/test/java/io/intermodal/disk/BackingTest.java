package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.QCOW2;
import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Overlays are followed to their bases, and only where that was allowed. Needs qemu-img. */
@Tag("qemu-img")
class BackingTest {

  @TempDir Path folder;

  @BeforeEach
  void requireQemu() {
    Qemu.require();
  }

  private Path base(String name, long size) throws IOException {
    Path raw = folder.resolve(name);
    Sample sample = Sample.of("base", size);
    for (int i = 0; i * 65536L < size; i++) {
      sample.with(i, i % 3 == 0 ? Sample.noise(i) : Sample.text(i));
    }
    return Files.write(raw, sample.bytes());
  }

  private Path overlay(String name, String base, String format, String options, String size)
      throws IOException {
    Path image = folder.resolve(name);
    Qemu.ok(
        "create", "-q", "-f", "qcow2", "-o", options, "-b", base, "-F", format, image + "", size);
    return image;
  }

  /** Sets the name in the header alone; qemu-img itself would look for the file. */
  private void rebase(Path image, String reference) throws IOException {
    Qemu.ok("rebase", "-u", "-f", "qcow2", "-b", reference, "-F", "raw", image.toString());
  }

  private void assertSame(Path image) throws IOException {
    for (Compression compression : new Compression[] {Compression.NONE, Compression.FAST}) {
      Path flat = folder.resolve("flat.qcow2");
      CopyResult result =
          DiskCopy.from(DiskSource.file(image).withBackingFilesIn(folder))
              .to(DiskTarget.replacing(flat), QCOW2)
              .compress(compression)
              .verify(Verify.NONE)
              .contentDigest(false)
              .run();
      assertThat(result.notes()).isEmpty();
      Qemu.same("qcow2", image, "qcow2", flat);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster_size=65536",
        "cluster_size=512",
        "cluster_size=2M",
        "extended_l2=on",
        "extended_l2=on,cluster_size=16k",
        "compat=0.10"
      })
  void readsChainsOfImages(String options) throws IOException {
    base("base.raw", 5 << 20);
    Path packed = folder.resolve("packed.qcow2");
    Qemu.ok("convert", "-c", "-O", "qcow2", "-f", "raw", folder + "/base.raw", packed + "");
    overlay("middle.qcow2", "packed.qcow2", "qcow2", options, "6M");
    Qemu.io(folder.resolve("middle.qcow2"), "write -P 1 3k 70k", "write -z 256k 128k");
    Path top = overlay("top.qcow2", "middle.qcow2", "qcow2", options, "7M");
    Qemu.io(
        top, "write -P 2 40k 1k", "write -z 64k 66k", "write -P 3 5000k 300k", "write -z 1M 3k");
    assertSame(top);
    DiskInfo info = DiskImages.info(DiskSource.file(top).withBackingFilesIn(folder));
    assertThat(info.details()).containsEntry("layers", "3");
  }

  @Test
  void readsRandomWritesOverBasesOfAnySize() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 6; round++) {
      base("base.raw", 512L * (1 + random.nextInt(4000)));
      String options = random.nextBoolean() ? "extended_l2=on" : "cluster_size=" + (512 << round);
      Path top =
          overlay("top.qcow2", "base.raw", "raw", options, 512L * (1 + random.nextInt(4000)) + "");
      long size = DiskImages.info(allowed(top)).virtualSizeBytes();
      for (int i = 0; i < 8; i++) {
        long at = random.nextInt((int) (size / 512)) * 512L;
        long length = Math.min(size - at, 512L * (1 + random.nextInt(300)));
        String kind = random.nextInt(3) == 0 ? "-z" : "-P " + (1 + random.nextInt(200));
        Qemu.io(top, "write " + kind + " " + at + " " + length);
      }
      assertSame(top);
    }
  }

  private DiskSource allowed(Path image) {
    return DiskSource.file(image).withBackingFilesIn(folder);
  }

  @Test
  void followsNothingUnlessAsked() throws IOException {
    base("base.raw", 1 << 20);
    Path top = overlay("top.qcow2", "base.raw", "raw", "compat=1.1", "1M");
    assertThatFails(
        () -> DiskImages.contentDigest(DiskSource.file(top)),
        DiskError.REFERS_TO_ANOTHER_FILE,
        "based on base.raw, which is not followed unless asked for");
  }

  @ParameterizedTest
  @CsvSource({
    "/somewhere/else/base.raw",
    "C:\\vm\\base.raw",
    "../base.raw",
    "file:base.raw",
    "sub/base.raw"
  })
  void looksInsideTheFolderOnly(String reference) throws IOException {
    base("base.raw", 1 << 20);
    Path top = overlay("top.qcow2", "base.raw", "raw", "compat=1.1", "1M");
    rebase(top, reference);
    assertThat(DiskImages.contentDigest(allowed(top)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(folder.resolve("base.raw")).as(RAW)));
  }

  @Test
  void prefersTheRelativePath() throws IOException {
    base("base.raw", 1 << 20);
    Files.createDirectory(folder.resolve("sub"));
    Path other = base("sub/base.raw", 2 << 20);
    Path top = overlay("top.qcow2", "base.raw", "raw", "compat=1.1", "2M");
    rebase(top, "sub/base.raw");
    assertThat(DiskImages.contentDigest(allowed(top)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(other).as(RAW)));
  }

  @Test
  void refusesWhatLeadsOut(@TempDir Path elsewhere) throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    base("base.raw", 1 << 20);
    Path secret = Files.write(elsewhere.resolve("secret"), new byte[1 << 20]);
    Path top = overlay("top.qcow2", "base.raw", "raw", "compat=1.1", "1M");
    for (String reference :
        new String[] {"../base.raw", "link", "missing.raw", "nbd://host/disk", "json:{}", "sub"}) {
      rebase(top, reference);
      Files.createDirectories(inside.resolve("sub"));
      Files.deleteIfExists(inside.resolve("link"));
      Files.createSymbolicLink(inside.resolve("link"), secret);
      assertThatFails(
          () -> DiskImages.info(DiskSource.file(top).withBackingFilesIn(inside)),
          DiskError.REFERS_TO_ANOTHER_FILE,
          "folder " + inside.toRealPath());
    }
  }

  @Test
  void refusesCirclesAndLongChains() throws IOException {
    base("base.raw", 1 << 20);
    Path a = overlay("a.qcow2", "base.raw", "raw", "compat=1.1", "1M");
    Path b = overlay("b.qcow2", "a.qcow2", "qcow2", "compat=1.1", "1M");
    Qemu.ok("rebase", "-u", "-f", "qcow2", "-b", "b.qcow2", "-F", "qcow2", a.toString());
    assertThatFails(
        () -> DiskImages.info(allowed(b)), DiskError.DAMAGED, "based on itself in the end");
    Qemu.ok("rebase", "-u", "-f", "qcow2", "-b", "a.qcow2", "-F", "qcow2", a.toString());
    assertThatFails(
        () -> DiskImages.info(allowed(a)), DiskError.DAMAGED, "based on itself in the end");
    String below = "base.raw";
    for (int i = 1; i <= 16; i++) {
      String format = i == 1 ? "raw" : "qcow2";
      Path next = overlay("l" + i, below, format, "compat=1.1", "1M");
      below = "l" + i;
      if (i < 16) {
        assertThat(DiskImages.info(allowed(next)).details())
            .containsEntry("layers", Integer.toString(i + 1));
      } else {
        assertThatFails(
            () -> DiskImages.info(allowed(next)), DiskError.TOO_LARGE, "more than 16 images");
      }
    }
  }

  @Test
  void takesABaseForRawOnlyWhenTheImageSaysSo() throws IOException {
    Path raw = base("base.raw", 1 << 20);
    Path top = overlay("top.qcow2", "base.raw", "raw", "compat=1.1", "1M");
    byte[] image = Files.readAllBytes(top);
    // The name of the base's format goes: the extension's type becomes one that nobody knows.
    for (int at = 104; at < 1024; at += 8) {
      if (image[at] == (byte) 0xE2 && image[at + 1] == 0x79) {
        image[at] = 0x11;
      }
    }
    Files.write(top, image);
    assertThatFails(
        () -> DiskImages.info(allowed(top)), DiskError.FORMAT_UNKNOWN, "has to be named as raw");
    Path converted = folder.resolve("c.qcow2");
    Qemu.ok("convert", "-O", "qcow2", "-f", "raw", raw.toString(), converted.toString());
    Files.move(converted, raw, StandardCopyOption.REPLACE_EXISTING);
    assertThat(DiskImages.contentDigest(allowed(top)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(raw)));
  }

  @Test
  void doesNotTakeOneFamilyForAnother() throws IOException {
    base("base.raw", 1 << 20);
    Path base = folder.resolve("base.qcow2");
    Qemu.ok("create", "-q", "-f", "qcow2", base.toString(), "1M");
    Path top = overlay("top.qcow2", "base.raw", "raw", "compat=1.1", "1M");
    Qemu.ok("rebase", "-u", "-f", "qcow2", "-b", "base.qcow2", "-F", "vpc", top.toString());
    assertThatFails(
        () -> DiskImages.info(allowed(top)), DiskError.DAMAGED, "it is qcow2, the image");
  }

  @Test
  void doesNotOverwriteABaseAndNoticesItsChange() throws IOException {
    Path raw = base("base.raw", 1 << 20);
    Path top = overlay("top.qcow2", "base.raw", "raw", "compat=1.1", "1M");
    assertThatThrownBy(() -> DiskCopy.from(allowed(top)).to(DiskTarget.replacing(raw), QCOW2).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the source is based on the target");
    Path out = folder.resolve("out.qcow2");
    boolean[] changed = new boolean[1];
    assertThatFails(
        () ->
            DiskCopy.from(allowed(top))
                .to(DiskTarget.file(out), QCOW2)
                .progress(
                    p -> {
                      if (!changed[0]) {
                        changed[0] = raw.toFile().setLastModified(1_000_000);
                      }
                    })
                .run(),
        DiskError.SOURCE_CHANGED,
        "base.raw");
    assertThat(out).doesNotExist();
  }
}
