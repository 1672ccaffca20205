package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member that was added to a signed package is noticed where another reader would deploy it. */
class LookalikeTest {

  private static final byte[] SIGNED = "as it was signed".getBytes(UTF_8);
  private static final byte[] ADDED = "as somebody added it".getBytes(UTF_8);
  private static final TrustPolicy TRUST =
      TrustPolicy.trusting(List.of(Identity.rsa().certificate()));

  @TempDir Path folder;

  /** Makes an archive with one file, signed, and puts more behind it. */
  private static byte[] archive(String file, String stored, byte[]... more) {
    byte[] descriptor = SamplePackage.descriptor(file);
    byte[] manifest =
        new Manifest(
                "vm.mf", List.of(entry("vm.ovf", descriptor), entry(stored, SIGNED)), List.of())
            .toBytes();
    return SamplePackage.tar(
        SamplePackage.member("vm.ovf", descriptor),
        SamplePackage.member("vm.mf", manifest),
        SamplePackage.member("vm.cert", Identity.rsa().signer().sign("vm.mf", manifest)),
        SamplePackage.member(stored, SIGNED),
        SamplePackage.tar(more),
        SamplePackage.end());
  }

  private static Manifest.Entry entry(String name, byte[] content) {
    DigestSet digests = new DigestSet(EnumSet.of(DigestAlgorithm.SHA256));
    digests.update(content, 0, content.length);
    return new Manifest.Entry(
        name,
        DigestAlgorithm.SHA256,
        Objects.requireNonNull(digests.hex().get(DigestAlgorithm.SHA256)));
  }

  /** Reads as a file and as a stream, which must say the same. */
  private Verification verify(byte[] archive) throws IOException {
    Path file = Files.write(folder.resolve("x.ova"), archive);
    Verification ofFile =
        OvfPackage.open(file).verify(TRUST, Progress.Listener.none(), Cancellation.none());
    Verification ofStream =
        OvaStream.of("x", new ByteArrayInputStream(archive)).trust(TRUST).read().verification();
    assertThat(ofStream.accepted()).isEqualTo(ofFile.accepted());
    assertThat(ofStream.files()).isEqualTo(ofFile.files());
    assertThat(ofStream.findings()).isEqualTo(ofFile.findings());
    return ofFile;
  }

  private static Stream<FindingCode> codes(Verification result) {
    return result.findings().stream().map(Finding::code);
  }

  @ParameterizedTest
  @CsvSource({
    "disk.vmdk, disk.vmdk, DISK.vmdk",
    "disk.vmdk, disk.vmdk, VM.OVF",
    "disk.vmdk, disk.vmdk, 'disk.vmdk.'",
    "disk.vmdk, disk.vmdk, 'disk.vmdk '",
    "disk.vmdk, disk.vmdk, disk.vmdk/.",
    "disk.vmdk, disk.vmdk, dis%6B.vmdk",
    "a/disk.vmdk, a/disk.vmdk, 'a\\disk.vmdk'",
    "a/disk.vmdk, a/disk.vmdk, 'A./disk.vmdk'",
    "a%20b.vmdk, a%20b.vmdk, a b.vmdk",
    "\u00e9.vmdk, \u00e9.vmdk, e\u0301.vmdk",
  })
  void aMemberThatReadsLikeASignedOneIsRefused(String href, String stored, String added)
      throws IOException {
    String file = SamplePackage.file(href, "");
    assertThat(verify(archive(file, stored)).accepted()).isTrue();
    Verification result = verify(archive(file, stored, SamplePackage.member(added, ADDED)));
    assertThat(result.verified()).isFalse();
    assertThat(result.accepted()).isFalse();
    assertThat(codes(result)).contains(FindingCode.MEMBER_LOOKALIKE);
    assertThat(result.unlisted()).containsExactly(added);
  }

  @ParameterizedTest
  @CsvSource({
    "disk.vmdk.000000000, disk.vmdk",
    "disk.vmdk, disk.vmdk.000000001",
  })
  void chunksBesideTheWholeAreRefused(String stored, String added) throws IOException {
    String file = SamplePackage.file("disk.vmdk", "ovf:chunkSize='100'");
    assertThat(verify(archive(file, stored)).accepted()).isTrue();
    Verification result = verify(archive(file, stored, SamplePackage.member(added, ADDED)));
    assertThat(result.verified()).isFalse();
    assertThat(codes(result)).contains(FindingCode.MEMBER_LOOKALIKE);
  }

  @Test
  void whatWasSignedUnderBothNamesIsTheSignersOwn() throws IOException {
    Path ova =
        SamplePackage.of("disk.vmdk", SIGNED)
            .with("DISK.vmdk", ADDED)
            .writeOva(folder.resolve("two.ova"), PackageOptions.standard());
    assertThat(SamplePackage.verify(ova).verified()).isTrue();
  }

  @Test
  void anotherUnlistedMemberIsARemarkOnly() throws IOException {
    String file = SamplePackage.file("disk.vmdk", "");
    Verification result =
        verify(archive(file, "disk.vmdk", SamplePackage.member("disk2.vmdk", ADDED)));
    assertThat(result.accepted()).isTrue();
    assertThat(codes(result)).containsExactly(FindingCode.MANIFEST_UNLISTED);
  }

  @Test
  void aSecondDescriptorThatNobodySignedIsNotAccepted() throws IOException {
    byte[] archive =
        archive(
            SamplePackage.file("disk.vmdk", ""),
            "disk.vmdk",
            SamplePackage.member("other.ovf", SamplePackage.descriptor("")));
    Verification result = verify(archive);
    assertThat(result.verified()).isTrue();
    assertThat(result.signature().outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.accepted()).isFalse();
    assertThat(result.unlisted()).containsExactly("other.ovf");
  }

  /** Some readers go on after one block of zeros. */
  @Test
  void whatFollowsTheEndOfASignedArchiveIsNotAccepted() throws IOException {
    byte[] archive =
        archive(
            SamplePackage.file("disk.vmdk", ""),
            "disk.vmdk",
            new byte[TarHeader.BLOCK],
            SamplePackage.member("disk.vmdk", ADDED));
    Verification result = verify(archive);
    assertThat(result.signature().outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.accepted()).isFalse();
  }

  @Test
  void inAFolderTheDecodedNameCountsToo() throws IOException {
    byte[] descriptor = SamplePackage.descriptor(SamplePackage.file("a%20b.vmdk", ""));
    Path ovf = Files.write(folder.resolve("vm.ovf"), descriptor);
    Files.write(folder.resolve("a%20b.vmdk"), SIGNED);
    Manifest manifest =
        new Manifest(
            "vm.mf", List.of(entry("vm.ovf", descriptor), entry("a%20b.vmdk", SIGNED)), List.of());
    Files.write(folder.resolve("vm.mf"), manifest.toBytes());
    assertThat(SamplePackage.verify(ovf).verified()).isTrue();
    Files.write(folder.resolve("a b.vmdk"), ADDED);
    Verification result = SamplePackage.verify(ovf);
    assertThat(result.verified()).isFalse();
    assertThat(codes(result)).contains(FindingCode.MEMBER_LOOKALIKE);
  }
}
