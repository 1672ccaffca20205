package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Holds what the tests of signatures share. */
final class SignatureSamples {

  static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");
  static final String NAME = "a.mf";
  static final byte[] MANIFEST =
      ("SHA256(a.ovf)= "
              + "0123456789abcdef".repeat(4)
              + "\nSHA256(a-disk1.vmdk)= "
              + "fedcba9876543210".repeat(4)
              + "\n")
          .getBytes(UTF_8);

  private SignatureSamples() {}

  static TrustPolicy nobody() {
    return TrustPolicy.none().at(NOW);
  }

  static TrustPolicy trusting(Identity... identities) {
    return TrustPolicy.trusting(List.of(identities).stream().map(Identity::certificate).toList())
        .at(NOW);
  }

  static byte[] sign(Identity identity) {
    return identity.signer().sign(NAME, MANIFEST);
  }

  static SignatureResult check(byte[] certificate, TrustPolicy policy) {
    return check(MANIFEST, certificate, policy);
  }

  static SignatureResult check(byte[] manifest, byte[] certificate, TrustPolicy policy) {
    return SignatureCheck.check(NAME, manifest, "a.cert", certificate, policy);
  }

  static Collection<TrustOutcome> outcomes(byte[] certificate, TrustPolicy... policies) {
    return List.of(policies).stream().map(p -> check(certificate, p).outcome()).toList();
  }
}
