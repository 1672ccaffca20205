package io.intermodal.ovf.packaging;

import static io.intermodal.ovf.packaging.SignatureSamples.MANIFEST;
import static io.intermodal.ovf.packaging.SignatureSamples.check;
import static io.intermodal.ovf.packaging.SignatureSamples.sign;
import static io.intermodal.ovf.packaging.SignatureSamples.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every change of one byte. */
class SignaturePropertiesTest {

  private static final List<Identity> SIGNERS = List.of(Identity.rsa(), Identity.ec());
  private static final List<byte[]> SIGNED = SIGNERS.stream().map(SignatureSamples::sign).toList();

  private static final byte[] UNDER_AUTHORITY = sign(Identity.expiredLeaf());

  @Property(tries = 500)
  void aChangedManifestIsNoticed(
      @ForAll @IntRange(max = 1) int who,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] manifest = MANIFEST.clone();
    manifest[place % manifest.length] ^= (byte) change;
    SignatureResult result = check(manifest, SIGNED.get(who), trusting(SIGNERS.get(who)));
    assertThat(result.outcome()).isEqualTo(TrustOutcome.BROKEN);
  }

  @Property(tries = 500)
  void aChangedSignatureIsNoticed(
      @ForAll @IntRange(max = 1) int who,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] file = SIGNED.get(who).clone();
    String text = new String(file, StandardCharsets.UTF_8);
    int start = text.indexOf("= ") + 2;
    int at = start + place % (text.indexOf('\n') - start);
    file[at] ^= (byte) change;
    if (Character.toLowerCase(file[at]) == text.charAt(at)) {
      return; // The same digit in another case.
    }
    SignatureResult result = check(file, trusting(SIGNERS.get(who)));
    assertThat(result.outcome()).isIn(TrustOutcome.BROKEN, TrustOutcome.UNCHECKABLE);
  }

  /** A name can be changed without breaking the signature of the manifest. */
  @Property(tries = 1000)
  void aChangedCertificateIsNoticed(
      @ForAll @IntRange(max = 1) int who,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] der = Certificates.encoded(SIGNERS.get(who).certificate()).clone();
    der[place % der.length] ^= (byte) change;
    String text = new String(SIGNED.get(who), StandardCharsets.UTF_8);
    String file =
        text.substring(0, text.indexOf('\n') + 1)
            + "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n";
    SignatureResult result =
        check(file.getBytes(StandardCharsets.UTF_8), trusting(SIGNERS.get(who)));
    assertThat(result.outcome())
        .isIn(TrustOutcome.BROKEN, TrustOutcome.UNCHECKABLE, TrustOutcome.INTACT_SIGNER_UNKNOWN);
    assertThat(result.satisfied()).isFalse();
  }

  /**
   * Under an authority the change shows too, and a byte of the text counts only if it means one.
   */
  @Property(tries = 1000)
  void aChangedFileIsNoticedOrMeansTheSame(
      @ForAll @IntRange(max = 100_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] file = UNDER_AUTHORITY.clone();
    file[place % file.length] ^= (byte) change;
    SignatureResult result =
        check(file, trusting(Identity.root()).at(Instant.parse("2020-06-01T00:00:00Z")));
    CertificateFile before = CertificateFile.parse("a.cert", UNDER_AUTHORITY);
    CertificateFile after = CertificateFile.parse("a.cert", file);
    boolean sameSigner =
        !after.certificates().isEmpty()
            && after.certificates().get(0).equals(before.certificates().get(0))
            && Arrays.equals(after.signature(), before.signature());
    if (!sameSigner) {
      assertThat(result.satisfied()).isFalse();
      boolean intact = result.outcome().intact();
      assertThat(result.findings())
          .extracting(Finding::code)
          .containsAnyOf(
              intact ? FindingCode.SIGNER_UNKNOWN : FindingCode.SIGNATURE_BROKEN,
              FindingCode.SIGNATURE_UNCHECKABLE);
    }
  }
}
