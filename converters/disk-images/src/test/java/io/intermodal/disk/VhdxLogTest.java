package io.intermodal.disk;

import static io.intermodal.disk.Failures.assertThatFails;
import static io.intermodal.disk.VhdxImage.BAT;
import static io.intermodal.disk.VhdxImage.LOG;
import static io.intermodal.disk.VhdxImage.MIB;
import static io.intermodal.disk.VhdxImage.PAYLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that was not closed is read as its log says, and its file stays as it is. */
class VhdxLogTest {

  @TempDir Path folder;

  private final Sample sample =
      Sample.of("logged", 600L * MIB)
          .with(1, Sample.text(1))
          .with(4000, Sample.noise(2))
          .with(9599, Sample.text(3));

  private VhdxImage image;
  private String digest;
  private byte[] table;

  /** An image whose table is lost, and stands in the log alone. */
  @BeforeEach
  void loseTheTable() {
    image = VhdxImage.of(sample, folder);
    digest = image.digest();
    table = VhdxImage.bytes(image.read(BAT, 8192));
    image.write(BAT, VhdxImage.little(8192)).withLogGuid();
  }

  private VhdxLogEntry entry(long sequence, int tail) {
    return new VhdxLogEntry(sequence, tail, image.size());
  }

  private VhdxLogEntry tableEntry(long sequence, int tail) {
    return entry(sequence, tail)
        .data(BAT, Arrays.copyOf(table, 4096))
        .data(BAT + 4096, Arrays.copyOfRange(table, 4096, 8192));
  }

  /** Has qemu-img replay a copy, and compares what comes out. */
  private void qemuAgrees() throws IOException {
    Qemu.require();
    Path copy = Files.copy(image.file(), folder.resolve("qemu.vhdx"));
    Qemu.ok("check", "-q", "-f", "vhdx", "-r", "all", copy.toString());
    Path raw = folder.resolve("ours.raw");
    DiskCopy.from(image.source()).to(DiskTarget.replacing(raw), DiskFormat.RAW).run();
    Qemu.same("vhdx", copy, "raw", raw);
    Files.delete(copy);
  }

  @Test
  void replaysOneEntryAndLeavesTheFileAsItIs() throws IOException {
    image.log(0, tableEntry(7, 0).build());
    Path before = Files.copy(image.file(), folder.resolve("before"));
    CopyResult result =
        DiskCopy.from(image.source())
            .to(DiskTarget.file(folder.resolve("o.raw")), DiskFormat.RAW)
            .run();
    assertThat(result.contentDigest()).hasValue(digest);
    assertThat(result.notes())
        .containsExactly(
            "the image was not closed cleanly; the 1 entry of its log were replayed in memory and"
                + " its file was left as it is");
    assertThat(Files.mismatch(before, image.file())).isEqualTo(-1);
    qemuAgrees();
  }

  @Test
  void laterEntriesWinAndZerosAreZeros() throws IOException {
    byte[] first = Sample.noise(4);
    byte[] second = Sample.noise(5);
    image.log(0, entry(1, 0).data(PAYLOAD + 65536, Arrays.copyOf(first, 4096)).build());
    image.log(
        8192,
        entry(2, 0)
            .zero(PAYLOAD + 65536, 65536)
            .data(PAYLOAD + 65536 + 8192, Arrays.copyOf(second, 4096))
            .build());
    image.log(16384, tableEntry(3, 0).zero(PAYLOAD + 2 * MIB + 983040, 4096).build());
    Path raw = folder.resolve("z.raw");
    DiskCopy.from(image.source()).to(DiskTarget.file(raw), DiskFormat.RAW).run();
    byte[] expected = new byte[65536];
    System.arraycopy(second, 0, expected, 8192, 4096);
    try (var channel = Files.newByteChannel(raw)) {
      ByteBuffer got = ByteBuffer.allocate(65536);
      channel.position(65536).read(got);
      assertThat(got.array()).isEqualTo(expected);
    }
    qemuAgrees();
  }

  @Test
  void replaysFromTheTailOnly() throws IOException {
    ByteBuffer stale = entry(5, 0).zero(PAYLOAD, 3 * MIB).build();
    image.log(0, stale);
    image.log(stale.capacity(), tableEntry(6, stale.capacity()).build());
    assertThat(image.digest()).isEqualTo(digest);
  }

  @Test
  void takesTheRunWithTheHighestNumberAndNoTornEntry() throws IOException {
    image.log(0, entry(30, 0).zero(PAYLOAD, 3 * MIB).build());
    image.log(65536, tableEntry(31, 65536).build());
    ByteBuffer torn = entry(32, 65536).zero(PAYLOAD, 3 * MIB).build();
    image.log(65536 + 12288, torn.putInt(70, 1));
    assertThat(image.digest()).isEqualTo(digest);
    qemuAgrees();
  }

  @Test
  void followsTheRingAroundItsEnd() {
    int start = MIB - 4096 - 8192;
    ByteBuffer first = entry(Long.MAX_VALUE - 1, start).zero(PAYLOAD, 3 * MIB).build();
    image.log(start, first);
    // Starts 8 KiB before the end and goes on at the start.
    image.log(start + 4096, tableEntry(Long.MAX_VALUE, start + 4096).build());
    assertThat(image.digest()).isEqualTo(digest);
  }

