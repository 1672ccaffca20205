package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageReport;
import java.nio.file.Path;
import java.util.Locale;

/** Tells what was packed or unpacked. */
final class PackageOutput {

  private final Console console;
  private final boolean json;

  PackageOutput(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  void print(PackageReport report, OvfPackage.Kind kind, Path target) {
    if (json) {
      console.out().println(Json.text(json(report, kind, target)));
      return;
    }
    for (Finding finding : report.findings()) {
      console.out().println(console.toned(finding.severity().name()) + "  " + finding.message());
    }
    int others = report.files().size() - 1;
    console
        .out()
        .println(
            "Wrote "
                + target
                + ": "
                + report.descriptor()
                + " and "
                + (others == 1 ? "1 file" : others + " files")
                + ".");
    proofs(report);
  }

  /** Says what became of manifest and certificate. */
  void proofs(PackageReport report) {
    console.out().println(manifest(report));
    console
        .out()
        .println(
            switch (report.certificate()) {
              case ABSENT -> "There is no signature.";
              case KEPT -> "The signature is the one it came with; it was not checked here.";
              case WRITTEN -> "The manifest is signed.";
              case DROPPED -> "The old signature was left out: it does not fit the new manifest.";
            });
  }

  private static String manifest(PackageReport report) {
    return switch (report.manifest()) {
      case ABSENT, DROPPED -> "There is no manifest: nothing proves the files.";
      case KEPT ->
          report.verification().verified()
              ? "The files are as the manifest says that they came with."
              : "The manifest is the one they came with, and they are NOT verified.";
      case WRITTEN -> "The manifest is new, with " + algorithm(report) + ".";
    };
  }

  private static String algorithm(PackageReport report) {
    return report.files().get(0).algorithm().name();
  }

  private static ObjectNode json(PackageReport report, OvfPackage.Kind kind, Path target) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.package/1")
        .put("target", target.toString())
        .put("kind", kind.name().toLowerCase(Locale.ROOT))
        .put("descriptor", report.descriptor());
    ArrayNode files = root.putArray("files");
    for (Manifest.Entry file : report.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("algorithm", file.algorithm().name())
          .put("digest", file.digest());
    }
    proofs(root, report);
    root.set("findings", InspectJson.findings(report.findings()));
    return root;
  }

  /** Tells programs what became of manifest and certificate. */
  static void proofs(ObjectNode root, PackageReport report) {
    root.put("manifest", report.manifest().name());
    root.put("certificate", report.certificate().name());
    root.put("sourceVerified", report.verification().verified());
  }
}
