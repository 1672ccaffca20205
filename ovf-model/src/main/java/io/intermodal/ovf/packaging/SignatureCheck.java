package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signature of a manifest (DSP0243 "Distribution"), wherever the bytes come from.
 * Revocation is not asked for, and nothing is fetched. Thread-safe.
 */
public final class SignatureCheck {

  private SignatureCheck() {}

  /** Returns the result for a package without a certificate file. */
  public static SignatureResult notSigned(TrustPolicy policy) {
    return result(
        SignatureFacts.without(SignatureFacts.State.ABSENT, null, null, now(policy)),
        policy,
        List.of());
  }

  /** Returns the result for a certificate file that has no manifest to belong to. */
  public static SignatureResult withoutManifest(
      String certificateName, byte[] certificate, TrustPolicy policy) {
    CertificateFile file = CertificateFile.parse(certificateName, certificate);
    return result(
        SignatureFacts.without(
            SignatureFacts.State.UNCHECKABLE,
            "there is no manifest that it could sign",
            file,
            now(policy)),
        policy,
        file.findings());
  }

  /**
   * Checks a signature over a manifest. What is wrong with it is an answer, not an exception.
   *
   * @param manifestName the name of the manifest in the package
   * @param manifest its exact bytes
   * @param certificateName the name of the certificate file in the package
   * @param certificate its bytes
   * @throws IntermodalException {@link OvfError#PACKAGE_LIMIT} when the certificate file is over
   *     {@link CertificateFile#MOST_BYTES}
   */
  public static SignatureResult check(
      String manifestName,
      byte[] manifest,
      String certificateName,
      byte[] certificate,
      TrustPolicy policy) {
    CertificateFile file = CertificateFile.parse(certificateName, certificate);
    List<Finding> findings = new ArrayList<>(file.findings());
    String named = file.manifestName();
    if (named != null && !Hrefs.normal(named).equals(Hrefs.normal(manifestName))) {
      findings.add(
          Finding.of(
              FindingCode.CERTIFICATE_NAME,
              certificateName,
              "it names " + Texts.shorten(named) + "; the manifest is " + manifestName));
    }
    Instant at = now(policy);
    SignatureFacts facts = facts(manifestName, manifest, file, policy, at);
    if (facts.state() == SignatureFacts.State.CORRECT) {
      remark(facts, file, findings);
    } else {
      boolean wrong = facts.state() == SignatureFacts.State.WRONG;
      findings.add(
          Finding.of(
              wrong ? FindingCode.SIGNATURE_BROKEN : FindingCode.SIGNATURE_UNCHECKABLE,
              certificateName,
              String.valueOf(facts.problem())));
    }
    return result(facts, policy, findings);
  }

