package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageSigner;
import io.intermodal.ovf.packaging.PemFiles;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Adds what a package is signed with to a command. */
final class SignOptions {

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
      paramLabel = "NAME",
      description = "The environment variable that holds the password of an encrypted key.")
  private @Nullable String passwordVariable;

  /** Returns the options with a signer, if one was asked for. */
  PackageOptions apply(PackageOptions options) {
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
          "cannot sign: there is no environment variable " + passwordVariable);
    }
    return value.toCharArray();
  }
}
