package io.intermodal.samples;

import io.intermodal.ovf.edit.EnvelopeEditor;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageReport;
import io.intermodal.ovf.packaging.PackageSigner;
import io.intermodal.ovf.packaging.PemFiles;
import java.nio.file.Path;

/** Gives an appliance more memory and writes it anew, signed; its disks are copied as they are. */
public final class EditAndSign {

  private EditAndSign() {}

  /**
   * Edits one package.
   *
   * @param args the package, the new {@code .ova}, the signer's key and its certificates, both PEM
   */
  public static void main(String[] args) {
    OvfPackage appliance = OvfPackage.open(Path.of(args[0]));

    // An edit touches what it edits; all else, vendors' own parts too, stays as it was written.
    EnvelopeEditor editor = EnvelopeEditor.of(appliance.envelope()).setMemory(4L << 30);
    editor.report().changes().forEach(change -> System.out.println(change.what()));

    PackageSigner signer =
        PackageSigner.of(
            PemFiles.privateKey(Path.of(args[2]), /* password= */ null),
            PemFiles.certificates(Path.of(args[3])));

    // The disks are compared with the old manifest while they are copied; the new archive gets its
    // name only when all of it is right.
    PackageReport report =
        appliance
            .rewrite()
            .descriptor(editor.toBytes())
            .options(PackageOptions.standard().signedBy(signer))
            .toOva(Path.of(args[1]));
    System.out.println("manifest " + report.manifest() + ", certificate " + report.certificate());
  }
}
