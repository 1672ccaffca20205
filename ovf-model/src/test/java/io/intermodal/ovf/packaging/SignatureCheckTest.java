package io.intermodal.ovf.packaging;

import static io.intermodal.ovf.packaging.SignatureSamples.MANIFEST;
import static io.intermodal.ovf.packaging.SignatureSamples.NAME;
import static io.intermodal.ovf.packaging.SignatureSamples.NOW;
import static io.intermodal.ovf.packaging.SignatureSamples.check;
import static io.intermodal.ovf.packaging.SignatureSamples.nobody;
import static io.intermodal.ovf.packaging.SignatureSamples.sign;
import static io.intermodal.ovf.packaging.SignatureSamples.trusting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

  private static byte[] file(String digest, byte[] signature, List<X509Certificate> certificates) {
    StringBuilder text =
        new StringBuilder(digest + "(a.mf)= " + HexFormat.of().formatHex(signature) + "\n");
    for (X509Certificate one : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getEncoder().encodeToString(Certificates.encoded(one)))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] raw(Identity identity, String scheme) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(scheme);
    signature.initSign(identity.key());
    signature.update(MANIFEST);
    return signature.sign();
  }

  private static List<FindingCode> codes(SignatureResult result) {
    return result.findings().stream().map(Finding::code).toList();
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void everyDigestWithBothKindsOfKeys(DigestAlgorithm digest) {
    for (Identity one : List.of(Identity.rsa(), Identity.ec())) {
      byte[] certificate = one.signer().withDigest(digest).sign(NAME, MANIFEST);
      SignatureResult result = check(certificate, trusting(one));
      boolean weak = digest == DigestAlgorithm.SHA1;
      assertThat(result.outcome())
          .isEqualTo(weak ? TrustOutcome.INTACT_WEAK : TrustOutcome.TRUSTED);
      assertThat(result.facts().digest()).isEqualTo(digest);
      assertThat(result.facts().scheme())
          .isEqualTo(digest + "with" + (one.equals(Identity.ec()) ? "ECDSA" : "RSA"));
    }
  }

  @Test
  void givesEachFactApart() {
    SignatureFacts facts = check(sign(Identity.leaf()), trusting(Identity.root())).facts();
    assertThat(facts.state()).isEqualTo(SignatureFacts.State.CORRECT);
    assertThat(facts.problem()).isNull();
    assertThat(facts.manifestName()).isEqualTo("a.mf");
    assertThat(facts.scheme()).isEqualTo("SHA256withRSA");
    assertThat(facts.checkedAt()).isEqualTo(NOW);
    assertThat(facts.validity()).isEqualTo(SignatureFacts.Validity.VALID);
    assertThat(facts.trust()).isEqualTo(SignatureFacts.Trust.ANCHORED);
    assertThat(facts.path()).isEqualTo(Identity.leaf().chain());
    assertThat(facts.weaknesses()).isEmpty();
    assertThat(facts.signedFiles()).containsExactly("a.ovf", "a-disk1.vmdk");
    Signer signer = Objects.requireNonNull(facts.signer());
    assertThat(signer.subject()).isEqualTo("CN=Test leaf,O=Example");
    assertThat(signer.issuer()).isEqualTo("CN=Test inter,O=Example");
    assertThat(signer.notBefore()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(signer.keyAlgorithm()).isEqualTo("RSA");
    assertThat(signer.keyBits()).isEqualTo(2048);
    assertThat(signer.selfSigned()).isFalse();
    assertThat(signer.sha256()).matches("[0-9a-f]{64}");
    assertThat(signer.serial())
        .isEqualTo(Identity.leaf().certificate().getSerialNumber().toString(16));
  }

  @Test
  void aSelfSignedSignerIsNeverTrustedByItself() {
    SignatureResult result = check(sign(Identity.rsa()), nobody());
    assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(result.satisfied()).isTrue();
    assertThat(result.sentence())
        .isEqualTo(
            "The signature is intact, signer unknown: CN=Test rsa,O=Example vouches for itself,"
                + " and no trusted certificates were given.");
    assertThat(result.facts().trust()).isEqualTo(SignatureFacts.Trust.NOT_ASKED);
    assertThat(codes(result)).containsExactly(FindingCode.SIGNER_UNKNOWN);
  }

  @Test
  void aStrangerIsNotTrusted() {
    for (Identity stranger : List.of(Identity.rsa(), Identity.leaf())) {
      SignatureResult result = check(sign(stranger), trusting(Identity.otherRsa()));
      assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
      assertThat(result.satisfied()).isFalse();
      assertThat(result.sentence()).contains("no trusted certificate vouches");
      assertThat(result.facts().trust()).isEqualTo(SignatureFacts.Trust.NOT_ANCHORED);
    }
  }

  @Test
  void rootIntermediateOrSignerMayBeTrusted() {
    byte[] certificate = sign(Identity.leaf());
    for (Identity anchor : List.of(Identity.root(), Identity.intermediate(), Identity.leaf())) {
      SignatureResult result = check(certificate, trusting(Identity.rsa(), anchor));
      assertThat(result.outcome()).isEqualTo(TrustOutcome.TRUSTED);
      assertThat(result.facts().path()).endsWith(anchor.certificate());
    }
    assertThat(check(certificate, trusting(Identity.root())).sentence())
        .isEqualTo(
            "The signature is intact and trusted: signed by CN=Test leaf,O=Example, for whom"
                + " CN=Test root,O=Example vouches.");
    assertThat(check(certificate, trusting(Identity.leaf())).sentence())
        .endsWith("signed by CN=Test leaf,O=Example, whose certificate is trusted.");
  }

  @Test
  void aChainWithAGapIsNotTrusted() throws GeneralSecurityException {
    byte[] certificate =
        file(
            "SHA256",
            raw(Identity.leaf(), "SHA256withRSA"),
            List.of(Identity.leaf().certificate()));
    assertThat(SignatureSamples.outcomes(certificate, trusting(Identity.root())))
        .containsExactly(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(SignatureSamples.outcomes(certificate, trusting(Identity.intermediate())))
        .containsExactly(TrustOutcome.TRUSTED);
  }

  @Test
  void aSignerThatIsNoAuthorityVouchesForNobody() {
    SignatureResult result = check(sign(Identity.underALeaf()), trusting(Identity.root()));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(result.facts().trustProblem()).contains("rules for certificates refuse it");
  }

  @Test
  void aCertificateForOtherUsesIsNotTrusted() {
    SignatureResult result = check(sign(Identity.encrypting()), trusting(Identity.root()));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(result.facts().trustProblem()).isEqualTo("its certificate is not for signing data");
  }

  /** Public authorities give such certificates to everybody, so they must not vouch here. */
  @Test
  void aCertificateForTlsIsTrustedOnlyByItself() {
    Identity host = Identity.host();
    SignatureResult by = check(sign(host), trusting(Identity.root()));
    assertThat(by.outcome()).isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(by.facts().trustProblem())
        .isEqualTo("its certificate is for TLS, not for signing data");
    assertThat(check(sign(host), trusting(host)).outcome()).isEqualTo(TrustOutcome.TRUSTED);
  }

  @Test
  void anotherKeyIsABrokenSignature() throws GeneralSecurityException {
    byte[] certificate =
        file("SHA256", raw(Identity.rsa(), "SHA256withRSA"), Identity.otherRsa().chain());
    for (TrustPolicy policy : List.of(nobody(), trusting(Identity.otherRsa()))) {
      SignatureResult result = check(certificate, policy);
      assertThat(result.outcome()).isEqualTo(TrustOutcome.BROKEN);
      assertThat(result.satisfied()).isFalse();
      assertThat(result.sentence())
          .isEqualTo(
              "The signature is BROKEN: no certificate in a.cert has the key that signed a.mf as"
                  + " it is now.");
      assertThat(codes(result)).containsExactly(FindingCode.SIGNATURE_BROKEN);
      assertThat(result.facts().signer()).isNull();
      assertThat(result.facts().signedFiles()).isEmpty();
    }
  }

  @Test
  void theCertificateWhoseKeyFitsIsTheSigner() throws GeneralSecurityException {
    byte[] certificate =
        file(
            "SHA256",
            raw(Identity.ec(), "SHA256withECDSA"),
            List.of(
                Identity.rsa().certificate(),
                Identity.edwards().certificate(),
                Identity.ec().certificate()));
    assertThat(check(certificate, trusting(Identity.ec())).outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
    assertThat(check(certificate, trusting(Identity.rsa())).outcome())
        .isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
  }

  @Test
  void keysOfOtherKindsCannotBeChecked() throws GeneralSecurityException {
    byte[] certificate =
        file("SHA256", raw(Identity.edwards(), "Ed25519"), Identity.edwards().chain());
    SignatureResult result = check(certificate, trusting(Identity.edwards()));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.UNCHECKABLE);
    assertThat(result.satisfied()).isFalse();
    assertThat(check(certificate, nobody()).satisfied()).isFalse();
    assertThat(result.sentence()).contains("cannot use its key").contains("EdDSA");
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 222})
  void readsSignaturesAsPss(int salt) throws GeneralSecurityException {
    Signature pss = Signature.getInstance("RSASSA-PSS");
    pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
    pss.initSign(Identity.rsa().key());
    pss.update(MANIFEST);
    SignatureResult result =
        check(file("SHA256", pss.sign(), Identity.rsa().chain()), trusting(Identity.rsa()));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(result.facts().scheme()).isEqualTo("RSASSA-PSS");
  }

  @Test
  void datesAreAFactOfTheirOwn() {
    byte[] leaf = sign(Identity.leaf());
    TrustPolicy root = trusting(Identity.root());
    assertThat(check(leaf, root.at(Instant.parse("2019-12-31T23:59:59Z"))).findings())
        .extracting(Finding::code)
        .contains(FindingCode.SIGNER_NOT_YET_VALID);
    assertThat(SignatureSamples.outcomes(leaf, root.at(Instant.parse("2019-12-31T23:59:59Z"))))
        .containsExactly(TrustOutcome.INTACT_NOT_YET_VALID);
    assertThat(SignatureSamples.outcomes(leaf, root.at(Instant.parse("2020-01-01T00:00:00Z"))))
        .containsExactly(TrustOutcome.TRUSTED);
    byte[] expired = sign(Identity.expiredLeaf());
    SignatureResult result = check(expired, root);
    assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_EXPIRED);
    assertThat(result.satisfied()).isFalse();
    assertThat(result.facts().trust()).isEqualTo(SignatureFacts.Trust.ANCHORED);
    assertThat(result.sentence())
        .contains("intact, but not trusted")
        .contains("not valid at 2030-06-01T12:00:00Z, a certificate expired");
    assertThat(codes(result)).containsExactly(FindingCode.SIGNER_EXPIRED);
    assertThat(check(expired, root.at(Instant.parse("2020-06-01T00:00:00Z"))).outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
  }

  @Test
  void anExpiredStrangerIsBoth() {
    SignatureResult result = check(sign(Identity.expired()), nobody());
    assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(codes(result))
        .containsExactly(FindingCode.SIGNER_UNKNOWN, FindingCode.SIGNER_EXPIRED);
    assertThat(check(sign(Identity.expired()), trusting(Identity.expired())).outcome())
        .isEqualTo(TrustOutcome.INTACT_EXPIRED);
  }

  @Test
  void weakSignaturesAreIntactButNotTrusted() {
    byte[] shortKey = sign(Identity.shortRsa());
    SignatureResult result = check(shortKey, trusting(Identity.shortRsa()));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_WEAK);
    assertThat(result.facts().weaknesses()).containsExactly("the RSA key has 1024 bits only");
    assertThat(codes(result)).containsExactly(FindingCode.SIGNATURE_WEAK);
    assertThat(check(shortKey, trusting(Identity.shortRsa()).acceptingWeak()).outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
    assertThat(check(sign(Identity.weaklyIssued()), trusting(Identity.root())).facts().weaknesses())
        .containsExactly("a certificate is signed with SHA1WITHRSA");
    byte[] old = "SHA1(a.ovf)= 0123456789012345678901234567890123456789\n".getBytes(UTF_8);
    assertThat(
            check(old, Identity.rsa().signer().sign(NAME, old), trusting(Identity.rsa()))
                .facts()
                .weaknesses())
        .containsExactly("the manifest digests with SHA-1");
  }

  /** The JDK's own rules refuse this key in chains; the signature is right all the same. */
  @Test
  void whatTheJdkDisablesIsAnAnswer() {
    byte[] certificate =
        Identity.tinyRsa().signer().withDigest(DigestAlgorithm.SHA1).sign(NAME, MANIFEST);
    SignatureResult result = check(certificate, trusting(Identity.tinyRsa()));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.INTACT_WEAK);
    assertThat(result.facts().weaknesses()).contains("the RSA key has 512 bits only");
  }

  @Test
  void aNameThatIsNotTheManifestsIsAFinding() {
    byte[] certificate = Identity.rsa().signer().sign("b.mf", MANIFEST);
    SignatureResult result = check(certificate, trusting(Identity.rsa()));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.TRUSTED);
    assertThat(codes(result)).containsExactly(FindingCode.CERTIFICATE_NAME);
  }

  @Test
  void withoutCertificateOrManifest() {
    assertThat(SignatureCheck.notSigned(nobody()).outcome()).isEqualTo(TrustOutcome.NOT_SIGNED);
    assertThat(SignatureCheck.notSigned(nobody()).satisfied()).isTrue();
    assertThat(SignatureCheck.notSigned(nobody().requiringSignature()).satisfied()).isFalse();
    assertThat(SignatureCheck.notSigned(trusting(Identity.rsa())).satisfied()).isFalse();
    SignatureResult alone =
        SignatureCheck.withoutManifest("a.cert", sign(Identity.rsa()), nobody());
    assertThat(alone.outcome()).isEqualTo(TrustOutcome.UNCHECKABLE);
    assertThat(alone.sentence()).contains("no manifest");
    assertThat(alone.satisfied()).isFalse();
  }

  @Test
  void aRequiredSignatureMayBeAStrangersButMustCoverTheDescriptor() {
    SignatureResult result = check(sign(Identity.rsa()), nobody().requiringSignature());
    assertThat(result.accepts(true)).isTrue();
    assertThat(result.accepts(false)).isFalse();
    assertThat(check(sign(Identity.rsa()), nobody()).accepts(false)).isTrue();
  }

  @Test
  void noTrustedCertificateIsNoPolicy() {
    assertThatIllegalArgumentException().isThrownBy(() -> TrustPolicy.trusting(List.of()));
  }

  /** Thirty authorities of one name and key vouch for each other: 30 to the power of 7 paths. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aThicketOfAuthoritiesCostsLittle() throws GeneralSecurityException {
    X509Certificate root = Identity.root().certificate();
    List<X509Certificate> thicket = new ArrayList<>(List.of(root));
    for (int i = 1; i < 30; i++) {
      thicket.add(reissued(root, i));
    }
    byte[] certificate = file("SHA256", raw(Identity.root(), "SHA256withRSA"), thicket);
    assertThat(check(certificate, trusting(Identity.rsa())).outcome())
        .isEqualTo(TrustOutcome.INTACT_SIGNER_UNKNOWN);
  }

  /** Changes the serial number and signs again, in place: all lengths stay. */
  private static X509Certificate reissued(X509Certificate root, int number)
      throws GeneralSecurityException {
    byte[] content = root.getTBSCertificate();
    byte[] serial = root.getSerialNumber().toByteArray();
    int at = HexFormat.of().formatHex(content).indexOf(HexFormat.of().formatHex(serial)) / 2;
    content[at + serial.length - 1] = (byte) (serial[serial.length - 1] + number);
    Signature signature = Signature.getInstance(root.getSigAlgName());
    signature.initSign(Identity.root().key());
    signature.update(content);
    byte[] signed = signature.sign();
    byte[] whole = root.getEncoded();
    System.arraycopy(content, 0, whole, 4, content.length);
    System.arraycopy(signed, 0, whole, whole.length - signed.length, signed.length);
    X509Certificate made =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(whole));
    assertThat(Certificates.isIssued(made, root)).isTrue();
    assertThat(made).isNotEqualTo(root);
    return made;
  }
}
