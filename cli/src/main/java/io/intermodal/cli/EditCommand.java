package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.edit.Change;
import io.intermodal.ovf.edit.EnvelopeEditor;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageReport;
import io.intermodal.ovf.packaging.PackageRewrite;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Edits the descriptor of a package and writes the package anew. */
@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Edits an OVF package of any dialect and writes it anew with a new manifest; what is not"
          + " edited stays as it was written.",
      "The extension of the output decides its form: .ova packs everything; .ovf goes where the"
          + " files of the package are, or takes them along with --copy-files.",
      "Every file is compared with the manifest on the way; when one differs, nothing appears. A"
          + " certificate signed what was before and is left out, unless --sign makes a new one.",
      "Edits are made in this order: conversion, deployment options, disks and files, processors"
          + " and memory, networks, name and firmware, properties, vendor parts.",
      "Without an edit the package is written as it is; with --digest or --sign its manifest and"
          + " signature are made anew.",
      "",
      "Hardware and networks:",
      "  intermodal edit web.ova --memory 4GiB --cpus 2 -o new.ova",
      "  intermodal edit web.ova --memory 8GiB@large -o new.ova",
      "  intermodal edit web.ova --rename-network \"VM Network\"=dmz -o new.ova",
      "Conversion, and what to do with the parts of vendors:",
      "  intermodal edit old.ovf --to 1.1 --copy-files -o new/old.ovf",
      "  intermodal edit web.ova --to 2.0 --foreign drop -o new.ova",
      "Properties; the value of a secret comes from the environment:",
      "  intermodal edit web.ova --set-property host=web1 -o new.ova",
      "  intermodal edit web.ova --add-property port:uint16=80 -o new.ova",
      "  intermodal edit web.ova --add-property admin-pw:password -o new.ova",
      "  intermodal edit web.ova --set-property-env admin-pw=PW -o new.ova",
      "Proof:",
      "  intermodal edit web.ova --sign key.pem --cert cert.pem -o new.ova",
      ""
    })
final class EditCommand implements Runnable {

  @Parameters(paramLabel = "FILE", description = Packages.WHAT)
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "Where to write, .ova or .ovf.")
  private Path output = Path.of("");

  @Option(
      names = "--copy-files",
      description = "Copy the files of the package to beside an .ovf that goes elsewhere.")
  private boolean copyFiles;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Mixin private final EditOptions options = new EditOptions();
  @Mixin private final ProofOptions proof = new ProofOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  EditCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    PackageOptions how = proof.read(force);
    OvfPackage opened = Packages.open(file);
    EditSteps steps = new EditSteps(options, opened.envelope(), System::getenv);
    EnvelopeEditor editor = steps.run();
    PackageReport report = write(opened, how, editor, steps.files());
    List<Finding> findings = OvfPackage.open(output).findings();
    if (json.json) {
      context.console().out().println(Json.text(json(opened, editor, report, findings)));
    } else {
      print(editor, report, findings);
    }
  }

  private PackageReport write(
      OvfPackage opened, PackageOptions how, EnvelopeEditor editor, Map<String, Path> files) {
    String name = String.valueOf(output.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".ova") && !lower.endsWith(".ovf")) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot write " + output + ": the extension decides its form; name it .ova or .ovf");
    }
    try (ProgressBar progress = new ProgressBar(context.console())) {
      PackageRewrite rewrite =
          proof
              .rewrite(opened, how)
              .descriptor(editor.toBytes())
              .allowMissing(true)
              .copyFiles(copyFiles)
              .progress(progress)
              .cancellation(context.cancellation());
      files.forEach(rewrite::put);
      return lower.endsWith(".ova")
          ? rewrite.toOva(output)
          : rewrite.descriptorName(name).toFolder(output.toAbsolutePath().resolveSibling(""));
    }
  }

  private void print(EnvelopeEditor editor, PackageReport report, List<Finding> findings) {
    Console console = context.console();
    for (Change change : editor.report().changes()) {
      console.out().println(change.kind() + "  " + change.path() + "  " + change.what());
    }
    if (!editor.report().changed()) {
      console.out().println("Nothing had to be changed in the descriptor.");
    }
    for (Finding finding : findings) {
      if (finding.severity() != Severity.INFO) {
        FindingText.print(console, finding);
      }
    }
    console.out().println("Wrote " + output + ".");
    new PackageOutput(console, false).proofs(report);
  }

  private ObjectNode json(
      OvfPackage opened, EnvelopeEditor editor, PackageReport report, List<Finding> findings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.edit/1");
    root.put("file", opened.path().toString());
    root.put("output", output.toString());
    root.put("changed", editor.report().changed());
    ArrayNode changes = root.putArray("changes");
    for (Change change : editor.report().changes()) {
      changes
          .addObject()
          .put("kind", change.kind().name())
          .put("path", change.path())
          .put("what", change.what());
    }
    PackageOutput.proofs(root, report);
    root.set("findings", InspectJson.findings(findings));
    return root;
  }
}
