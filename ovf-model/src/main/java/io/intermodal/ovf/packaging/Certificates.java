package io.intermodal.ovf.packaging;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and compares X.509 certificates; what is no certificate is told, never thrown. */
final class Certificates {

  private Certificates() {}

  /**
   * Reads what one PEM block holds: a certificate, or a PKCS #7 bundle of them.
   *
   * @return an empty list when it cannot be read
   */
  static List<X509Certificate> read(Pem.Block block) {
    byte[] der = block.der().orElse(null);
    if (der == null) {
      return List.of();
    }
    if (block.isBundle()) {
      return bundle(der);
    }
    X509Certificate one = single(der);
    boolean whole = one != null && (block.isTrusted() || encoded(one).length == der.length);
    return one != null && whole ? List.of(one) : List.of();
  }

  /** Reads every certificate of a PKCS #7 bundle or of certificates in a row. */
  static List<X509Certificate> bundle(byte[] der) {
    try {
      return factory().generateCertificates(new ByteArrayInputStream(der)).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException | RuntimeException e) {
      // The JDK throws unchecked exceptions at some broken encodings.
      return List.of();
    }
  }

  private static @Nullable X509Certificate single(byte[] der) {
    try {
      return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException | RuntimeException e) {
      return null;
    }
  }

  private static CertificateFactory factory() throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509");
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has its bytes", e);
    }
  }

  /** Returns the SHA-256 of the whole certificate in lower-case hexadecimal. */
  static String fingerprint(X509Certificate certificate) {
    return HexFormat.of().formatHex(DigestAlgorithm.SHA256.digest().digest(encoded(certificate)));
  }

  /** Tells whether a certificate was issued under another's name and signed with its key. */
  static boolean isIssued(X509Certificate certificate, X509Certificate by) {
    if (!certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
      return false;
    }
    PublicKey key = by.getPublicKey();
    try {
      certificate.verify(key);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  /** Returns the strength that people know a key by: the modulus, or the order of the curve. */
  static @Nullable Integer bits(Key key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength();
    }
    return key instanceof ECKey ec ? (Integer) ec.getParams().getOrder().bitLength() : null;
  }
}
