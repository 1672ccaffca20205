package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.packaging.Manifest;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageReport;
import io.intermodal.ovf.packaging.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells what was packed or unpacked. */
final class PackageOutput {

  private static final int MOST_NAMED = 5;

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
      FindingText.print(console, finding);
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
                + Console.count(others, "file")
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
              case KEPT ->
                  "The signature is the one it came with. "
                      + report.verification().signature().sentence();
              case WRITTEN -> "The manifest is signed.";
              case DROPPED -> "The old signature was left out: it does not fit the new manifest.";
            });
  }

  private static String manifest(PackageReport report) {
    String algorithms = algorithms(report);
    return switch (report.manifest()) {
      case ABSENT, DROPPED -> "There is no manifest: nothing proves the files.";
      case KEPT ->
          report.verification().verified()
              ? "The files match the manifest they came with ("
                  + algorithms
                  + ")"
                  + UnlistedFiles.of(report.verification())
                      .map(files -> ", which does not list " + files)
                      .orElse("")
                  + "."
              : "The manifest is the one they came with, and they are NOT verified"
                  + objection(report.verification())
                  + ".";
      case WRITTEN -> "The manifest is new (" + algorithms + ").";
    };
  }

  /** Says which files the manifest does not vouch for, and how it fails to. */
  private static String objection(Verification verification) {
    List<String> files =
        verification.files().stream()
            .filter(file -> file.status() != Verification.Status.OK)
            .map(file -> file.status() + " " + file.name())
            .toList();
    if (files.isEmpty()) {
      return "";
    }
    String more = files.size() > MOST_NAMED ? ", …" : "";
    return ": " + String.join(", ", files.subList(0, Math.min(MOST_NAMED, files.size()))) + more;
  }

  private static String algorithms(PackageReport report) {
    return report.files().stream()
        .map(file -> file.algorithm().name())
        .distinct()
        .collect(Collectors.joining(", "));
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
