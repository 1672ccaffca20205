package io.intermodal.ovf.packaging;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** Finds the signature scheme, of those in use, under which a signature belongs to a key. */
final class SignatureScheme {

  private static final String PSS = "RSASSA-PSS";

  private SignatureScheme() {}

  /** Returns the scheme that packages are signed with; null for keys that sign none. */
  static @Nullable String usual(String keyAlgorithm, DigestAlgorithm digest) {
    return switch (keyAlgorithm) {
      case "RSA" -> digest + "withRSA";
      case "EC" -> digest + "withECDSA";
      default -> null;
    };
  }

  /**
   * Tries the schemes that fit a key: RSA as PKCS #1 v1.5, then as PSS with MGF1 and a salt of the
   * digest's length or the longest that fits; EC as ECDSA.
   *
   * @return the scheme that matches; null when none does
   * @throws GeneralSecurityException when this JDK cannot use the key
   */
  static @Nullable String matching(
      PublicKey key, DigestAlgorithm digest, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    String usual = usual(key.getAlgorithm(), digest);
    if (usual != null && matches(Signature.getInstance(usual), key, data, signature)) {
      return usual;
    }
    boolean rsa = key.getAlgorithm().equals("RSA") || key.getAlgorithm().equals(PSS);
    if (usual == null && !rsa) {
      throw new InvalidKeyException("keys of the kind " + key.getAlgorithm() + " are not used");
    }
    Integer bits = Certificates.bits(key);
    if (!rsa || bits == null) {
      return null;
    }
    int length = digest.digest().getDigestLength();
    // The longest salt leaves two bytes and the digest of the encoded message (RFC 8017 9.1.1).
    int longest = (bits + 6) / 8 - length - 2;
    if (longest < 0) {
      return null;
    }
    boolean matches =
        (length <= longest && matchesPss(length, key, digest, data, signature))
            || matchesPss(longest, key, digest, data, signature);
    return matches ? PSS : null;
  }

  private static boolean matchesPss(
      int salt, PublicKey key, DigestAlgorithm digest, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    Signature pss = Signature.getInstance(PSS);
    String name = digest.jdkName();
    pss.setParameter(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), salt, 1));
    return matches(pss, key, data, signature);
  }

  private static boolean matches(Signature scheme, PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    try {
      scheme.initVerify(key);
      scheme.update(data);
      return scheme.verify(signature);
    } catch (SignatureException e) {
      // The length or the encoding is not one that this key makes.
      return false;
    } catch (RuntimeException e) {
      throw new InvalidKeyException("the key is broken", e);
    }
  }
}
