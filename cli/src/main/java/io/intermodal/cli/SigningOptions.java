package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.packaging.DigestAlgorithm;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageSigner;
import io.intermodal.ovf.packaging.PemFiles;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Adds to a command that writes a package how its manifest is made and signed. */
final class SigningOptions {

  @Option(
      names = "--digest",
      paramLabel = "NAME",
      description =
          "Digest of a new manifest: sha256 unless given, sha512, sha384, or sha1 for vSphere"
              + " before 6.5.")
  private @Nullable DigestAlgorithm digest;

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Sign the manifest with this private key: PEM, PKCS #8, RSA or EC.")
  private @Nullable Path key;

  @Option(
      names = "--cert",
      paramLabel = "CERT",
      description = "The certificate of the key, and those that vouch for it: PEM.")
  private @Nullable Path certificate;

  @Option(
      names = "--key-password-env",
      paramLabel = "VARIABLE",
      description = "The environment variable that holds the password of an encrypted key.")
  private @Nullable String passwordVariable;

  /** Tells whether a digest was asked for. */
  boolean choosesDigest() {
    return digest != null;
  }

  /**
   * Returns digest and signer; keys are read here, so that what is wrong with them is said first.
   *
   * @param replace whether what is at the target may be replaced
   */
  PackageOptions read(boolean replace) {
    PackageOptions options = signed(PackageOptions.standard());
    options = digest == null ? options : options.withDigest(digest);
    return replace ? options.replacing() : options;
  }

  private PackageOptions signed(PackageOptions options) {
    if (key == null && certificate == null && passwordVariable == null) {
      return options;
    }
    if (key == null || certificate == null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot sign: give both --sign KEY and --cert CERT");
    }
    char[] password = password();
    try {
      return options.signedBy(
          PackageSigner.of(PemFiles.privateKey(key, password), PemFiles.certificates(certificate)));
    } finally {
      if (password != null) {
        Arrays.fill(password, '\0');
      }
    }
  }

  private char @Nullable [] password() {
    if (passwordVariable == null) {
      return null;
    }
    String value = System.getenv(passwordVariable);
    if (value == null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot sign: there is no environment variable "
              + passwordVariable
              + "; export it first");
    }
    return value.toCharArray();
  }
}
