package io.intermodal.ovf.packaging;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how a package is written.
 *
 * @param digest the digest of the manifest
 * @param signer who signs the manifest; null for a package without a signature
 * @param replace whether what is at the target may be replaced
 */
public record PackageOptions(
    DigestAlgorithm digest, @Nullable PackageSigner signer, boolean replace) {

  private static final PackageOptions STANDARD =
      new PackageOptions(DigestAlgorithm.SHA256, null, false);

  /** Validates the digest. */
  public PackageOptions {
    Objects.requireNonNull(digest, "digest");
  }

  /** Returns SHA-256, no signature, nothing replaced. */
  public static PackageOptions standard() {
    return STANDARD;
  }

  /** Returns these options with another digest. */
  public PackageOptions withDigest(DigestAlgorithm other) {
    return new PackageOptions(other, signer, replace);
  }

  /** Returns these options with a signature. */
  public PackageOptions signedBy(PackageSigner who) {
    return new PackageOptions(digest, Objects.requireNonNull(who, "who"), replace);
  }

  /** Returns these options with leave to replace what is there. */
  public PackageOptions replacing() {
    return new PackageOptions(digest, signer, true);
  }
}
