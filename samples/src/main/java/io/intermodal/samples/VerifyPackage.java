package io.intermodal.samples;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.Verification;
import java.nio.file.Path;

/** Opens a package, says what is in it, and checks every file against the manifest. */
public final class VerifyPackage {

  private VerifyPackage() {}

  /**
   * Verifies one package.
   *
   * @param args an {@code .ova} or {@code .ovf} file
   */
  public static void main(String[] args) {
    // Opening reads the descriptor and the manifest, never a disk.
    OvfPackage opened = OvfPackage.open(Path.of(args[0]));
    opened
        .envelope()
        .machines(null)
        .forEach(machine -> System.out.println("machine " + machine.name()));
    opened.envelope().disks().forEach(disk -> System.out.println("disk " + disk.id()));

    // Verifying reads every file once. A server would pass a listener and a way to stop.
    Verification verification = opened.verify(Progress.Listener.none(), Cancellation.none());
    verification.files().forEach(file -> System.out.println(file.status() + " " + file.name()));
    for (Finding finding : verification.findings()) {
      System.out.println(finding.severity() + " " + finding.message());
    }

    // Who made it is a question of its own; TrustPolicy.trusting(certificates) asks for proof.
    System.out.println(verification.signature().sentence());

    // A package that does not match is an answer, not an exception.
    System.out.println(
        verification.accepted()
            ? "The package is what its manifest says."
            : "Do not deploy this package: it is not what its manifest or signature says.");
  }
}
