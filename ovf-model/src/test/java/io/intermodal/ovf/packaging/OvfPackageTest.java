package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.EnvelopeDraft;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OvfPackageTest {

  @TempDir private Path folder;

  private static EnvelopeDraft draft(long size) {
    return new EnvelopeDraft(
        "group",
        List.of(new EnvelopeDraft.DraftFile("f1", "disk 1.vmdk", size)),
        List.of(
            new EnvelopeDraft.DraftDisk(
                "d1", "f1", 3L << 30, EnvelopeDraft.DraftDisk.STREAM_OPTIMIZED, null),
            new EnvelopeDraft.DraftDisk("d2", null, 12345, null, null)),
        List.of("net"),
        List.of(
            new EnvelopeDraft.DraftMachine(
                "vm",
                "web <1>",
                List.of("vmx-14"),
                4,
                2,
                2L << 30,
                Firmware.EFI,
                new GuestOs("96", "12", "Debian", "debian12_64Guest"),
                List.of("iso"),
                List.of(
                    new EnvelopeDraft.DraftController("s", 6, "VirtualSCSI", 0),
                    new EnvelopeDraft.DraftController("n", 20, "vmware.nvme.controller", 0)),
                List.of(
                    new EnvelopeDraft.DraftAttachment("s", 0, "d1", null),
                    new EnvelopeDraft.DraftAttachment("n", 1, "d2", null),
                    new EnvelopeDraft.DraftAttachment(null, null, null, null)),
                List.of(new EnvelopeDraft.DraftNic("VmxNet3", "net", "00:50:56:00:00:01")),
                List.of(new EnvelopeDraft.DraftProperty("k", "string", "v", true, false, "K")))));
  }

  private Path ova(byte[] disk) {
    Path file = folder.resolve("vm.ova");
    EnvelopeDraft draft = draft(0);
    try (OvaWriter writer = OvaWriter.create(file, "vm.ovf", draft.roomBytes())) {
      PackageWriter.Written written =
          writer.addFile(
              "disk 1.vmdk",
              to -> {
                for (byte b : disk) {
                  to.write(ByteBuffer.wrap(new byte[] {b}));
                }
              });
      writer.finish(draft.withSizes(Map.of(written.name(), written.sizeBytes())).toXml());
    }
    return file;
  }

  private static Verification verify(OvfPackage pack) {
    return pack.verify(Progress.Listener.none(), Cancellation.none());
  }

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    byte[] disk = "a disk of some bytes".getBytes(UTF_8);
    OvfPackage pack = OvfPackage.open(ova(disk));
    assertThat(pack.kind()).isEqualTo(OvfPackage.Kind.OVA);
    assertThat(pack.findings()).isEmpty();
    assertThat(pack.envelope().disks())
        .extracting(Disk::capacityBytes)
        .containsExactly(3L << 30, 12345L);
    Machine machine = pack.envelope().machines(null).get(0);
    assertThat(machine.name()).isEqualTo("web <1>");
    assertThat(machine.cpus()).isEqualTo(4);
    assertThat(machine.firmware()).isEqualTo(Firmware.EFI);
    assertThat(machine.disks())
        .extracting(Machine.AttachedDisk::bus)
        .containsExactly("scsi", "nvme");
    assertThat(machine.removableDrives()).isEqualTo(1);
    FileRange range = pack.files().get(0).ranges().get(0);
    assertThat(
            Arrays.copyOfRange(
                Files.readAllBytes(range.path()),
                (int) range.offset(),
                (int) (range.offset() + range.length())))
        .isEqualTo(disk);
    try (InputStream in = pack.openFile("disk%201.vmdk", true)) {
      assertThat(in.readAllBytes()).isEqualTo(disk);
    }
    Verification verification = verify(pack);
    assertThat(verification.verified()).isTrue();
    assertThat(verification.algorithm()).isEqualTo(DigestAlgorithm.SHA256);
    assertThat(verification.files())
        .extracting(Verification.FileResult::status)
        .containsOnly(Verification.Status.OK)
        .hasSize(2);
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(ova(new byte[700]));
    Files.delete(folder.resolve("vm.ova"));
    assertThat(Files.readAllBytes(ova(new byte[700]))).isEqualTo(first);
    assertThat(first.length % 512).isZero();
  }

  @Test
  void aChangedByteIsFound() throws IOException {
    Path file = ova(new byte[600]);
    FileRange range = OvfPackage.open(file).files().get(0).ranges().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) range.offset() + 599] = 1;
    Files.write(file, bytes);
    Verification verification = verify(OvfPackage.open(file));
    assertThat(verification.verified()).isFalse();
    assertThat(verification.files())
        .contains(new Verification.FileResult("disk 1.vmdk", Verification.Status.MISMATCH));
  }

  @Test
  void verificationStopsWhenAsked() {
    OvfPackage pack = OvfPackage.open(ova(new byte[600]));
    Cancellation cancellation = Cancellation.create();
    cancellation.cancel();
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(() -> pack.verify(Progress.Listener.none(), cancellation));
  }

  @Test
  void anArchiveCutOffIsRefusedWithTheMember() throws IOException {
    byte[] bytes = Files.readAllBytes(ova(new byte[5000]));
    FileRange range = OvfPackage.open(folder.resolve("vm.ova")).files().get(0).ranges().get(0);
    Path cut = folder.resolve("cut.ova");
    Files.write(cut, Arrays.copyOf(bytes, (int) range.offset() + 1000));
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvfPackage.open(cut))
        .withMessageContaining("disk 1.vmdk")
        .withMessageContaining("offset " + range.offset())
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.ARCHIVE_TRUNCATED));
  }

  @Test
  void nothingIsLeftOfAnArchiveThatWasNotFinished() throws IOException {
    Path file = folder.resolve("half.ova");
    try (OvaWriter writer = OvaWriter.create(file, "half.ovf", 100)) {
      writer.addFile("a", to -> {});
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(() -> writer.finish(new byte[101]))
          .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.DESCRIPTOR_TOO_LONG));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.addFile("../a", to -> {}));
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFileThatFailedIsNeverFinished() {
    try (OvaWriter writer = OvaWriter.create(folder.resolve("f.ova"), "f.ovf", 100)) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(
              () ->
                  writer.addFile(
                      "a",
                      to -> {
                        throw new IOException("disk full");
                      }))
          .withMessageContaining("disk full");
      assertThatIllegalStateException().isThrownBy(() -> writer.finish(new byte[1]));
    }
    assertThat(folder.resolve("f.ova")).doesNotExist();
  }

  @Test
  void readsChunksAndGzipBesideADescriptor() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("content".getBytes(UTF_8));
    }
    byte[] gzip = packed.toByteArray();
    Files.write(folder.resolve("d.gz.000000000"), Arrays.copyOf(gzip, 10));
    Files.write(folder.resolve("d.gz.000000001"), Arrays.copyOfRange(gzip, 10, gzip.length));
    Path descriptor = folder.resolve("A.OVF");
    Files.writeString(
        descriptor,
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'><References><File id='f'"
            + " href='d.gz' compression='gzip' chunkSize='10'/></References></Envelope>");
    OvfPackage pack = OvfPackage.open(descriptor);
    assertThat(pack.files().get(0).ranges()).hasSize(2);
    assertThat(pack.files().get(0).gzip()).isTrue();
    try (InputStream in = pack.openFile("d.gz", true)) {
      assertThat(in.readAllBytes()).isEqualTo("content".getBytes(UTF_8));
    }
    assertThat(verify(pack).verified()).isFalse();
    assertThat(verify(pack).manifestPresent()).isFalse();
  }

  @Test
  void namesThatLeadOutAreNotOpened() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("p"));
    Files.writeString(folder.resolve("secret"), "s");
    Files.writeString(
        inner.resolve("a.ovf"),
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'><References><File id='f'"
            + " href='..%2Fsecret'/><File id='g' href='../secret'/></References></Envelope>");
    OvfPackage pack = OvfPackage.open(inner.resolve("a.ovf"));
    assertThat(pack.files()).noneMatch(PackageFile::complete);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> pack.openFile("../secret", false))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.NAME_UNSAFE));
  }

  @Test
  void dangerousMembersAreRefused() throws IOException {
    Map<String, OvfError> bad =
        Map.of(
            "../evil", OvfError.NAME_UNSAFE,
            "/etc/x", OvfError.NAME_UNSAFE,
            "C:\\x", OvfError.NAME_UNSAFE,
            "a/../../b", OvfError.NAME_UNSAFE,
            "a.ovf", OvfError.MEMBER_DUPLICATE);
    for (Map.Entry<String, OvfError> entry : bad.entrySet()) {
      refused(TarHeader.of(entry.getKey(), 0), entry.getValue());
    }
    for (char type : "12346S".toCharArray()) {
      byte[] header = TarHeader.of("link", 0);
      header[154] = ' ';
      int sum = 0;
      header[156] = (byte) type;
      for (int i = 0; i < 512; i++) {
        sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
      }
      byte[] digits = String.format("%06o\0 ", sum).getBytes(UTF_8);
      System.arraycopy(digits, 0, header, 148, 8);
      refused(header, OvfError.MEMBER_FORBIDDEN);
    }
  }

  private void refused(byte[] header, OvfError code) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(TarHeader.of("a.ovf", 0));
    tar.write(header);
    tar.write(new byte[1024]);
    Path file = folder.resolve("bad.ova");
    Files.write(file, tar.toByteArray());
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvfPackage.open(file))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void largeSizesSurviveTheHeader() {
    for (long size : new long[] {0, 1, (1L << 33) - 1, 1L << 33, 1L << 45, Long.MAX_VALUE >> 7}) {
      byte[] header = TarHeader.of("x", size);
      assertThat(TarHeader.number(header, 124, 12)).isEqualTo(size);
      assertThat(TarHeader.sumMatches(header)).isTrue();
    }
  }

  @Test
  void saysWhatItIsInstead() throws IOException {
    Path file = folder.resolve("x.ova");
    Files.write(file, new byte[0]);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvfPackage.open(file))
        .withMessageContaining("an empty file");
    Files.writeString(file, "<html>404</html>");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvfPackage.open(file))
        .withMessageContaining("an HTML page");
  }

  @Test
  void brokenArchivesEndInOurErrorsOnly() throws IOException {
    byte[] sample = Files.readAllBytes(ova(new byte[100]));
    Path file = folder.resolve("broken.ova");
    Random random = new Random(11);
    for (int i = 0; i < 1500; i++) {
      byte[] broken = sample.clone();
      for (int n = random.nextInt(5); n >= 0; n--) {
        // Headers are where it hurts.
        int at = i % 2 == 0 ? random.nextInt(512) : random.nextInt(broken.length);
        broken[at] = (byte) random.nextInt(256);
      }
      broken = i % 7 == 0 ? Arrays.copyOf(broken, random.nextInt(broken.length)) : broken;
      Files.write(file, broken);
      try {
        verify(OvfPackage.open(file));
      } catch (IntermodalException expected) {
        assertThat(expected.getMessage()).startsWith("cannot read");
      }
    }
  }
}
