package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Finding;
import java.util.List;
import java.util.Objects;

/**
 * Says what was written.
 *
 * @param descriptor the name of the descriptor in the package
 * @param files the files as stored with the lines of the new manifest: the descriptor, then the
 *     others in order
 * @param manifest what became of the manifest
 * @param certificate what became of the certificate
 * @param verification whether the source was as its manifest says, for the files that were copied,
 *     and what its signature is worth
 * @param findings what is remarkable about the package that was written: sizes that differ, files
 *     that are not there, a second descriptor, the signature of the source
 */
public record PackageReport(
    String descriptor,
    List<Manifest.Entry> files,
    Proof manifest,
    Proof certificate,
    Verification verification,
    List<Finding> findings) {

  /** Tells what became of a manifest or certificate. */
  public enum Proof {
    /** There was none and there is none. */
    ABSENT,
    /** It was copied as it was. */
    KEPT,
    /** It was made anew. */
    WRITTEN,
    /** There was one, and it would not fit what was written. */
    DROPPED
  }

  /** Copies the lists. */
  public PackageReport {
    Objects.requireNonNull(descriptor, "descriptor");
    files = List.copyOf(files);
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(verification, "verification");
    findings = List.copyOf(findings);
  }
}