  @Test
  void readsMoreDescriptorsThanOneSectorHolds() throws IOException {
    VhdxLogEntry many = tableEntry(9, 0);
    Random random = new Random(1);
    byte[] sector = new byte[4096];
    for (int i = 0; i < 200; i++) {
      random.nextBytes(sector);
      many.data(PAYLOAD + i * 8192L, sector);
    }
    image.log(0, many.build());
    Path raw = folder.resolve("many.raw");
    DiskCopy.from(image.source()).to(DiskTarget.file(raw), DiskFormat.RAW).run();
    random = new Random(1);
    try (var channel = Files.newByteChannel(raw)) {
      for (int i = 0; i < 128; i++) {
        random.nextBytes(sector);
        ByteBuffer got = ByteBuffer.allocate(4096);
        channel.position(i * 8192L).read(got);
        assertThat(got.array()).as("sector %s", i).isEqualTo(sector);
      }
    }
  }

  @Test
  void readsAsZerosWhatTheLogMakesTheFileLonger() {
    long end = image.size();
    byte[] longer = table.clone();
    ByteBuffer entries = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
    entries.putLong(8 * 20, (end / MIB) << 20 | 6);
    table = longer;
    image.log(0, tableEntry(1, 0).makesFile(end + MIB).build());
    assertThat(image.digest()).isEqualTo(digest);
  }

  @Test
  void refusesAFileThatWasCut() {
    image.log(0, new VhdxLogEntry(1, 0, image.size() + 1).zero(BAT, 4096).build());
    assertThatFails(image::digest, DiskError.TRUNCATED, "the file had at least");
  }

  @Test
  void refusesALogWithoutAWholeSequence() {
    assertThatFails(image::digest, DiskError.DAMAGED, "no sequence of whole entries");
    // A tail outside of the run: what came before it is lost.
    image.log(8192, tableEntry(4, 0).build());
    assertThatFails(image::digest, DiskError.DAMAGED, "no sequence of whole entries");
  }

  @Test
  void refusesEntriesThatAreNotSound() {
    ByteBuffer noted = tableEntry(4, 0).build();
    for (int at : new int[] {64, 64 + 24, 64 + 16, 4096, 4096 + 4, 8192 - 4, 32, 16}) {
      ByteBuffer wrong = VhdxImage.little(noted.capacity()).put(0, VhdxImage.bytes(noted));
      wrong.put(at, (byte) (wrong.get(at) ^ 1));
      image.log(0, VhdxImage.sealed(wrong));
      assertThatFails(image::digest, DiskError.DAMAGED, "no sequence of whole entries");
    }
    image.log(0, noted);
    assertThatCode(image::digest).doesNotThrowAnyException();
  }

  @Test
  void refusesChangesWhereNoneBelong() {
    for (long place : new long[] {0, 65536, LOG, LOG + MIB - 4096, image.size(), -4096}) {
      image.log(0, entry(1, 0).zero(place, 4096).build());
      assertThatFails(image::digest, DiskError.DAMAGED, "no place of a table or a block");
    }
    image.log(0, entry(1, 0).zero(BAT, Long.MAX_VALUE & -4096).build());
    assertThatFails(image::digest, DiskError.DAMAGED, "no place of a table or a block");
    image.log(0, entry(1, 0).zero(BAT, 4096).makesFile(1L << 60).build());
    assertThatFails(image::digest, DiskError.DAMAGED, "the file cannot be");
  }

  @Test
  @Timeout(20)
  void refusesALogThatIsMadeToLast() {
    // Every sector starts an entry that takes the rest of the ring and has the wrong checksum.
    for (int at = 0; at < MIB; at += 4096) {
      ByteBuffer header = entry(1, 0).zero(BAT, 4096).build();
      image.log(at, header.putInt(8, MIB).putInt(4, 1));
    }
    assertThatFails(image::digest, DiskError.DAMAGED, "overlap");
  }

  @Test
  void refusesALogAboveTheCap() {
    for (int header : new int[] {VhdxImage.HEADER_1, VhdxImage.HEADER_2}) {
      image.putInt(header + 68, 65 * MIB).putLong(header + 72, 700L * MIB);
    }
    image.putLong(800L * MIB, 1);
    assertThatFails(image.seal()::digest, DiskError.TOO_LARGE, "the cap is 64 MiB");
  }

  /** A write to the table fails once it stands in the log, as when the power goes. */
  @Test
  void readsWhatQemuLeftInItsLog() throws IOException {
    Qemu.require();
    Tool qemuIo = Tool.require("qemu-io", "--version");
    Path vhdx = folder.resolve("crashed.vhdx");
    Qemu.ok("create", "-q", "-f", "vhdx", "-o", "block_size=1M", vhdx.toString(), "64M");
    qemuIo.ok("-f", "vhdx", "-c", "write -P 0x11 0 1M", vhdx.toString());
    long tableAt = 2L * MIB;
    Path rules =
        Files.writeString(
            folder.resolve("rules"),
            "[inject-error]\nevent = \"none\"\niotype = \"write\"\nerrno = \"5\"\nsector = \""
                + tableAt / 512
                + "\"\n");
    String open =
        "open -o driver=vhdx,file.driver=blkdebug,file.config="
            + rules
            + ",file.image.filename="
            + vhdx;
    assertThat(qemuIo.run("-c", open, "-c", "write -P 0x22 5M 1M").output())
        .contains("write failed");
    Path raw = folder.resolve("crashed.raw");
    CopyResult result =
        DiskCopy.from(DiskSource.file(vhdx)).to(DiskTarget.file(raw), DiskFormat.RAW).run();
    assertThat(result.notes()).singleElement().asString().contains("not closed cleanly");
    assertThat(qemuIo.ok("-r", "-f", "raw", "-c", "read -P 0x22 5M 1M", raw.toString()))
        .doesNotContain("failed");
    Qemu.ok("check", "-q", "-f", "vhdx", "-r", "all", vhdx.toString());
    Qemu.same("raw", raw, "vhdx", vhdx);
  }
}
