package io.intermodal.ovf.packaging;

import static io.intermodal.ovf.packaging.SignatureSamples.MANIFEST;
import static io.intermodal.ovf.packaging.SignatureSamples.NAME;
import static io.intermodal.ovf.packaging.SignatureSamples.NOW;
import static io.intermodal.ovf.packaging.SignatureSamples.check;
import static io.intermodal.ovf.packaging.SignatureSamples.trusting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PackageSignerTest {

  private static final char[] PASSWORD = Identity.PASSWORD.toCharArray();

  private static Clock at(String moment) {
    return Clock.fixed(Instant.parse(moment), ZoneOffset.UTC);
  }

  private static void refuses(ThrowingCallable call, OvfError code, String reason) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(call)
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void writesTheFormThatEveryConsumerTakes() {
    String text = new String(Identity.leaf().signer().sign(NAME, MANIFEST), UTF_8);
    assertThat(text)
        .matches(
            "SHA256\\(a\\.mf\\)= [0-9a-f]{512}\\n"
                + "(-----BEGIN CERTIFICATE-----\\n([A-Za-z0-9+/=]{1,64}\\n)+"
                + "-----END CERTIFICATE-----\\n){3}");
  }

  @Test
  void rsaGivesTheSameBytes() {
    PackageSigner signer = Identity.rsa().signer();
    assertThat(signer.sign(NAME, MANIFEST)).isEqualTo(signer.sign(NAME, MANIFEST));
    PackageSigner other = signer.withDigest(DigestAlgorithm.SHA512);
    assertThat(new String(other.sign(NAME, MANIFEST), UTF_8)).startsWith("SHA512(a.mf)= ");
  }

  @Test
  void putsTheChainInOrder() {
    List<X509Certificate> mixed = new ArrayList<>(Identity.leaf().chain());
    mixed.add(0, Identity.otherRsa().certificate());
    Collections.reverse(mixed);
    List<X509Certificate> wanted = new ArrayList<>(Identity.leaf().chain());
    wanted.add(Identity.otherRsa().certificate());
    assertThat(PackageSigner.of(Identity.leaf().key(), mixed).chain()).isEqualTo(wanted);
  }

  @Test
  void refusesAKeyThatIsNotTheCertificates() {
    refuses(
        () -> PackageSigner.of(Identity.rsa().key(), Identity.otherRsa().chain()),
        OvfError.SIGNER_UNFIT,
        "the key is not the one of the certificate of CN=Test other,O=Example");
    refuses(
        () -> PackageSigner.of(Identity.rsa().key(), Identity.ec().chain()),
        OvfError.SIGNER_UNFIT,
        "the key is not the one");
    refuses(
        () -> PackageSigner.of(Identity.edwards().key(), Identity.edwards().chain()),
        OvfError.SIGNER_UNFIT,
        "an RSA or EC key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackageSigner.of(Identity.rsa().key(), List.of()));
  }

  @Test
  void refusesAKeyThatIsTooShortForTheDigest() {
    PackageSigner signer = Identity.tinyRsa().signer().withDigest(DigestAlgorithm.SHA512);
    refuses(() -> signer.sign(NAME, MANIFEST), OvfError.SIGNER_UNFIT, "cannot sign as SHA512");
  }

  @Test
  void signsWithinTheDatesUnlessAsked() {
    PackageSigner signer = PackageSigner.of(Identity.rsa().key(), Identity.rsa().chain());
    refuses(
        () -> signer.withClock(at("2019-12-31T23:59:59Z")).sign(NAME, MANIFEST),
        OvfError.SIGNER_UNFIT,
        "is not valid before 2020-01-01T00:00:00Z");
    signer.withClock(at("2020-01-01T00:00:00Z")).requireValid();
    PackageSigner late = signer.withClock(at("2220-01-01T00:00:00Z"));
    refuses(late::requireValid, OvfError.SIGNER_UNFIT, "expired at ");
    byte[] certificate = late.acceptingAnyTime().sign(NAME, MANIFEST);
    assertThat(check(certificate, trusting(Identity.rsa())).outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
  }

  @Test
  void refusesNamesThatAreNone() {
    for (String name : List.of("", " ", "a\nSHA256(b.mf)= 00")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Identity.rsa().signer().sign(name, MANIFEST));
    }
  }

  @Test
  void signsFromAKeyStore() {
    Identity.leaf();
    PackageSigner signer =
        PackageSigner.fromKeyStore(Identity.keyStore(), PASSWORD, "leaf")
            .withClock(Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(check(signer.sign(NAME, MANIFEST), trusting(Identity.root())).outcome())
        .isEqualTo(TrustOutcome.TRUSTED);
  }

  @Test
  void saysWhatAKeyStoreLacks() {
    Identity.rsa();
    Identity.ec();
    refuses(
        () -> PackageSigner.fromKeyStore(Identity.keyStore(), PASSWORD, null),
        OvfError.KEY_STORE,
        "keys; name the one to sign with");
    refuses(
        () -> PackageSigner.fromKeyStore(Identity.keyStore(), PASSWORD, "nobody"),
        OvfError.KEY_STORE,
        "no private key under the name nobody");
    refuses(
        () -> PackageSigner.fromKeyStore(Identity.keyStore(), "hunter2".toCharArray(), "rsa"),
        OvfError.KEY_STORE,
        "the password is wrong or missing");
  }

  @Test
  void showsNoKey() {
    assertThat(Identity.rsa().signer()).hasToString("signer CN=Test rsa, O=Example");
  }
}
