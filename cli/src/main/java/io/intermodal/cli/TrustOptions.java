package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.packaging.TrustPolicy;
import io.intermodal.ovf.packaging.TrustStore;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Adds to a command what says whose signatures are good. */
final class TrustOptions {

  @Option(
      names = "--trust-store",
      paramLabel = "FILE",
      description =
          "Certificates you trust: PEM, DER, or a key store in PKCS #12 or JKS. The signature must"
              + " then lead to one of them.")
  private @Nullable Path trustStore;

  @Option(
      names = "--trust-store-password-env",
      paramLabel = "VARIABLE",
      description = "The environment variable that holds the password of the key store.")
  private @Nullable String passwordVariable;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description =
          "Judge the dates of certificates for a day such as 2026-01-31, or a moment such as"
              + " 2026-01-31T12:00:00Z; now unless given.")
  private @Nullable Instant at;

  @Option(
      names = "--require-signature",
      description = "Refuse a package that has no intact signature; its signer may be unknown.")
  private boolean requireSignature;

  TrustPolicy policy() {
    TrustPolicy policy =
        trustStore == null
            ? TrustPolicy.none()
            : TrustPolicy.trusting(TrustStore.read(trustStore, password()));
    if (trustStore == null && passwordVariable != null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot use a password without a key store: give --trust-store");
    }
    policy = requireSignature ? policy.requiringSignature() : policy;
    return at == null ? policy : policy.at(at);
  }

  private char @Nullable [] password() {
    if (passwordVariable == null) {
      return null;
    }
    String password = System.getenv(passwordVariable);
    if (password == null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot open "
              + trustStore
              + ": there is no environment variable "
              + passwordVariable
              + "; export it first");
    }
    return password.toCharArray();
  }
}