  /** Certificates hold by whole seconds. */
  private static Instant now(TrustPolicy policy) {
    return policy.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static SignatureResult result(
      SignatureFacts facts, TrustPolicy policy, List<Finding> findings) {
    TrustOutcome outcome = policy.judge(facts);
    return new SignatureResult(
        outcome,
        policy.explain(facts),
        facts,
        policy.signatureRequired() || !policy.anchors().isEmpty(),
        policy.satisfiedBy(outcome),
        findings);
  }

  private static SignatureFacts facts(
      String manifestName, byte[] manifest, CertificateFile file, TrustPolicy policy, Instant at) {
    DigestAlgorithm digest = file.digest();
    if (file.signatureHex().isEmpty() || file.certificates().isEmpty() || digest == null) {
      return SignatureFacts.without(SignatureFacts.State.UNCHECKABLE, problem(file), file, at);
    }
    byte[] signature = file.signature();
    String unusable = null;
    int usable = 0;
    for (X509Certificate one : file.certificates()) {
      try {
        String scheme = SignatureScheme.matching(one.getPublicKey(), digest, manifest, signature);
        if (scheme != null) {
          return correct(one, scheme, file, Manifest.parse(manifestName, manifest), policy, at);
        }
        usable++;
      } catch (GeneralSecurityException e) {
        unusable = "this JDK cannot use its key: " + Texts.shorten(String.valueOf(e.getMessage()));
      }
    }
    return usable == 0
        ? SignatureFacts.without(SignatureFacts.State.UNCHECKABLE, unusable, file, at)
        : SignatureFacts.without(
            SignatureFacts.State.WRONG,
            "no certificate in "
                + file.name()
                + " has the key that signed "
                + manifestName
                + " as it is now",
            file,
            at);
  }

  /** Says what is malformed; there is such a finding when a part is absent. */
  private static String problem(CertificateFile file) {
    return file.findings().stream()
        .filter(f -> f.code() == FindingCode.CERTIFICATE_MALFORMED)
        .map(Finding::message)
        .findFirst()
        .orElse("it is malformed");
  }

  private static SignatureFacts correct(
      X509Certificate certificate,
      String scheme,
      CertificateFile file,
      Manifest manifest,
      TrustPolicy policy,
      Instant at) {
    Chain chain = ChainSearch.find(certificate, file.certificates(), policy.anchors(), at);
    boolean asked = !policy.anchors().isEmpty();
    SignatureFacts.Trust trust =
        chain.anchored() ? SignatureFacts.Trust.ANCHORED : SignatureFacts.Trust.NOT_ANCHORED;
    return new SignatureFacts(
        SignatureFacts.State.CORRECT,
        null,
        file.manifestName(),
        file.digest(),
        scheme,
        Signer.of(certificate),
        at,
        chain.validity(),
        asked ? trust : SignatureFacts.Trust.NOT_ASKED,
        asked ? chain.reason() : null,
        chain.path(),
        weaknesses(file.digest(), manifest, chain),
        manifest.entries().stream().map(Manifest.Entry::name).distinct().toList());
  }

  private static List<String> weaknesses(
      @Nullable DigestAlgorithm digest, Manifest manifest, Chain chain) {
    List<String> weak = new ArrayList<>();
    if (digest == DigestAlgorithm.SHA1) {
      weak.add("the signature digests with SHA-1");
    }
    if (manifest.entries().stream().anyMatch(e -> e.algorithm() == DigestAlgorithm.SHA1)) {
      weak.add("the manifest digests with SHA-1");
    }
    List<X509Certificate> path = chain.path();
    for (int i = 0; i < path.size(); i++) {
      X509Certificate one = path.get(i);
      Integer bits = Certificates.bits(one.getPublicKey());
      boolean rsa = !one.getPublicKey().getAlgorithm().equals("EC");
      if (bits != null && bits < (rsa ? TrustPolicy.LEAST_RSA_BITS : TrustPolicy.LEAST_EC_BITS)) {
        weak.add("the " + (rsa ? "RSA" : "EC") + " key has " + bits + " bits only");
      }
      String algorithm = one.getSigAlgName().toUpperCase(Locale.ROOT);
      // The last certificate is trusted for what it is, not for who signed it.
      if (i < path.size() - 1 && algorithm.matches("(SHA-?1|MD[0-9]).*")) {
        weak.add("a certificate is signed with " + Texts.shorten(algorithm));
      }
    }
    return weak;
  }

  /** Tells a certificate whose issuer is at hand by name, and did not sign it as it is. */
  private static boolean isAltered(X509Certificate certificate, List<X509Certificate> others) {
    List<X509Certificate> issuers =
        others.stream()
            .filter(c -> c.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
            .toList();
    return !issuers.isEmpty()
        && issuers.stream().noneMatch(c -> Certificates.isIssued(certificate, c));
  }

  private static void remark(SignatureFacts facts, CertificateFile file, List<Finding> findings) {
    String name = file.name();
    Signer signer = facts.signer();
    if (signer == null) {
      return;
    }
    String subject = Texts.shorten(signer.subject());
    if (isAltered(facts.path().get(0), file.certificates())) {
      findings.add(
          Finding.of(
              FindingCode.CERTIFICATE_ALTERED,
              name,
              "the certificate of " + subject + " is not as its issuer signed it"));
    }
    if (facts.trust() != SignatureFacts.Trust.ANCHORED) {
      String problem = facts.trustProblem();
      findings.add(
          Finding.of(
              FindingCode.SIGNER_UNKNOWN,
              name,
              "the signer is unknown: " + subject + (problem == null ? "" : "; " + problem)));
    }
    if (facts.validity() == SignatureFacts.Validity.EXPIRED) {
      findings.add(Finding.of(FindingCode.SIGNER_EXPIRED, name, expiry(facts, signer)));
    } else if (facts.validity() == SignatureFacts.Validity.NOT_YET_VALID) {
      findings.add(
          Finding.of(
              FindingCode.SIGNER_NOT_YET_VALID,
              name,
              "a certificate is not valid yet at " + facts.checkedAt()));
    }
    for (String weakness : facts.weaknesses()) {
      findings.add(Finding.of(FindingCode.SIGNATURE_WEAK, name, weakness));
    }
  }

  private static String expiry(SignatureFacts facts, Signer signer) {
    boolean own = facts.checkedAt().isAfter(signer.notAfter());
    return own
        ? "the signer's certificate expired at " + signer.notAfter()
        : "a certificate that vouches for the signer had expired at " + facts.checkedAt();
  }
}
