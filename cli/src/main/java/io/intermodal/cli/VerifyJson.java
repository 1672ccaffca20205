package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.packaging.SignatureFacts;
import io.intermodal.ovf.packaging.SignatureResult;
import io.intermodal.ovf.packaging.Signer;
import io.intermodal.ovf.packaging.Verification;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Writes what {@code verify} found as JSON. */
final class VerifyJson {

  private VerifyJson() {}

  static ObjectNode of(Verification result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.verify/1");
    root.put("trusted", result.accepted());
    root.putObject("manifest")
        .put("present", result.manifestPresent())
        .put("algorithm", name(result.algorithm()))
        .put("verified", result.verified());
    root.set("signature", signature(result));
    ArrayNode files = root.putArray("files");
    result
        .files()
        .forEach(
            one -> files.addObject().put("name", one.name()).put("status", one.status().name()));
    root.set("findings", InspectJson.findings(result.findings()));
    return root;
  }

  private static ObjectNode signature(Verification result) {
    SignatureResult signature = result.signature();
    SignatureFacts facts = signature.facts();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("outcome", signature.outcome().name());
    node.put("explanation", signature.sentence());
    node.put("required", signature.required());
    node.put("satisfied", signature.satisfied());
    node.put("state", facts.state().name());
    node.put("problem", facts.problem());
    node.put("manifestName", facts.manifestName());
    node.put("digest", name(facts.digest()));
    node.put("scheme", facts.scheme());
    Signer signer = facts.signer();
    if (signer == null) {
      node.putNull("signer");
    } else {
      node.set("signer", signer(signer));
    }
    node.put("checkedAt", facts.checkedAt().toString());
    node.put("validity", name(facts.validity()));
    node.put("trust", facts.trust().name());
    node.put("trustProblem", facts.trustProblem());
    node.put("revocationChecked", false);
    ArrayNode chain = node.putArray("chain");
    for (X509Certificate one : facts.path()) {
      Signer link = Signer.of(one);
      chain.addObject().put("subject", link.subject()).put("sha256", link.sha256());
    }
    facts.weaknesses().forEach(node.putArray("weaknesses")::add);
    facts.signedFiles().forEach(node.putArray("signedFiles")::add);
    result.unlisted().forEach(node.putArray("unsignedFiles")::add);
    return node;
  }

  private static ObjectNode signer(Signer signer) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("subject", signer.subject())
        .put("issuer", signer.issuer())
        .put("serial", signer.serial())
        .put("notBefore", signer.notBefore().toString())
        .put("notAfter", signer.notAfter().toString())
        .put("sha256", signer.sha256())
        .put("keyAlgorithm", signer.keyAlgorithm())
        .put("keyBits", signer.keyBits())
        .put("selfSigned", signer.selfSigned());
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }
}
