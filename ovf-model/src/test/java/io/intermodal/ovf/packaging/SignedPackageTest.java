package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies whole packages that are signed. */
class SignedPackageTest {

  @TempDir private Path folder;

  private void write(String... listed) throws IOException {
    Files.writeString(
        folder.resolve("a.ovf"),
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'><References><File id='f'"
            + " href='a.vmdk'/></References><VirtualSystem id='v'><Info/></VirtualSystem>"
            + "</Envelope>");
    Files.writeString(folder.resolve("a.vmdk"), "disk");
    List<Manifest.Entry> entries = new ArrayList<>();
    for (String name : listed) {
      byte[] content = Files.readAllBytes(folder.resolve(name));
      entries.add(
          new Manifest.Entry(
              name,
              DigestAlgorithm.SHA256,
              HexFormat.of().formatHex(DigestAlgorithm.SHA256.digest().digest(content))));
    }
    byte[] manifest = new Manifest("a.mf", entries, List.of()).toBytes();
    Files.write(folder.resolve("a.mf"), manifest);
    Files.write(folder.resolve("a.cert"), Identity.leaf().signer().sign("a.mf", manifest));
  }

  private Verification verify(TrustPolicy policy) {
    return OvfPackage.open(folder.resolve("a.ovf"))
        .verify(policy, Progress.Listener.none(), Cancellation.none());
  }

  private static TrustPolicy trusting() {
    return SignatureSamples.trusting(Identity.root());
  }

  @Test
  void acceptsWhatIsWholeAndSigned() throws IOException {
    write("a.ovf", "a.vmdk");
    Verification result = verify(trusting());
    assertThat(result.verified()).isTrue();
    assertThat(result.accepted()).isTrue();
    assertThat(result.unlisted()).isEmpty();
    assertThat(result.signature().outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void aGoodSignatureDoesNotHelpAChangedFile() throws IOException {
    write("a.ovf", "a.vmdk");
    Files.writeString(folder.resolve("a.vmdk"), "risk");
    Verification result = verify(trusting());
    assertThat(result.signature().outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.verified()).isFalse();
    assertThat(result.accepted()).isFalse();
  }

  @Test
  void goodDigestsDoNotHelpABrokenSignature() throws IOException {
    write("a.ovf", "a.vmdk");
    // An attacker changes a file and mends the manifest.
    byte[] certificate = Files.readAllBytes(folder.resolve("a.cert"));
    write("a.vmdk", "a.ovf");
    Files.write(folder.resolve("a.cert"), certificate);
    Verification result = verify(TrustPolicy.none());
    assertThat(result.verified()).isTrue();
    assertThat(result.signature().outcome()).isEqualTo(TrustOutcome.BROKEN);
    assertThat(result.accepted()).isFalse();
    assertThat(result.findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.SIGNATURE_BROKEN);
  }

  @Test
  void aDescriptorThatIsNotListedIsNotSigned() throws IOException {
    write("a.vmdk");
    Verification result = verify(trusting());
    assertThat(result.signature().outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.verified()).isTrue();
    assertThat(result.unlisted()).containsExactly("a.ovf");
    assertThat(result.accepted()).isFalse();
    assertThat(verify(TrustPolicy.none()).accepted()).isTrue();
  }

  @Test
  void anEmptyCertificateFileIsNotIgnored() throws IOException {
    write("a.ovf", "a.vmdk");
    Files.write(folder.resolve("a.cert"), new byte[0]);
    Verification result = verify(TrustPolicy.none());
    assertThat(result.verified()).isTrue();
    assertThat(result.accepted()).isFalse();
    assertThat(result.signature().sentence())
        .isEqualTo("The signature cannot be checked: there is no line with a signature in it.");
  }

  @Test
  void aHugeCertificateFileIsRefused() throws IOException {
    write("a.ovf", "a.vmdk");
    byte[] huge = new byte[CertificateFile.MOST_BYTES + 1];
    Arrays.fill(huge, (byte) '\n');
    Files.write(folder.resolve("a.cert"), huge);
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> verify(TrustPolicy.none()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.PACKAGE_LIMIT));
  }

  @Test
  void aPackageWithoutCertificateIsNotSigned() throws IOException {
    write("a.ovf", "a.vmdk");
    Files.delete(folder.resolve("a.cert"));
    assertThat(verify(TrustPolicy.none()).signature().sentence())
        .isEqualTo("The package is not signed.");
    assertThat(verify(TrustPolicy.none()).accepted()).isTrue();
    assertThat(verify(TrustPolicy.none().requiringSignature()).accepted()).isFalse();
    assertThat(verify(trusting()).accepted()).isFalse();
    assertThat(Files.readString(folder.resolve("a.mf"), UTF_8)).startsWith("SHA256(a.ovf)= ");
  }
}
