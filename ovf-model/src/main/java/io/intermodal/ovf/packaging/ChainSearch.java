package io.intermodal.ovf.packaging;

import io.intermodal.ovf.internal.Texts;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a way from a signer to a trust anchor (RFC 5280 section 6), without asking for revocation.
 *
 * <p>The paths are sought here and not by the JDK's builder: certificates come from whoever made
 * the package, and a few dozen that vouch for each other make more paths than can ever be tried.
 */
final class ChainSearch {

  /** A key with a large exponent makes one cost tens of milliseconds. */
  private static final int MOST_SIGNATURES = 100;

  private static final int MOST_LENGTH = 8;

  /** What the key usage extension has at these places allows to sign data (RFC 5280 4.2.1.3). */
  private static final int DIGITAL_SIGNATURE = 0;

  private static final int CONTENT_COMMITMENT = 1;

  /** Servers and clients of TLS, time stamps, answers about revocation. */
  private static final Set<String> OTHER_PURPOSES =
      Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9");

  private final List<X509Certificate> others;
  private final List<X509Certificate> anchors;
  private final Instant at;
  private int signatures;
  private @Nullable Chain found;
  private @Nullable String refusal;

  private ChainSearch(List<X509Certificate> others, List<X509Certificate> anchors, Instant at) {
    this.others = others;
    this.anchors = anchors;
    this.at = at;
  }

  /** Seeks a path; one that is valid at the moment is preferred to others. */
  static Chain find(
      X509Certificate signer,
      List<X509Certificate> others,
      List<X509Certificate> anchors,
      Instant at) {
    List<X509Certificate> alone = List.of(signer);
    SignatureFacts.Validity validity = validity(alone, at);
    if (anchors.isEmpty()) {
      return new Chain(alone, false, validity, "no trusted certificates were given");
    }
    if (anchors.contains(signer)) {
      return new Chain(alone, true, validity, null);
    }
    boolean[] usage = signer.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[CONTENT_COMMITMENT]) {
      return new Chain(alone, false, validity, "its certificate is not for signing data");
    }
    if (isForOthers(signer)) {
      return new Chain(alone, false, validity, "its certificate is for TLS, not for signing data");
    }
    ChainSearch search = new ChainSearch(others, anchors, at);
    search.extend(alone);
    if (search.found != null) {
      return search.found;
    }
    String reason = search.refusal == null ? "no trusted certificate vouches" : search.refusal;
    return new Chain(alone, false, validity, reason);
  }

  /**
   * Tells a certificate of which every purpose is another one (RFC 5280 4.2.1.12). Public
   * authorities give such to whoever has a host; with their bundle as anchors anybody would sign.
   */
  private static boolean isForOthers(X509Certificate signer) {
    try {
      List<String> purposes = signer.getExtendedKeyUsage();
      return purposes != null && OTHER_PURPOSES.containsAll(purposes);
    } catch (CertificateParsingException e) {
      return true;
    }
  }

  /** Tries every issuer of the last certificate, anchors first. */
  private void extend(List<X509Certificate> path) {
    X509Certificate last = path.get(path.size() - 1);
    for (X509Certificate anchor : anchors) {
      if (issued(last, anchor)) {
        judge(path, anchor);
      }
    }
    for (X509Certificate other : others) {
      boolean goesOn = path.size() < MOST_LENGTH && !isDone() && !path.contains(other);
      if (goesOn && issued(last, other)) {
        List<X509Certificate> longer = new ArrayList<>(path);
        longer.add(other);
        extend(longer);
      }
    }
  }

  private boolean isDone() {
    return signatures >= MOST_SIGNATURES
        || (found != null && found.validity() == SignatureFacts.Validity.VALID);
  }

  private boolean issued(X509Certificate certificate, X509Certificate by) {
    if (isDone() || !certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
      return false;
    }
    signatures++;
    return Certificates.isIssued(certificate, by);
  }

  private void judge(List<X509Certificate> path, X509Certificate anchor) {
    SignatureFacts.Validity validity = validity(path, at);
    Instant common = common(path, validity);
    String reason =
        common == null
            ? "the certificates on the way to it were never valid together"
            : refusal(path, anchor, common);
    if (reason != null) {
      refusal = refusal == null ? reason : refusal;
      return;
    }
    if (found == null || validity == SignatureFacts.Validity.VALID) {
      List<X509Certificate> whole = new ArrayList<>(path);
      whole.add(anchor);
      found = new Chain(whole, true, validity, null);
    }
  }

  /** Returns why the rules refuse a path at a moment; null when they do not. */
  private static @Nullable String refusal(
      List<X509Certificate> path, X509Certificate anchor, Instant at) {
    try {
      PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      rules.setRevocationEnabled(false);
      rules.setDate(Date.from(at));
      CertPath whole = CertificateFactory.getInstance("X.509").generateCertPath(path);
      CertPathValidator.getInstance("PKIX").validate(whole, rules);
      return null;
    } catch (CertPathValidatorException e) {
      return "the rules for certificates refuse it: "
          + Texts.shorten(String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException | RuntimeException e) {
      return "its certificate cannot be judged";
    }
  }

  /** Tells how the dates stand; the dates of an anchor do not count (RFC 5280 6.1). */
  private static SignatureFacts.Validity validity(List<X509Certificate> path, Instant at) {
    for (X509Certificate one : path) {
      if (at.isAfter(one.getNotAfter().toInstant())) {
        return SignatureFacts.Validity.EXPIRED;
      }
    }
    for (X509Certificate one : path) {
      if (at.isBefore(one.getNotBefore().toInstant())) {
        return SignatureFacts.Validity.NOT_YET_VALID;
      }
    }
    return SignatureFacts.Validity.VALID;
  }

  /** Finds the moment nearest to the check at which all were valid, to judge the rest by it. */
  private @Nullable Instant common(List<X509Certificate> path, SignatureFacts.Validity validity) {
    Instant first = Instant.MIN;
    Instant last = Instant.MAX;
    for (X509Certificate one : path) {
      Instant from = one.getNotBefore().toInstant();
      Instant until = one.getNotAfter().toInstant();
      first = from.isAfter(first) ? from : first;
      last = until.isBefore(last) ? until : last;
    }
    if (first.isAfter(last)) {
      return null;
    }
    return switch (validity) {
      case VALID -> at;
      case EXPIRED -> last;
      case NOT_YET_VALID -> first;
    };
  }
}
