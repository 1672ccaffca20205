package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Finding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what an archive was that went by as a stream.
 *
 * @param envelope what the descriptor says
 * @param manifest the manifest; null when there is none
 * @param findings what a careful reader objects to, of the descriptor and of the package
 * @param verification whether the files are those that the manifest was made for
 */
public record StreamedPackage(
    Envelope envelope,
    @Nullable Manifest manifest,
    List<Finding> findings,
    Verification verification) {

  /** Copies the list. */
  public StreamedPackage {
    Objects.requireNonNull(envelope, "envelope");
    findings = List.copyOf(findings);
    Objects.requireNonNull(verification, "verification");
  }
}
