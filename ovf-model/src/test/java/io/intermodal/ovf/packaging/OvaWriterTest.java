package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OvaWriterTest {

  @TempDir private Path folder;

  private Path target() {
    return folder.resolve("a.ova");
  }

  @ParameterizedTest
  @EnumSource
  void writesTheManifestWithTheDigestAskedFor(DigestAlgorithm digest) {
    Path ova =
        SamplePackage.twoDisks().writeOva(target(), PackageOptions.standard().withDigest(digest));
    Verification verification = SamplePackage.verify(ova);
    assertThat(verification.verified()).isTrue();
    assertThat(verification.algorithm()).isEqualTo(digest);
  }

  @Test
  void writesTheCertificateLastOverTheBytesOfTheManifest() {
    PackageSigner signer = TestKeys.rsa(folder).signer();
    Path ova =
        SamplePackage.twoDisks().writeOva(target(), PackageOptions.standard().signedBy(signer));
    List<TarMember> members = TarIndex.read(ova).members();
    assertThat(members)
        .extracting(TarMember::name)
        .containsExactly("vm.ovf", "disk1.vmdk", "iso/empty.iso", "vm.mf", "vm.cert");
    byte[] all = SamplePackage.read(ova);
    byte[] manifest = bytes(all, members.get(3));
    assertThat(bytes(all, members.get(4))).isEqualTo(signer.sign("vm.mf", manifest));
    assertThat(OvfPackage.open(ova).certificate()).isPresent();
  }

  private static byte[] bytes(byte[] archive, TarMember member) {
    int from = (int) member.offset();
    return Arrays.copyOfRange(archive, from, from + (int) member.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100, 699, 700, 701, 5000})
  void cutsAFileIntoPartsThatTheDescriptorStates(long partBytes) throws IOException {
    byte[] disk = SamplePackage.random(2, 700);
    byte[] descriptor =
        SamplePackage.descriptor(
            SamplePackage.file("d.img", "ovf:size='700' ovf:chunkSize='" + partBytes + "'"));
    PackageWriter.Written written;
    try (OvaWriter writer = OvaWriter.create(target(), "vm.ovf", descriptor)) {
      written =
          writer.addFile("d.img", StoredForm.plain().chunked(partBytes), SamplePackage.bytes(disk));
      writer.finish();
    }
    assertThat(written.sizeBytes()).isEqualTo(700);
    assertThat(written.entries()).hasSize((int) ((699 + partBytes) / partBytes));
    assertThat(written.entries().get(0).name()).isEqualTo("d.img.000000000");
    OvfPackage pack = OvfPackage.open(target());
    try (InputStream in = pack.openFile("d.img", true)) {
      assertThat(in.readAllBytes()).isEqualTo(disk);
    }
    assertThat(SamplePackage.warnings(pack.findings())).isEmpty();
    assertThat(SamplePackage.verify(target()).verified()).isTrue();
  }

  @Test
  void compressesFirstAndCutsThen() throws IOException {
    byte[] disk = "a line of text, again and again\n".repeat(4000).getBytes(UTF_8);
    String form = "ovf:compression='gzip' ovf:chunkSize='100'";
    byte[] draft =
        SamplePackage.descriptor(SamplePackage.file("d.img", "ovf:size='999999' " + form));
    try (OvaWriter writer = OvaWriter.create(target(), "vm.ovf", draft.length)) {
      PackageWriter.Written written =
          writer.addFile("d.img", StoredForm.gzipped().chunked(100), SamplePackage.bytes(disk));
      assertThat(written.sizeBytes()).isBetween(200L, 5000L);
      writer.finish(
          SamplePackage.descriptor(
              SamplePackage.file("d.img", "ovf:size='" + written.sizeBytes() + "' " + form)));
    }
    OvfPackage pack = OvfPackage.open(target());
    assertThat(pack.files().get(0).parts()).hasSizeGreaterThan(1);
    assertThat(SamplePackage.warnings(pack.findings())).isEmpty();
    try (InputStream in = pack.openFile("d.img", true)) {
      assertThat(in.readAllBytes()).isEqualTo(disk);
    }
    assertThat(SamplePackage.verify(target()).verified()).isTrue();
  }

  @Test
  void anEmptyFileInPartsHasOnePart() {
    byte[] descriptor = SamplePackage.descriptor(SamplePackage.file("d", "ovf:chunkSize='9'"));
    try (OvaWriter writer = OvaWriter.create(target(), "vm.ovf", descriptor)) {
      writer.addFile("d", StoredForm.plain().chunked(9), to -> {});
      writer.finish();
    }
    assertThat(SamplePackage.verify(target()).verified()).isTrue();
  }

  @Test
  void refusesADescriptorThatStatesAnotherForm() {
    for (String stated : List.of("", "ovf:chunkSize='11'", "ovf:compression='gzip'")) {
      byte[] descriptor = SamplePackage.descriptor(SamplePackage.file("d", stated));
      try (OvaWriter writer = OvaWriter.create(target(), "vm.ovf", descriptor)) {
        writer.addFile("d", StoredForm.plain().chunked(10), SamplePackage.bytes(new byte[5]));
        assertThatIllegalArgumentException()
            .isThrownBy(writer::finish)
            .withMessageContaining("chunkSize 10");
      }
      assertThat(target()).doesNotExist();
    }
  }

  @Test
  void refusesMorePartsThanReadersTake() {
    try (OvaWriter writer = OvaWriter.create(target(), "vm.ovf", 100)) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(
              () ->
                  writer.addFile(
                      "d",
                      StoredForm.plain().chunked(1),
                      SamplePackage.bytes(new byte[TarMembers.MOST_MEMBERS])))
          .withMessageContaining("choose larger chunks")
          .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.PACKAGE_LIMIT));
    }
  }

  @Test
  void writesTheSameBytesToAStreamAndToAFile() {
    SamplePackage sample = SamplePackage.twoDisks();
    assertThat(sample.ova())
        .isEqualTo(SamplePackage.read(sample.writeOva(target(), PackageOptions.standard())));
  }

  @Test
  void aStreamNeedsSizesBeforehand() {
    try (OvaWriter writer =
        OvaWriter.to(
            OutputStream.nullOutputStream(), "a.ovf", new byte[1], PackageOptions.standard())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> writer.addFile("d", to -> {}))
          .withMessageContaining("must be known before");
    }
    for (int wrong : new int[] {4, 6}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OvaWriter writer = OvaWriter.to(out, "a.ovf", new byte[1], PackageOptions.standard())) {
        assertThatIllegalStateException()
            .isThrownBy(() -> writer.addFile("d", wrong, SamplePackage.bytes(new byte[5])));
        assertThatIllegalStateException().isThrownBy(writer::finish);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../a",
        "/a",
        "a/../../b",
        "./a",
        "a//b",
        "a/",
        " a",
        "a ",
        "a\nb",
        "a\rb",
        "a\u0000b",
        "a\u2028b",
        "\uFEFFa",
        "http://host/a",
        "C:\\a",
        "\ud800"
      })
  void refusesNamesThatReadersOrManifestsDoNotTake(String name) {
    try (OvaWriter writer = OvaWriter.create(target(), "vm.ovf", 10)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.addFile(name, to -> {}))
          .withMessageContaining("not a name for a file of a package");
    }
  }

  @Test
  void replacesAnArchiveOnlyWhenAllowedAndOnlyWhenWhole() throws IOException {
    Files.writeString(target(), "old");
    SamplePackage sample = SamplePackage.twoDisks();
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> sample.writeOva(target(), PackageOptions.standard()))
        .withMessageContaining("it exists already");
    try (OvaWriter writer =
        OvaWriter.create(target(), "vm.ovf", 10, PackageOptions.standard().replacing())) {
      writer.addFile("a", to -> {});
    }
    assertThat(target()).hasContent("old");
    sample.writeOva(target(), PackageOptions.standard().replacing());
    assertThat(SamplePackage.verify(target()).verified()).isTrue();
  }

  /** The content is a hole: the header, the offsets after it and the index are what is tested. */
  @ParameterizedTest
  @ValueSource(longs = {(8L << 30) - 1, 8L << 30, (8L << 30) + 5, 70L << 30, 3L << 40})
  void largeMembersAreWrittenAndFound(long size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(target(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      TarWriter tar = new TarWriter(channel);
      tar.begin("vm.ovf", null);
      channel.write(ByteBuffer.wrap(SamplePackage.descriptor("")));
      tar.end();
      tar.begin("big.img", null);
      channel.position(channel.position() + size);
      tar.end();
      tar.begin("after.txt", 3L).write(ByteBuffer.wrap(new byte[3]));
      tar.end();
      tar.finish();
    }
    TarIndex.Result index = TarIndex.read(target());
    assertThat(index.endMark()).isTrue();
    assertThat(index.trailing()).isFalse();
    assertThat(index.members())
        .extracting(m -> m.name() + " " + m.size())
        .containsSequence("big.img " + size, "after.txt 3");
    Tools.gnuTar(
        folder,
        List.of("-tvf", target().toString()),
        output ->
            assertThat(output)
                .containsPattern("\\s" + size + " .* big\\.img")
                .contains("after.txt"));
  }
}
