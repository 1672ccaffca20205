package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Finding;
import java.util.List;
import java.util.Objects;

/**
 * Says what the signature of a package is worth.
 *
 * @param outcome the sum of the facts
 * @param sentence the outcome in one sentence for people
 * @param facts each fact apart
 * @param required whether the policy asks for a signature
 * @param satisfied whether the policy is satisfied with the outcome
 * @param findings what is wrong with the signature or remarkable
 */
public record SignatureResult(
    TrustOutcome outcome,
    String sentence,
    SignatureFacts facts,
    boolean required,
    boolean satisfied,
    List<Finding> findings) {

  /** Copies the list. */
  public SignatureResult {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(facts, "facts");
    findings = List.copyOf(findings);
  }

  /**
   * Tells whether a package may be taken as far as its signature goes. Where one is required, it
   * must cover every descriptor too: one that the manifest does not list may be anybody's.
   */
  public boolean accepts(boolean descriptorListed) {
    return satisfied && (!required || descriptorListed);
  }
}
