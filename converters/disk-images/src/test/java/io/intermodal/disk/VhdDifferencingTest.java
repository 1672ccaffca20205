package io.intermodal.disk;

import static io.intermodal.disk.DiskFormat.RAW;
import static io.intermodal.disk.DiskFormat.VHD_DIFFERENCING;
import static io.intermodal.disk.DiskFormat.VHD_DYNAMIC;
import static io.intermodal.disk.DiskFormat.VHD_FIXED;
import static io.intermodal.disk.Failures.assertThatFails;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;

/** Differencing VHD: read with the very parent it was made of, and only when that was asked for. */
@Timeout(120)
class VhdDifferencingTest {

  private static final int SIZE = (9 << 20) + 512 * 7;
  private static final int BLOCK = 2 << 20;

  @TempDir Path folder;

  private byte[] below = new byte[0];
  private byte[] above = new byte[0];
  private byte[] parent = new byte[0];

  /** Both have the same size; the child has no block where the parent has some, and vice versa. */
  @BeforeEach
  void makeDisks() throws IOException {
    Sample base =
        Sample.of("base", SIZE).fill(0, 40, 1).with(70, Sample.text(1)).with(144, Sample.text(2));
    Sample changes =
        Sample.of("changes", SIZE).fill(3, 35, 2).with(100, Sample.text(3)).fill(130, 145, 3);
    below = base.bytes();
    above = changes.bytes();
    parent = Files.readAllBytes(write(base, "parent.vhd", VHD_DYNAMIC));
    write(changes, "changes.vhd", VHD_DYNAMIC);
  }

  private Path write(Sample sample, String name, DiskFormat format) {
    Path to = folder.resolve(name);
    DiskCopy.from(DiskSource.file(sample.raw(folder)).as(RAW))
        .to(DiskTarget.replacing(to), format)
        .run();
    return to;
  }

  /** Clears bits of the child's bitmaps and returns the disk that parent and child make. */
  private byte[] punch(byte[] child) {
    Random random = new Random(5);
    byte[] expected = below.clone();
    for (int block = 0; block * (long) BLOCK < SIZE; block++) {
      int bitmap = VhdBytes.bitmapOf(child, block);
      for (int sector = 0; bitmap != 0 && sector < BLOCK / 512; sector++) {
        boolean keep =
            block == 2 || (sector / 100 % 2 == 0 ? random.nextInt(9) > 0 : sector % 3 == 0);
        int at = block * BLOCK + sector * 512;
        if (!keep) {
          child[bitmap + sector / 8] &= (byte) ~(0x80 >> sector % 8);
        } else if (at < SIZE) {
          System.arraycopy(above, at, expected, at, 512);
        }
      }
    }
    return expected;
  }

  private byte[] read(Path child) throws IOException {
    Path out = folder.resolve("flat.raw");
    DiskCopy.from(DiskSource.file(child).withBackingFilesIn(folder))
        .to(DiskTarget.replacing(out), RAW)
        .digestSource("SHA-256")
        .run();
    return Files.readAllBytes(out);
  }

  private Path child(String reference) throws IOException {
    byte[] dynamic = Files.readAllBytes(folder.resolve("changes.vhd"));
    byte[] child = VhdBytes.childOf(Path.of("none.vhd"), parent, reference, dynamic);
    return Files.write(folder.resolve("child.vhd"), child);
  }

  @Test
  void mergesSectorsAsAnotherImplementationDoes() throws IOException {
    Node.require("vhd-lib");
    byte[] bytes = Files.readAllBytes(folder.resolve("changes.vhd"));
    byte[] expected = punch(bytes);
    Path child = Files.write(folder.resolve("child.vhd"), bytes);
    String unused =
        Node.run("vhd-chain.js", folder.resolve("parent.vhd").toString(), child.toString());
    assertThat(DiskImages.detect(DiskSource.file(child))).isEqualTo(VHD_DIFFERENCING);
    assertThat(read(child)).isEqualTo(expected);
    Path flat = folder.resolve("flat.vhd");
    unused = Node.run("vhd-chain.js", "--flatten", child.toString(), flat.toString());
    assertThat(DiskImages.contentDigest(DiskSource.file(flat)))
        .isEqualTo(DiskImages.contentDigest(DiskSource.file(child).withBackingFilesIn(folder)));
  }

  @ParameterizedTest
  @CsvSource({
    "parent.vhd",
    ".\\parent.vhd",
    "..\\elsewhere\\parent.vhd",
    "C:\\Users\\Public\\Hyper-V\\parent.vhd"
  })
  void findsItsParentByAnyPath(String reference) throws IOException {
    byte[] dynamic = Files.readAllBytes(folder.resolve("changes.vhd"));
    byte[] expected = punch(dynamic);
    byte[] child = VhdBytes.childOf(Path.of("none.vhd"), parent, reference, dynamic);
    assertThat(read(Files.write(folder.resolve("child.vhd"), child))).isEqualTo(expected);
  }

