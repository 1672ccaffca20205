package io.intermodal.ovf.packaging;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says who a certificate names. A name proves nothing by itself: anybody can make a certificate for
 * any name.
 *
 * @param subject the name, as RFC 2253 writes it
 * @param issuer the name of who issued the certificate, as RFC 2253 writes it
 * @param serial the serial number in lower-case hexadecimal
 * @param notBefore the first moment of validity
 * @param notAfter the last moment of validity
 * @param sha256 the fingerprint: the SHA-256 of the certificate in lower-case hexadecimal
 * @param keyAlgorithm the JDK's name: {@code RSA}, {@code EC}
 * @param keyBits the bits of the modulus or of the order of the curve; null for other keys
 * @param selfSigned whether the certificate is signed with its own key: then nobody vouches for the
 *     name
 */
public record Signer(
    String subject,
    String issuer,
    String serial,
    Instant notBefore,
    Instant notAfter,
    String sha256,
    String keyAlgorithm,
    @Nullable Integer keyBits,
    boolean selfSigned) {

  /** Validates the parts. */
  public Signer {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(serial, "serial");
    Objects.requireNonNull(notBefore, "notBefore");
    Objects.requireNonNull(notAfter, "notAfter");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(keyAlgorithm, "keyAlgorithm");
  }

  /** Reads who a certificate names. */
  public static Signer of(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    return new Signer(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        certificate.getSerialNumber().toString(16),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        Certificates.fingerprint(certificate),
        key.getAlgorithm(),
        Certificates.bits(key),
        Certificates.isIssued(certificate, certificate));
  }
}
