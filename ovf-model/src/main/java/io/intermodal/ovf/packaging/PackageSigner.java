package io.intermodal.ovf.packaging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Signs manifests (DSP0243 "Distribution"): makes the bytes of a {@code .cert} file. RSA keys sign
 * as PKCS #1 v1.5, EC keys as ECDSA. Immutable and thread-safe; holds a private key.
 */
public final class PackageSigner {

  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final DigestAlgorithm algorithm;

  private PackageSigner(PrivateKey key, List<X509Certificate> chain, DigestAlgorithm algorithm) {
    this.key = Objects.requireNonNull(key, "key");
    this.chain = List.copyOf(chain);
    this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a signature needs the certificate of its key");
    }
    String of = chain.get(0).getPublicKey().getAlgorithm();
    if (!of.equals(key.getAlgorithm())) {
      throw new IllegalArgumentException(
          "the key is " + key.getAlgorithm() + " and the certificate is for " + of);
    }
  }

  /**
   * Creates a signer that digests with SHA-256.
   *
   * @param chain the certificate of the key first, then those that vouch for it
   */
  public static PackageSigner of(PrivateKey key, List<X509Certificate> chain) {
    return new PackageSigner(key, chain, DigestAlgorithm.SHA256);
  }

  /**
   * Signs a manifest.
   *
   * @param manifestName the name of the manifest's file in the package
   * @param manifest its exact bytes
   * @return the bytes of the certificate's file
   */
  public byte[] sign(String manifestName, byte[] manifest) {
    try {
      String name = algorithm + "with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
      Signature signature = Signature.getInstance(name);
      signature.initSign(key);
      signature.update(manifest);
      String hex = HexFormat.of().formatHex(signature.sign());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(
          (algorithm + "(" + manifestName + ")= " + hex + "\n").getBytes(StandardCharsets.UTF_8));
      Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
      for (X509Certificate certificate : chain) {
        out.writeBytes("-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(lines.encode(certificate.getEncoded()));
        out.writeBytes("\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
      }
      return out.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  /** Names the signer, never the key. */
  @Override
  public String toString() {
    return "signer " + chain.get(0).getSubjectX500Principal();
  }
}