  @Test
  void findsAFixedParentByItsNameAlone() throws IOException {
    Path fixed = write(Sample.of("base", SIZE).fill(0, 40, 1), "fixed.vhd", VHD_FIXED);
    byte[] bytes = Files.readAllBytes(fixed);
    byte[] dynamic = Files.readAllBytes(folder.resolve("changes.vhd"));
    byte[] child =
        VhdBytes.childOf(
            Path.of("fixed.vhd"),
            java.util.Arrays.copyOfRange(bytes, bytes.length - 512, bytes.length),
            "missing.vhd",
            dynamic);
    System.arraycopy(bytes, 0, below, 0, SIZE);
    byte[] expected = below.clone();
    System.arraycopy(above, 0, expected, 0, BLOCK * 2);
    System.arraycopy(above, BLOCK * 3, expected, BLOCK * 3, SIZE - BLOCK * 3);
    assertThat(read(Files.write(folder.resolve("child.vhd"), child))).isEqualTo(expected);
  }

  @Test
  void isRefusedUnlessTheFolderIsNamed() throws IOException {
    Path child = child(".\\parent.vhd");
    assertThat(DiskImages.detect(DiskSource.file(child))).isEqualTo(VHD_DIFFERENCING);
    assertThatFails(
        () -> DiskImages.info(DiskSource.file(child)),
        DiskError.REFERS_TO_ANOTHER_FILE,
        "it is based on ./parent.vhd, which is not followed unless asked for");
    assertThat(DiskImages.info(DiskSource.file(child).withBackingFilesIn(folder)).details())
        .containsEntry("subformat", "differencing")
        .containsEntry("parentName", "none.vhd")
        .containsKey("parentUuid");
  }

  @Test
  void isRefusedWhenTheParentIsAnotherDisk() throws IOException {
    Path child = child("parent.vhd");
    ByteBuffer b = ByteBuffer.wrap(parent);
    for (int footer : new int[] {0, parent.length - 512}) {
      b.put(footer + 70, (byte) (b.get(footer + 70) + 1));
      VhdBytes.sum(b, footer, 512, 64);
    }
    Files.write(folder.resolve("parent.vhd"), parent);
    assertThatFails(() -> read(child), DiskError.DAMAGED, "the one that was found has");
  }

  @Test
  void isRefusedWhenTheParentIsMissingOrNoVhdOrItself() throws IOException {
    Path child = child("parent.vhd");
    Files.delete(folder.resolve("parent.vhd"));
    assertThatFails(
        () -> read(child), DiskError.REFERS_TO_ANOTHER_FILE, "there is no such file in the folder");
    DiskCopy.from(DiskSource.file(folder.resolve("changes.vhd")))
        .to(DiskTarget.file(folder.resolve("parent.vhd")), DiskFormat.QCOW2)
        .run();
    assertThatFails(() -> read(child), DiskError.DAMAGED, "it is qcow2");
    Path itself = child("child.vhd");
    assertThatFails(() -> read(itself), DiskError.DAMAGED, "based on itself");
  }

  @ParameterizedTest
  @CsvSource({
    "584, -1, 'a parent locator of 4294967295 bytes cannot be'",
    "584, 65537, 'a parent locator of 65537 bytes cannot be'",
    "592, -1, 'a parent locator of 20 bytes cannot be at byte'",
    "596, 0x7fffffff, 'a parent locator of 20 bytes cannot be at byte 2147483647'",
    "576, 0, a differencing disk names no parent"
  })
  void refusesLocatorsThatLeadNowhere(int at, String value, String reason) throws IOException {
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(child("parent.vhd")));
    b.putInt(512 + at, Long.decode(value).intValue());
    if (at == 576) {
      b.put(512 + 64, new byte[512]);
    }
    VhdBytes.sum(b, 512, 1024, 36);
    Path damaged = Files.write(folder.resolve("damaged.vhd"), b.array());
    assertThatFails(() -> read(damaged), DiskError.DAMAGED, reason);
  }

  @Test
  void isNotWritten() throws IOException {
    assertThat(DiskImages.writableFormats()).doesNotContain(VHD_DIFFERENCING);
    assertThatFails(
        () ->
            DiskCopy.from(DiskSource.file(folder.resolve("parent.vhd")))
                .to(DiskTarget.file(folder.resolve("x.vhd")), VHD_DIFFERENCING)
                .run(),
        DiskError.FORMAT_UNSUPPORTED,
        "is read only");
  }
}
