package io.intermodal.ovf.packaging;

import io.intermodal.ovf.internal.Texts;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Decides what the facts about a signature are worth. Immutable.
 *
 * @param anchors the certificates that are trusted; empty when none were given, and then no signer
 *     is ever trusted
 * @param signatureRequired whether a package must have an intact signature
 * @param weakAccepted whether a weak digest or key may be trusted
 * @param clock what gives the moment for which dates are judged
 */
public record TrustPolicy(
    List<X509Certificate> anchors, boolean signatureRequired, boolean weakAccepted, Clock clock) {

  /** RSA keys with fewer bits are weak, as NIST SP 800-131A has it. */
  public static final int LEAST_RSA_BITS = 2048;

  /** EC keys with fewer bits are weak, as NIST SP 800-131A has it. */
  public static final int LEAST_EC_BITS = 224;

  /** Copies the list. */
  public TrustPolicy {
    anchors = List.copyOf(anchors);
    Objects.requireNonNull(clock, "clock");
  }

  /** Trusts nobody and requires nothing: a signature must only not be broken. */
  public static TrustPolicy none() {
    return new TrustPolicy(List.of(), false, false, Clock.systemUTC());
  }

  /**
   * Requires a signature that one of these certificates vouches for: a root or an intermediate
   * authority, or the signer's certificate itself. A certificate that is for TLS or time stamps
   * only signs no packages, whoever vouches for it, unless it is one of these itself.
   *
   * @throws IllegalArgumentException without any certificate, since nothing could ever satisfy it
   */
  public static TrustPolicy trusting(Collection<X509Certificate> anchors) {
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("no trusted certificate is given");
    }
    return new TrustPolicy(List.copyOf(anchors), true, false, Clock.systemUTC());
  }

  /**
   * Requires a signature that a trusted certificate of a key store vouches for. Certificates of the
   * store's own private keys are not trusted by being there.
   *
   * @throws IllegalArgumentException when the store is not loaded or trusts no certificate
   */
  public static TrustPolicy trusting(KeyStore store) {
    return trusting(trustedOf(store));
  }

  static List<X509Certificate> trustedOf(KeyStore store) {
    List<X509Certificate> trusted = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)
            && store.getCertificate(alias) instanceof X509Certificate one) {
          trusted.add(one);
        }
      }
    } catch (KeyStoreException e) {
      throw new IllegalArgumentException("the key store is not loaded", e);
    }
    return trusted;
  }

  /** Requires an intact signature, of an unknown signer if no certificates are trusted. */
  public TrustPolicy requiringSignature() {
    return new TrustPolicy(anchors, true, weakAccepted, clock);
  }

  /** Lets weak digests and keys be trusted, for packages of old times. */
  public TrustPolicy acceptingWeak() {
    return new TrustPolicy(anchors, signatureRequired, true, clock);
  }

  /** Judges dates for one moment instead of now. */
  public TrustPolicy at(Instant moment) {
    return withClock(Clock.fixed(moment, ZoneOffset.UTC));
  }

  /** Judges dates by another clock. */
  public TrustPolicy withClock(Clock other) {
    return new TrustPolicy(anchors, signatureRequired, weakAccepted, other);
  }

  /** Sums the facts up. What is more doubtful comes first: who signed, then when, then how. */
  public TrustOutcome judge(SignatureFacts facts) {
    return switch (facts.state()) {
      case ABSENT -> TrustOutcome.NOT_SIGNED;
      case UNCHECKABLE -> TrustOutcome.UNCHECKABLE;
      case WRONG -> TrustOutcome.BROKEN;
      case CORRECT -> {
        if (facts.trust() != SignatureFacts.Trust.ANCHORED) {
          yield TrustOutcome.INTACT_SIGNER_UNKNOWN;
        }
        if (facts.validity() != SignatureFacts.Validity.VALID) {
          yield facts.validity() == SignatureFacts.Validity.EXPIRED
              ? TrustOutcome.INTACT_EXPIRED
              : TrustOutcome.INTACT_NOT_YET_VALID;
        }
        yield facts.weaknesses().isEmpty() || weakAccepted
            ? TrustOutcome.TRUSTED
            : TrustOutcome.INTACT_WEAK;
      }
    };
  }

  /**
   * Tells whether an outcome is good enough: with trusted certificates only {@code TRUSTED}, with a
   * required signature any that is intact, else all but {@code BROKEN} and {@code UNCHECKABLE}.
   */
  public boolean satisfiedBy(TrustOutcome outcome) {
    if (!anchors.isEmpty()) {
      return outcome == TrustOutcome.TRUSTED;
    }
    return outcome.intact() || (outcome == TrustOutcome.NOT_SIGNED && !signatureRequired);
  }

  /** Says in one sentence for people what was found and what it is worth. */
  public String explain(SignatureFacts facts) {
    Signer signer = facts.signer();
    if (signer == null) {
      return switch (judge(facts)) {
        case NOT_SIGNED -> "The package is not signed.";
        case BROKEN -> "The signature is BROKEN: " + facts.problem() + ".";
        default -> "The signature cannot be checked: " + facts.problem() + ".";
      };
    }
    String name = Texts.shorten(signer.subject());
    StringBuilder text = new StringBuilder();
    if (facts.trust() == SignatureFacts.Trust.ANCHORED) {
      boolean good = judge(facts) == TrustOutcome.TRUSTED;
      X509Certificate anchor = facts.path().get(facts.path().size() - 1);
      text.append(good ? "The signature is intact and trusted: " : "The signature is intact, but ")
          .append(good ? "signed by " : "not trusted: signed by ")
          .append(name)
          .append(
              facts.path().size() == 1
                  ? ", whose certificate is trusted"
                  : ", for whom "
                      + Texts.shorten(anchor.getSubjectX500Principal().getName())
                      + " vouches");
    } else {
      text.append("The signature is intact, signer unknown: ")
          .append(name)
          .append(signer.selfSigned() ? " vouches for itself" : "")
          .append(
              anchors.isEmpty()
                  ? ", and no trusted certificates were given"
                  : ", and " + facts.trustProblem());
    }
    if (facts.validity() == SignatureFacts.Validity.EXPIRED) {
      text.append("; not valid at ").append(facts.checkedAt()).append(", a certificate expired");
    } else if (facts.validity() == SignatureFacts.Validity.NOT_YET_VALID) {
      text.append("; not valid yet at ").append(facts.checkedAt());
    }
    if (!facts.weaknesses().isEmpty()) {
      text.append("; weak: ").append(String.join(", ", facts.weaknesses()));
    }
    return text.append('.').toString();
  }
}
