package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.CommonError;
import io.intermodal.ErrorCode;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageRewriteTest {

  @TempDir private Path folder;
  private final SamplePackage sample = SamplePackage.twoDisks();

  private Path ova() {
    return sample.writeOva(folder.resolve("source.ova"), PackageOptions.standard());
  }

  private Path unpacked() {
    return sample.writeFolder(folder.resolve("source"));
  }

  private static void refused(ThrowingCallable work, ErrorCode code, String reason) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(work)
        .withMessageStartingWith("cannot ")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static List<String> names(Path under) throws IOException {
    try (Stream<Path> all = Files.walk(under)) {
      return all.filter(Files::isRegularFile)
          .map(f -> under.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void packsAFolderInTheOrderOfItsReferencesAndOnlyWhatBelongs() throws IOException {
    unpacked();
    Files.writeString(folder.resolve("source/notes.txt"), "not of the package");
    Path target = folder.resolve("packed.ova");
    PackageReport report = OvfPackage.openFolder(folder.resolve("source")).rewrite().toOva(target);
    assertThat(TarIndex.read(target).members())
        .extracting(TarMember::name)
        .containsExactly("vm.ovf", "disk1.vmdk", "iso/empty.iso", "vm.mf");
    assertThat(SamplePackage.read(target)).isEqualTo(sample.ova());
    assertThat(report.manifest()).isEqualTo(PackageReport.Proof.KEPT);
    assertThat(report.certificate()).isEqualTo(PackageReport.Proof.ABSENT);
    assertThat(report.verification().verified()).isTrue();
    assertThat(report.findings()).isEmpty();
    assertThat(report.files())
        .extracting(Manifest.Entry::name)
        .containsExactly("vm.ovf", "disk1.vmdk", "iso/empty.iso");
  }

  @Test
  void makesAManifestWhereThereWasNone() throws IOException {
    unpacked();
    Files.delete(folder.resolve("source/vm.mf"));
    Path target = folder.resolve("packed.ova");
    PackageReport report =
        OvfPackage.openFolder(folder.resolve("source"))
            .rewrite()
            .options(PackageOptions.standard().withDigest(DigestAlgorithm.SHA512))
            .toOva(target);
    assertThat(report.manifest()).isEqualTo(PackageReport.Proof.WRITTEN);
    assertThat(SamplePackage.verify(target).algorithm()).isEqualTo(DigestAlgorithm.SHA512);
    assertThat(SamplePackage.verify(target).verified()).isTrue();
  }

  @Test
  void makesAManifestAnewThatLacksAFile() throws IOException {
    unpacked();
    Path manifest = folder.resolve("source/vm.mf");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .lines()
            .filter(line -> !line.contains("disk1.vmdk"))
            .collect(Collectors.joining("\n")));
    Path target = folder.resolve("packed.ova");
    PackageReport report = OvfPackage.openFolder(folder.resolve("source")).rewrite().toOva(target);
    assertThat(report.manifest()).isEqualTo(PackageReport.Proof.WRITTEN);
    assertThat(report.verification().verified()).isFalse();
    assertThat(SamplePackage.verify(target).verified()).isTrue();
  }

  @Test
  void unpacksIntoANewFolderToTheByte() throws IOException {
    Path target = folder.resolve("out");
    PackageReport report =
        OvfPackage.open(ova()).rewrite().proof(PackageRewrite.Proof.KEEP).toFolder(target);
    assertThat(names(target)).containsExactly("disk1.vmdk", "iso/empty.iso", "vm.mf", "vm.ovf");
    sample
        .files()
        .forEach((name, bytes) -> assertThat(target.resolve(name)).hasBinaryContent(bytes));
    assertThat(target.resolve("vm.ovf")).hasBinaryContent(sample.descriptor());
    assertThat(report.manifest()).isEqualTo(PackageReport.Proof.KEPT);
    assertThat(SamplePackage.verify(target.resolve("vm.ovf")).verified()).isTrue();
    assertThat(folder.resolve("out.part")).doesNotExist();
  }

  @Test
  void aChangedFileLeavesNothingBehind() throws IOException {
    Path ova = ova();
    FileRange disk = OvfPackage.open(ova).files().get(0).ranges().get(0);
    byte[] bytes = Files.readAllBytes(ova);
    bytes[(int) disk.offset()] ^= 1;
    Files.write(ova, bytes);
    Path existing = Files.createDirectory(folder.resolve("existing"));
    for (Path target : List.of(folder.resolve("out"), existing)) {
      refused(
          () -> OvfPackage.open(ova).rewrite().toFolder(target),
          OvfError.DIGEST_MISMATCH,
          "disk1.vmdk is not the file the manifest was made for");
    }
    refused(
        () -> OvfPackage.open(ova).rewrite().toOva(folder.resolve("b.ova")),
        OvfError.DIGEST_MISMATCH,
        "disk1.vmdk");
    assertThat(names(folder)).containsExactly("source.ova");
    assertThat(existing).isEmptyDirectory();
    PackageReport report =
        OvfPackage.open(ova).rewrite().verify(false).toFolder(folder.resolve("out"));
    assertThat(report.verification().verified()).isFalse();
  }

  @Test
  void refusesToGoOnWithoutFilesUnlessAllowed() throws IOException {
    Path ovf = unpacked();
    Files.delete(folder.resolve("source/disk1.vmdk"));
    Path target = folder.resolve("p.ova");
    refused(
        () -> OvfPackage.open(ovf).rewrite().toOva(target),
        OvfError.FILE_MISSING,
        "a file of it is not there: disk1.vmdk");
    assertThat(target).doesNotExist();
    PackageReport report =
        OvfPackage.open(ovf).rewrite().allowMissing(true).verify(false).toOva(target);
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.FILE_MISSING);
  }

  @Test
  void reportsWrongSizesAndCorrectsThemWhenAsked() throws IOException {
    Path source = Files.createDirectory(folder.resolve("wrong"));
    Files.write(source.resolve("d.img"), new byte[77]);
    Files.write(
        source.resolve("vm.ovf"),
        SamplePackage.descriptor(
            SamplePackage.file("d.img", "ovf:size='5'") + SamplePackage.file("e", "")));
    Files.write(source.resolve("e"), new byte[3]);
    PackageReport report = OvfPackage.openFolder(source).rewrite().toOva(folder.resolve("1.ova"));
    assertThat(report.findings())
        .extracting(Finding::message)
        .containsExactly("d.img has 77 bytes; the descriptor says 5");
    assertThat(SamplePackage.verify(folder.resolve("1.ova")).verified()).isFalse();

    report = OvfPackage.openFolder(source).rewrite().fixSizes(true).toOva(folder.resolve("2.ova"));
    assertThat(report.findings())
        .extracting(Finding::message)
        .containsExactly("d.img has 77 bytes; the descriptor said 5");
    OvfPackage fixed = OvfPackage.open(folder.resolve("2.ova"));
    assertThat(fixed.envelope().files().get(0).sizeBytes()).isEqualTo(77);
    assertThat(fixed.envelope().files().get(1).sizeBytes()).isNull();
    assertThat(SamplePackage.warnings(fixed.findings())).isEmpty();
    assertThat(SamplePackage.verify(folder.resolve("2.ova")).verified()).isTrue();
  }

  @Test
  void putsAnotherDescriptorInFrontWithoutTouchingDisks() throws IOException {
    byte[] edited =
        new String(sample.descriptor(), UTF_8).replace("A machine", "Mine").getBytes(UTF_8);
    Path target = folder.resolve("edited.ova");
    PackageReport report = OvfPackage.open(ova()).rewrite().descriptor(edited).toOva(target);
    assertThat(report.manifest()).isEqualTo(PackageReport.Proof.WRITTEN);
    assertThat(SamplePackage.verify(target).verified()).isTrue();
    OvfPackage pack = OvfPackage.open(target);
    assertThat(pack.source().read(pack.descriptor(), 1 << 20)).isEqualTo(edited);
    assertThat(SamplePackage.warnings(OvfPackage.open(target).findings())).isEmpty();
  }

  @Test
  void addsReplacesAndRemovesFiles() throws IOException {
    Path other = Files.write(folder.resolve("other"), SamplePackage.random(9, 800));
    byte[] descriptor =
        SamplePackage.descriptor(
            SamplePackage.file("new.iso", "") + SamplePackage.file("disk1.vmdk", ""));
    Path target = folder.resolve("t.ova");
    OvfPackage.open(ova())
        .rewrite()
        .descriptor(descriptor)
        .put("new.iso", other)
        .put("disk1.vmdk", other)
        .remove("iso/empty.iso")
        .toOva(target);
    assertThat(TarIndex.read(target).members())
        .extracting(TarMember::name)
        .containsExactly("vm.ovf", "new.iso", "disk1.vmdk", "vm.mf");
    assertThat(SamplePackage.verify(target).verified()).isTrue();
    refused(
        () -> OvfPackage.open(target).rewrite().remove("nothing").toOva(folder.resolve("u.ova")),
        OvfError.FILE_MISSING,
        "cannot remove nothing");
  }

  @Test
  void removesAllPartsOfAFile() throws IOException {
    byte[] descriptor = SamplePackage.descriptor(SamplePackage.file("d.img", "ovf:chunkSize='10'"));
    Path ova = folder.resolve("c.ova");
    try (OvaWriter writer = OvaWriter.create(ova, "vm.ovf", descriptor)) {
      writer.addFile("d.img", StoredForm.plain().chunked(10), SamplePackage.bytes(new byte[35]));
      writer.finish();
    }
    Path target = folder.resolve("t.ova");
    OvfPackage.open(ova)
        .rewrite()
        .descriptor(SamplePackage.descriptor(""))
        .remove("d.img")
        .toOva(target);
    assertThat(TarIndex.read(target).members())
        .extracting(TarMember::name)
        .containsExactly("vm.ovf", "vm.mf");
  }

  @Test
  void leavesOutWhatOnlyTheOldDescriptorRefersTo() throws IOException {
    Path target = folder.resolve("t.ova");
    OvfPackage.open(ova()).rewrite().descriptor(SamplePackage.descriptor("")).toOva(target);
    assertThat(TarIndex.read(target).members())
        .extracting(TarMember::name)
        .containsExactly("vm.ovf", "vm.mf");
    assertThat(SamplePackage.verify(target).verified()).isTrue();
  }

  @Test
  void aFolderCanHoldAPackageWithTwoDescriptors() throws IOException {
    Path ovf = unpacked();
    Path source = folder.resolve("source");
    Object disk = Files.getAttribute(source.resolve("disk1.vmdk"), "basic:fileKey");
    byte[] edited = SamplePackage.tar(sample.descriptor(), "<!-- mine -->\n".getBytes(UTF_8));
    PackageReport report =
        OvfPackage.open(ovf)
            .rewrite()
            .descriptor(edited)
            .descriptorName("other.ovf")
            .copyFiles(false)
            .toFolder(source);
    assertThat(report.descriptor()).isEqualTo("other.ovf");
    assertThat(names(source))
        .containsExactly("disk1.vmdk", "iso/empty.iso", "other.mf", "other.ovf", "vm.mf", "vm.ovf");
    assertThat(Files.getAttribute(source.resolve("disk1.vmdk"), "basic:fileKey")).isEqualTo(disk);
    assertThat(SamplePackage.verify(ovf).verified()).isTrue();
    assertThat(SamplePackage.verify(source.resolve("other.ovf")).verified()).isTrue();
    assertThat(source.resolve("other.ovf")).hasBinaryContent(edited);
  }

  @Test
  void copiesNoFileWithoutLeave() throws IOException {
    Path target = folder.resolve("out");
    refused(
        () -> OvfPackage.open(unpacked()).rewrite().copyFiles(false).toFolder(target),
        CommonError.FILE_EXISTS,
        "disk1.vmdk of the package is not there; write to the folder of the package");
    assertThat(target).doesNotExist();
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(mine.resolve("disk1.vmdk"), "mine");
    refused(
        () -> OvfPackage.open(ova()).rewrite().toFolder(mine),
        CommonError.FILE_EXISTS,
        "disk1.vmdk: it exists already");
    assertThat(names(mine)).containsExactly("disk1.vmdk");
    assertThat(mine.resolve("disk1.vmdk")).hasContent("mine");
  }

  @Test
  void aFileCannotHaveTheNameOfTheManifest() throws IOException {
    byte[] descriptor = SamplePackage.descriptor(SamplePackage.file("other.mf", ""));
    Path ova =
        SamplePackage.of("other.mf", new byte[3])
            .writeOva(folder.resolve("m.ova"), PackageOptions.standard());
    refused(
        () ->
            OvfPackage.open(ova)
                .rewrite()
                .descriptor(descriptor)
                .descriptorName("other.ovf")
                .toOva(folder.resolve("x.ova")),
        OvfError.NAME_UNSAFE,
        "other.mf has the name of a manifest or certificate of other.ovf");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> OvfPackage.open(unpacked()).rewrite().descriptorName("other.ovf").inPlace());
  }

  private Path withMember(String name, byte[] content) throws IOException {
    Path target = folder.resolve("two.ova");
    Files.write(
        target,
        SamplePackage.tar(
            SamplePackage.member("vm.ovf", sample.descriptor()),
            SamplePackage.member(
                "disk1.vmdk", Objects.requireNonNull(sample.files().get("disk1.vmdk"))),
            SamplePackage.member("iso/empty.iso", new byte[0]),
            SamplePackage.member(name, content),
            SamplePackage.end()));
    return target;
  }

  @Test
  void aSecondDescriptorIsRefusedUnlessItIsAskedFor() throws IOException {
    OvfPackage pack = OvfPackage.open(withMember("b.ovf", sample.descriptor()));
    Path out = folder.resolve("out");
    Path ova = folder.resolve("o.ova");
    String reason = "beside vm.ovf it holds a second descriptor, b.ovf, and readers differ";
    refused(() -> pack.rewrite().toFolder(out), OvfError.DESCRIPTOR_SECOND, reason);
    refused(() -> pack.rewrite().toOva(ova), OvfError.DESCRIPTOR_SECOND, "leave it out");
    assertThat(out).doesNotExist();
    assertThat(ova).doesNotExist();
    assertThat(pack.rewrite().remove("b.ovf").toOva(ova).findings()).isEmpty();
    assertThat(pack.rewrite().verify(false).toFolder(out).findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.DESCRIPTOR_SECOND);
    assertThat(names(out)).contains("b.ovf");
  }

  @Test
  void aBrokenSignatureIsRefusedUnlessItIsAskedFor() throws IOException {
    Path source = unpacked();
    PackageOptions signed = PackageOptions.standard().signedBy(TestKeys.rsa(folder).signer());
    OvfPackage.open(source).rewrite().options(signed).inPlace();
    PackageReport unknown = OvfPackage.open(source).rewrite().toOva(folder.resolve("a.ova"));
    assertThat(unknown.verification().signature().outcome())
        .isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(unknown.findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.SIGNER_UNKNOWN);
    refused(
        () ->
            OvfPackage.open(source)
                .rewrite()
                .trust(SignatureSamples.trusting(Identity.root()))
                .toOva(folder.resolve("t.ova")),
        OvfError.SIGNATURE_REFUSED,
        "the signature is intact, signer unknown");
    // Every digest fits the manifest, which is not the one that was signed.
    Path manifest = source.resolveSibling("vm.mf");
    Files.writeString(manifest, Files.readString(manifest) + "\n");
    OvfPackage broken = OvfPackage.open(source);
    Path target = folder.resolve("b.ova");
    refused(
        () -> broken.rewrite().toOva(target),
        OvfError.SIGNATURE_REFUSED,
        "the signature is BROKEN");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    refused(
        () -> broken.rewrite().toStream(out), OvfError.SIGNATURE_REFUSED, "without verification");
    assertThat(out.size()).isZero();
    assertThat(target).doesNotExist();
    PackageReport forced = broken.rewrite().verify(false).toOva(target);
    assertThat(forced.findings()).extracting(Finding::code).contains(FindingCode.SIGNATURE_BROKEN);
    assertThat(forced.verification().accepted()).isFalse();
  }

  @Test
  void dropsASignatureThatWouldBeStaleAndKeepsOneThatIsNot() throws IOException {
    PackageOptions signed = PackageOptions.standard().signedBy(TestKeys.rsa(folder).signer());
    Path ova = sample.writeOva(folder.resolve("s.ova"), signed);
    PackageReport kept = OvfPackage.open(ova).rewrite().toOva(folder.resolve("kept.ova"));
    assertThat(kept.certificate()).isEqualTo(PackageReport.Proof.KEPT);
    assertThat(folder.resolve("kept.ova")).hasSameBinaryContentAs(ova);

    byte[] edited = SamplePackage.tar(sample.descriptor(), "\n".getBytes(UTF_8));
    PackageReport dropped =
        OvfPackage.open(ova).rewrite().descriptor(edited).toOva(folder.resolve("d.ova"));
    assertThat(dropped.certificate()).isEqualTo(PackageReport.Proof.DROPPED);
    assertThat(OvfPackage.open(folder.resolve("d.ova")).certificate()).isEmpty();

    PackageReport again =
        OvfPackage.open(ova)
            .rewrite()
            .descriptor(edited)
            .options(signed)
            .toOva(folder.resolve("r.ova"));
    assertThat(again.certificate()).isEqualTo(PackageReport.Proof.WRITTEN);
    assertThat(OvfPackage.open(folder.resolve("r.ova")).certificate()).isPresent();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                OvfPackage.open(ova)
                    .rewrite()
                    .descriptor(edited)
                    .proof(PackageRewrite.Proof.KEEP)
                    .toOva(folder.resolve("x.ova")));
  }

  @Test
  void makesTheManifestOfAnEditedFolderAnew() throws IOException {
    PackageOptions signed = PackageOptions.standard().signedBy(TestKeys.rsa(folder).signer());
    Path source = folder.resolve("signed");
    OvfPackage.open(unpacked()).rewrite().options(signed).toFolder(source);
    assertThat(source.resolve("vm.cert")).exists();
    Path ovf = source.resolve("vm.ovf");
    Files.writeString(ovf, Files.readString(ovf).replace("A machine", "Edited"));
    assertThat(SamplePackage.verify(ovf).verified()).isFalse();
    refused(
        () -> OvfPackage.open(ovf).rewrite().toOva(folder.resolve("x.ova")),
        OvfError.DIGEST_MISMATCH,
        "vm.ovf is not the file");

    PackageReport report =
        OvfPackage.open(ovf).rewrite().verify(false).proof(PackageRewrite.Proof.RENEW).inPlace();
    assertThat(report.manifest()).isEqualTo(PackageReport.Proof.WRITTEN);
    assertThat(report.certificate()).isEqualTo(PackageReport.Proof.DROPPED);
    assertThat(source.resolve("vm.cert")).doesNotExist();
    assertThat(SamplePackage.verify(ovf).verified()).isTrue();
    assertThat(ovf).content().contains("Edited");
  }

  @Test
  void changesADescriptorInPlaceInBothForms() throws IOException {
    byte[] edited = SamplePackage.tar(sample.descriptor(), "<!-- mine -->\n".getBytes(UTF_8));
    for (Path file : List.of(ova(), unpacked())) {
      OvfPackage.open(file).rewrite().descriptor(edited).inPlace();
      assertThat(SamplePackage.verify(file).verified()).as(file.toString()).isTrue();
      OvfPackage pack = OvfPackage.open(file);
      assertThat(pack.source().read(pack.descriptor(), 1 << 20)).isEqualTo(edited);
    }
    assertThat(names(folder))
        .containsExactly(
            "source.ova",
            "source/disk1.vmdk",
            "source/iso/empty.iso",
            "source/vm.mf",
            "source/vm.ovf");
  }

  @Test
  void writesToAStreamTheBytesOfTheFile() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OvfPackage.open(unpacked()).rewrite().toStream(out);
    assertThat(out.toByteArray()).isEqualTo(sample.ova());
  }

  @Test
  void replacesOnlyWhatItMay() throws IOException {
    Path ovf = unpacked();
    Path target = Files.writeString(folder.resolve("t.ova"), "old");
    refused(
        () -> OvfPackage.open(ovf).rewrite().toOva(target),
        CommonError.FILE_EXISTS,
        "it exists already");
    assertThat(target).hasContent("old");
    PackageOptions replacing = PackageOptions.standard().replacing();
    OvfPackage.open(ovf).rewrite().options(replacing).toOva(target);
    assertThat(SamplePackage.verify(target).verified()).isTrue();
    refused(
        () ->
            OvfPackage.open(ovf)
                .rewrite()
                .options(replacing)
                .toOva(folder.resolve("source/disk1.vmdk")),
        CommonError.FILE_EXISTS,
        "it is a file of the package");
    assertThat(SamplePackage.verify(ovf).verified()).isTrue();
  }

  @Test
  void readsNoFileThatItWouldWriteOver() throws IOException {
    PackageOptions replacing = PackageOptions.standard().replacing();
    Path part = Files.move(ova(), folder.resolve("t.ova.part"));
    refused(
        () -> OvfPackage.open(part).rewrite().options(replacing).toOva(folder.resolve("t.ova")),
        CommonError.FILE_EXISTS,
        "t.ova.part is a file of the package");
    assertThat(SamplePackage.verify(part).verified()).isTrue();

    SamplePackage odd = SamplePackage.of("vm.mf.part", new byte[9]);
    Path ovf = odd.writeFolder(folder.resolve("odd"));
    refused(
        () -> OvfPackage.open(ovf).rewrite().proof(PackageRewrite.Proof.RENEW).inPlace(),
        CommonError.FILE_EXISTS,
        "vm.mf.part is a file of the package");
    assertThat(SamplePackage.verify(ovf).verified()).isTrue();
  }

  /** A full disk must not cost the manifest that there is. */
  @Test
  void writesAllThatIsNewBeforeTheOldManifestGoes() throws IOException {
    Path ovf = unpacked();
    Files.createDirectories(folder.resolve("source/vm.mf.part/in-the-way"));
    byte[] edited = SamplePackage.tar(sample.descriptor(), "<!-- mine -->\n".getBytes(UTF_8));
    refused(
        () -> OvfPackage.open(ovf).rewrite().descriptor(edited).inPlace(),
        CommonError.FILE_EXISTS,
        "vm.mf.part is there already");
    assertThat(SamplePackage.verify(ovf).verified()).isTrue();
    assertThat(names(folder.resolve("source")))
        .containsExactly("disk1.vmdk", "iso/empty.iso", "vm.mf", "vm.ovf");
  }

  @Test
  void stopsWhenAskedAndLeavesNothing() throws IOException {
    Path ova = ova();
    for (boolean toFolder : new boolean[] {true, false}) {
      Cancellation cancellation = Cancellation.create();
      PackageRewrite rewrite =
          OvfPackage.open(ova)
              .rewrite()
              .cancellation(cancellation)
              .progress(p -> cancellation.cancel());
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(
              () -> {
                if (toFolder) {
                  rewrite.toFolder(folder.resolve("out"));
                } else {
                  rewrite.toOva(folder.resolve("out.ova"));
                }
              });
    }
    assertThat(names(folder)).containsExactly("source.ova");
  }

  @Test
  void tellsHowFarItIs() {
    List<Progress> seen = new ArrayList<>();
    OvfPackage.open(ova()).rewrite().progress(seen::add).toOva(folder.resolve("b.ova"));
    assertThat(seen.get(seen.size() - 1).doneBytes()).isEqualTo(1500);
    assertThat(seen).allMatch(p -> p.totalBytes().orElse(0) == 1500);
  }

  @Test
  void aFolderWithoutOneDescriptorIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(() -> OvfPackage.openFolder(empty), OvfError.DESCRIPTOR_MISSING, "no .ovf descriptor");
    Files.writeString(empty.resolve("a.ovf"), "x");
    Files.writeString(empty.resolve("B.OVF"), "x");
    refused(
        () -> OvfPackage.openFolder(empty),
        OvfError.NOT_A_PACKAGE,
        "several descriptors; name one: B.OVF, a.ovf");
  }

  @Test
  void namesThatWouldBreakAManifestAreNotUnpacked() throws IOException {
    Path ova = folder.resolve("odd.ova");
    Files.write(
        ova,
        SamplePackage.tar(
            SamplePackage.member("vm.ovf", SamplePackage.descriptor("")),
            SamplePackage.member("a\nSHA1(b)= 00", new byte[1]),
            SamplePackage.end()));
    refused(
        () -> OvfPackage.open(ova).rewrite().toFolder(folder.resolve("out")),
        OvfError.NAME_UNSAFE,
        "control character");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
