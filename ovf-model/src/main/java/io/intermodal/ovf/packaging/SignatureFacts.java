package io.intermodal.ovf.packaging;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was found about the signature of a package, each fact apart from the others: whether
 * it belongs to the manifest, who made it, whether the dates hold, whether a trusted certificate
 * vouches, what is weak. {@link TrustPolicy} turns them into an outcome. What is signed are the
 * bytes of the manifest, and by its digests the files that it lists; nothing else.
 *
 * @param state whether the signature belongs to the manifest
 * @param problem why it does not, or could not be checked, as the end of a sentence; null otherwise
 * @param manifestName the name of the manifest, as the signature has it; null when unknown
 * @param digest the digest under the signature; null when unknown
 * @param scheme the scheme that matched, by the JDK's name: {@code SHA256withRSA}; null unless
 *     {@code CORRECT}
 * @param signer whose key verifies the signature; null unless {@code CORRECT}
 * @param checkedAt the moment for which dates were judged
 * @param validity whether the certificates from the signer to below the anchor, or the signer's
 *     alone, hold at that moment; null unless {@code CORRECT}
 * @param trust whether a trusted certificate vouches for the signer; revocation is never asked for
 * @param trustProblem why none does, as the end of a sentence; null unless {@code NOT_ANCHORED}
 * @param path the signer's certificate first, the trusted one last when {@code ANCHORED}; both are
 *     one when the signer's is trusted itself; empty unless {@code CORRECT}
 * @param weaknesses what an attacker with means might break, as sentences without an end: digests
 *     of SHA-1, RSA keys below {@value TrustPolicy#LEAST_RSA_BITS} bits, EC keys below {@value
 *     TrustPolicy#LEAST_EC_BITS}; empty unless {@code CORRECT}
 * @param signedFiles the names that the manifest lists; empty unless {@code CORRECT}
 */
public record SignatureFacts(
    State state,
    @Nullable String problem,
    @Nullable String manifestName,
    @Nullable DigestAlgorithm digest,
    @Nullable String scheme,
    @Nullable Signer signer,
    Instant checkedAt,
    @Nullable Validity validity,
    Trust trust,
    @Nullable String trustProblem,
    List<X509Certificate> path,
    List<String> weaknesses,
    List<String> signedFiles) {

  /** Tells whether the signature belongs to the manifest. */
  public enum State {
    /** There is no certificate file. */
    ABSENT,
    /** The key of a certificate in the file made the signature for exactly these bytes. */
    CORRECT,
    /** No certificate in the file has the key that made the signature for these bytes. */
    WRONG,
    /** The file cannot be read, has no manifest to belong to, or has keys that are not known. */
    UNCHECKABLE
  }

  /** Tells how the dates of certificates stand to the moment of the check. */
  public enum Validity {
    /** All of them hold. */
    VALID,
    /** One is over. A signature has no date: it may have been made before. */
    EXPIRED,
    /** One is not reached. */
    NOT_YET_VALID
  }

  /** Tells whether a trusted certificate vouches for the signer. */
  public enum Trust {
    /** No trusted certificates were given, or there is no correct signature. */
    NOT_ASKED,
    /** The signer's certificate is trusted, or a chain by the rules of PKIX leads to one. */
    ANCHORED,
    /** None of the trusted certificates vouches. */
    NOT_ANCHORED
  }

  /** Copies the lists. */
  public SignatureFacts {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(checkedAt, "checkedAt");
    Objects.requireNonNull(trust, "trust");
    path = List.copyOf(path);
    weaknesses = List.copyOf(weaknesses);
    signedFiles = List.copyOf(signedFiles);
  }

  /** States that there is no correct signature, and why. */
  static SignatureFacts without(
      State state, @Nullable String problem, @Nullable CertificateFile file, Instant at) {
    return new SignatureFacts(
        state,
        problem,
        file == null ? null : file.manifestName(),
        file == null ? null : file.digest(),
        null,
        null,
        at,
        null,
        Trust.NOT_ASKED,
        null,
        List.of(),
        List.of(),
        List.of());
  }
}
