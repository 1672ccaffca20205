package io.intermodal.ovf.packaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/** Names the digests of manifests (DSP0243 "Distribution": SHA1 in 1.x, SHA256 in 2.x). */
public enum DigestAlgorithm {
  /** SHA-1, for vSphere before 6.5; protects against accidents only. */
  SHA1("SHA-1", 40),
  /** SHA-224; read, not asked for by anybody. */
  SHA224("SHA-224", 56),
  /** SHA-256, the one to write. */
  SHA256("SHA-256", 64),
  /** SHA-384. */
  SHA384("SHA-384", 96),
  /** SHA-512. */
  SHA512("SHA-512", 128);

  private final String jdkName;
  private final int hexLength;

  DigestAlgorithm(String jdkName, int hexLength) {
    this.jdkName = jdkName;
    this.hexLength = hexLength;
  }

  /** Returns the JDK's name: {@code SHA-256}. */
  public String jdkName() {
    return jdkName;
  }

  int hexLength() {
    return hexLength;
  }

  MessageDigest digest() {
    try {
      return MessageDigest.getInstance(jdkName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + jdkName, e);
    }
  }

  static Optional<DigestAlgorithm> named(String name) {
    String plain = name.toUpperCase(Locale.ROOT).replace("-", "");
    return switch (plain) {
      case "SHA1" -> Optional.of(SHA1);
      // One tool writes SHA2-256.
      case "SHA224", "SHA2224" -> Optional.of(SHA224);
      case "SHA256", "SHA2256" -> Optional.of(SHA256);
      case "SHA384", "SHA2384" -> Optional.of(SHA384);
      case "SHA512", "SHA2512" -> Optional.of(SHA512);
      default -> Optional.empty();
    };
  }
}
