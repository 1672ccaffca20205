package io.intermodal.ovf.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges signed packages of other makers, where the folder with them is given. */
class SignedCorpusTest {

  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

  private static Path generated() {
    String folder = System.getProperty("intermodal.corpus", "");
    Path generated = Path.of(folder, "ovf", "packages", "generated");
    if (!folder.isBlank() && Files.isDirectory(generated)) {
      return generated;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      return fail("intermodal.corpus names no folder with real documents, and it is required");
    }
    return abort("intermodal.corpus names no folder with real documents");
  }

  private static TrustPolicy trusting(String anchor) {
    return TrustPolicy.trusting(TrustStore.read(generated().resolve(anchor + ".pem"), null))
        .at(NOW);
  }

  private static Verification verify(OvfPackage pack, TrustPolicy policy) {
    return pack.verify(policy, Progress.Listener.none(), Cancellation.none());
  }

  /** Each package without trusted certificates, and with those of its signer or its root. */
  @ParameterizedTest
  @CsvSource({
    "signed-sha256,         signer,     INTACT_SIGNER_UNKNOWN, TRUSTED,      true",
    "signed-sha512,         signer,     INTACT_SIGNER_UNKNOWN, TRUSTED,      true",
    "signed-wrapped-hex,    signer,     INTACT_SIGNER_UNKNOWN, TRUSTED,      true",
    "mf-cert-at-end,        signer,     INTACT_SIGNER_UNKNOWN, TRUSTED,      true",
    "order-mf-cert-ovf-disk, signer,    INTACT_SIGNER_UNKNOWN, TRUSTED,      true",
    "signed-sha1,           signer,     INTACT_SIGNER_UNKNOWN, INTACT_WEAK,  false",
    "signed-chain,          chain-root, INTACT_SIGNER_UNKNOWN, TRUSTED,      true",
    "signed-chain,          signer,     INTACT_SIGNER_UNKNOWN, INTACT_SIGNER_UNKNOWN, false",
    "signed-ec-p256,        signer,     INTACT_SIGNER_UNKNOWN, INTACT_SIGNER_UNKNOWN, false",
    "NEG-cert-expired,      signer,     INTACT_SIGNER_UNKNOWN, INTACT_SIGNER_UNKNOWN, false",
    "gnu-format,            signer,     NOT_SIGNED,            NOT_SIGNED,   false",
  })
  void intactOnes(
      String name, String anchor, TrustOutcome alone, TrustOutcome trusted, boolean accepted) {
    OvfPackage pack = OvfPackage.open(generated().resolve(name + ".ova"));
    Verification without = verify(pack, TrustPolicy.none().at(NOW));
    assertThat(without.signature().outcome()).isEqualTo(alone);
    assertThat(without.verified()).isTrue();
    assertThat(without.accepted()).isTrue();
    Verification with = verify(pack, trusting(anchor));
    assertThat(with.signature().outcome()).isEqualTo(trusted);
    assertThat(with.verified()).isTrue();
    assertThat(with.accepted()).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({
    "NEG-cert-key-mismatch, BROKEN,      true,  SIGNATURE_BROKEN",
    "NEG-mf-tampered,       BROKEN,      false, SIGNATURE_BROKEN",
    "NEG-cert-without-mf,   UNCHECKABLE, false, CERTIFICATE_WITHOUT_MANIFEST",
  })
  void brokenOnes(String name, TrustOutcome outcome, boolean verified, FindingCode code) {
    OvfPackage pack = OvfPackage.open(generated().resolve(name + ".ova"));
    for (TrustPolicy policy : new TrustPolicy[] {TrustPolicy.none().at(NOW), trusting("signer")}) {
      Verification result = verify(pack, policy);
      assertThat(result.signature().outcome()).isEqualTo(outcome);
      assertThat(result.verified()).isEqualTo(verified);
      assertThat(result.accepted()).isFalse();
      assertThat(result.findings()).extracting(Finding::code).contains(code);
    }
  }

  @Test
  void theExpiredOneIsSaidToBe() {
    OvfPackage pack = OvfPackage.open(generated().resolve("NEG-cert-expired.ova"));
    SignatureResult result = pack.checkSignature(TrustPolicy.none().at(NOW));
    assertThat(result.facts().validity()).isEqualTo(SignatureFacts.Validity.EXPIRED);
    assertThat(result.findings()).extracting(Finding::code).contains(FindingCode.SIGNER_EXPIRED);
    TrustPolicy itself = TrustPolicy.trusting(result.facts().path()).at(NOW);
    assertThat(pack.checkSignature(itself).outcome()).isEqualTo(TrustOutcome.INTACT_EXPIRED);
    assertThat(pack.checkSignature(itself.at(Instant.parse("2010-06-01T00:00:00Z"))).outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
  }

  @Test
  void theEllipticOneIsTrustedByItsOwnCertificate() {
    OvfPackage pack = OvfPackage.open(generated().resolve("signed-ec-p256.ova"));
    SignatureFacts facts = pack.checkSignature(TrustPolicy.none().at(NOW)).facts();
    assertThat(facts.scheme()).isEqualTo("SHA256withECDSA");
    TrustPolicy itself = TrustPolicy.trusting(facts.path()).at(NOW);
    assertThat(pack.checkSignature(itself).outcome()).isEqualTo(TrustOutcome.TRUSTED);
  }

  @Test
  void theSampleFilesBelongTogether() throws IOException {
    SignatureResult result =
        SignatureCheck.check(
            "a.mf",
            Files.readAllBytes(generated().resolve("sample-sha256.mf")),
            "a.cert",
            Files.readAllBytes(generated().resolve("sample-sha256.cert")),
            trusting("signer"));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.facts().signedFiles()).containsExactly("a.ovf", "a-disk1.vmdk");
  }

  /** The files beside this descriptor were not published with it. */
  @Test
  void theConformanceTestHasNoCertificateToCheck() {
    Path file =
        generated()
            .resolveSibling("../conformance/DigitalCertificates/Neg/valid_certificate.ovf")
            .normalize();
    Verification result = verify(OvfPackage.open(file), TrustPolicy.none());
    assertThat(result.signature().outcome()).isEqualTo(TrustOutcome.NOT_SIGNED);
    assertThat(result.verified()).isFalse();
  }
}
