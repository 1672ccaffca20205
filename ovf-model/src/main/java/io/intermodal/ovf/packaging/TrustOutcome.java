package io.intermodal.ovf.packaging;

/**
 * Sums up the facts about a signature. It is about the manifest: whether the files are those that
 * the manifest lists is told by {@link Verification#verified()}.
 */
public enum TrustOutcome {
  /** There is no signature. */
  NOT_SIGNED,
  /** There is a certificate file that cannot be checked: malformed, or of an unknown kind. */
  UNCHECKABLE,
  /** The signature does not belong to this manifest and these certificates. */
  BROKEN,
  /** The signature is right; nobody who is trusted vouches for who made it. */
  INTACT_SIGNER_UNKNOWN,
  /** As {@link #TRUSTED}, but a certificate is over. */
  INTACT_EXPIRED,
  /** As {@link #TRUSTED}, but a certificate does not hold yet. */
  INTACT_NOT_YET_VALID,
  /** As {@link #TRUSTED}, but a digest or key is too weak to rely on. */
  INTACT_WEAK,
  /** The signature is right, and a trusted certificate vouches for the signer. */
  TRUSTED;

  /** Tells whether the signature belongs to the manifest, whoever made it. */
  public boolean intact() {
    return compareTo(INTACT_SIGNER_UNKNOWN) >= 0;
  }
}
