package io.intermodal.cli;

import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageRewrite;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds to a command that writes a package what is to prove its files. */
final class ProofOptions {

  @Mixin private final SigningOptions signing = new SigningOptions();

  @Option(
      names = "--no-verify",
      description = "Do not compare files with the manifest there is; make a new one.")
  private boolean unverified;

  /**
   * Returns digest and signer; keys are read here, so that what is wrong with them is said first.
   *
   * @param replace whether what is at the target may be replaced
   */
  PackageOptions read(boolean replace) {
    return signing.read(replace);
  }

  /** Starts to write a package with the options that were read. */
  PackageRewrite rewrite(OvfPackage pack, PackageOptions options) {
    boolean anew = unverified || signing.choosesDigest();
    return pack.rewrite()
        .options(options)
        .proof(anew ? PackageRewrite.Proof.RENEW : PackageRewrite.Proof.AUTO)
        .verify(!unverified);
  }
}
