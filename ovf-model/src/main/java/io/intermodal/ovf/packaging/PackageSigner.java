package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Texts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs manifests (DSP0243 "Distribution"): makes the bytes of a {@code .cert} file. RSA keys sign
 * as PKCS #1 v1.5, where the same manifest gives the same bytes; EC keys as ECDSA, which not every
 * consumer reads and which is new each time. Immutable and thread-safe; holds a private key.
 */
public final class PackageSigner {

  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final DigestAlgorithm algorithm;
  private final boolean anyTime;
  private final Clock clock;

  private PackageSigner(
      PrivateKey key,
      List<X509Certificate> chain,
      DigestAlgorithm algorithm,
      boolean anyTime,
      Clock clock) {
    this.key = Objects.requireNonNull(key, "key");
    this.chain = chain;
    this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
    this.anyTime = anyTime;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Creates a signer that digests with SHA-256. A probe is signed and verified to find the
   * certificate of the key.
   *
   * @param certificates the certificate of the key, and those that vouch for it; they are written
   *     signer first, then each after the one that it vouches for, whatever their order here
   * @throws IntermodalException {@link OvfError#SIGNER_UNFIT} when the key is neither RSA nor EC,
   *     cannot sign, or fits none of the certificates
   */
  public static PackageSigner of(PrivateKey key, List<X509Certificate> certificates) {
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("a signature needs the certificate of its key");
    }
    byte[] signature = sign(key, DigestAlgorithm.SHA256, PROBE);
    for (X509Certificate one : certificates) {
      if (fits(one, signature)) {
        List<X509Certificate> chain = ordered(one, certificates);
        return new PackageSigner(key, chain, DigestAlgorithm.SHA256, false, Clock.systemUTC());
      }
    }
    throw unfit("the key is not the one of " + name(certificates.get(0)), null);
  }

  /**
   * Creates a signer from a key store in PKCS #12 or JKS.
   *
   * @param password of the store and of the key; it is not kept
   * @param alias the entry of the key; null if there is one key only
   * @throws IntermodalException {@link OvfError#KEY_STORE} when the store cannot be read or has no
   *     such key, {@link OvfError#SIGNER_UNFIT} as {@link #of}
   */
  public static PackageSigner fromKeyStore(Path file, char[] password, @Nullable String alias) {
    KeyStore store = KeyStores.load(file, KeyStores.bytes(file), password);
    try {
      String entry = alias == null ? onlyKey(file, store) : alias;
      Key key = store.getKey(entry, password);
      Certificate[] found = store.getCertificateChain(entry);
      if (!(key instanceof PrivateKey secret) || found == null) {
        throw KeyStores.unreadable(file, "it has no private key under the name " + entry, null);
      }
      List<X509Certificate> certificates = new ArrayList<>();
      for (Certificate one : found) {
        if (one instanceof X509Certificate certificate) {
          certificates.add(certificate);
        }
      }
      return of(secret, certificates);
    } catch (GeneralSecurityException e) {
      throw KeyStores.unreadable(file, "the password does not open the key", e);
    }
  }

  private static String onlyKey(Path file, KeyStore store) throws GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw KeyStores.unreadable(
          file, "it has " + keys.size() + " keys; name the one to sign with", null);
    }
    return keys.get(0);
  }

  /** Signs with another digest; SHA-1 is for old consumers only. */
  public PackageSigner withDigest(DigestAlgorithm digest) {
    return new PackageSigner(key, chain, digest, anyTime, clock);
  }

  /** Signs even when the certificate has expired or does not hold yet. */
  public PackageSigner acceptingAnyTime() {
    return new PackageSigner(key, chain, algorithm, true, clock);
  }

  /** Judges the dates of the certificate by another clock. */
  public PackageSigner withClock(Clock other) {
    return new PackageSigner(key, chain, algorithm, anyTime, other);
  }

  /** Returns the certificates in the order in which they are written, the signer's first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Checks what {@link #sign} checks first; call it before long work.
   *
   * @throws IntermodalException {@link OvfError#SIGNER_UNFIT} when the certificate does not hold
   *     now
   */
  public void requireValid() {
    Instant now = clock.instant();
    X509Certificate signer = chain.get(0);
    if (!anyTime && now.isAfter(signer.getNotAfter().toInstant())) {
      throw unfit(name(signer) + " expired at " + signer.getNotAfter().toInstant(), null);
    }
    if (!anyTime && now.isBefore(signer.getNotBefore().toInstant())) {
      throw unfit(name(signer) + " is not valid before " + signer.getNotBefore().toInstant(), null);
    }
  }

  /**
   * Signs a manifest.
   *
   * @param manifestName the name of the manifest's file in the package
   * @param manifest its exact bytes
   * @return the bytes of the certificate's file
   * @throws IntermodalException {@link OvfError#SIGNER_UNFIT} when the certificate does not hold
   *     now, or the key is too short for the digest
   */
  public byte[] sign(String manifestName, byte[] manifest) {
    if (manifestName.isBlank() || manifestName.lines().count() > 1) {
      throw new IllegalArgumentException("not a name for a manifest: " + manifestName);
    }
    requireValid();
    String hex = HexFormat.of().formatHex(sign(key, algorithm, manifest));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        (algorithm + "(" + manifestName + ")= " + hex + "\n").getBytes(StandardCharsets.UTF_8));
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    for (X509Certificate certificate : chain) {
      out.writeBytes("-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(lines.encode(Certificates.encoded(certificate)));
      out.writeBytes("\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private static byte[] sign(PrivateKey key, DigestAlgorithm digest, byte[] data) {
    String scheme = SignatureScheme.usual(key.getAlgorithm(), digest);
    if (scheme == null) {
      throw unfit("a package is signed with an RSA or EC key, not " + key.getAlgorithm(), null);
    }
    try {
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw unfit("the key cannot sign as " + scheme, e);
    }
  }

  private static boolean fits(X509Certificate certificate, byte[] signature) {
    try {
      return SignatureScheme.matching(
              certificate.getPublicKey(), DigestAlgorithm.SHA256, PROBE, signature)
          != null;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Puts each certificate after the one that it vouches for; strangers come last. */
  private static List<X509Certificate> ordered(
      X509Certificate signer, List<X509Certificate> certificates) {
    List<X509Certificate> left = new ArrayList<>(certificates);
    left.removeIf(signer::equals);
    List<X509Certificate> chain = new ArrayList<>(List.of(signer));
    for (X509Certificate last = signer; last != null; ) {
      X509Certificate below = last;
      last = left.stream().filter(c -> Certificates.isIssued(below, c)).findFirst().orElse(null);
      if (last != null) {
        chain.add(last);
        left.removeIf(last::equals);
      }
    }
    chain.addAll(left);
    return List.copyOf(chain);
  }

  private static String name(X509Certificate certificate) {
    return "the certificate of " + Texts.shorten(certificate.getSubjectX500Principal().getName());
  }

  private static IntermodalException unfit(String reason, @Nullable Throwable cause) {
    return new IntermodalException(
        OvfError.SIGNER_UNFIT, "cannot sign the package: " + reason, null, cause);
  }

  /** Names the signer, never the key. */
  @Override
  public String toString() {
    return "signer " + chain.get(0).getSubjectX500Principal();
  }
}
