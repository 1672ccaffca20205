package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.edit.Change;
import io.intermodal.ovf.edit.EnvelopeEditor;
import io.intermodal.ovf.packaging.EditedPackage;
import io.intermodal.ovf.packaging.OvfPackage;
import java.nio.file.Path;
import java.util.List;
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
      "A certificate is left out, since it signed what was before.",
      "Edits are made in this order: conversion, deployment options, disks and files, processors"
          + " and memory, networks, name and firmware, properties, vendor parts.",
      "Example:  intermodal edit web.ova --memory 4GiB --rename-network \"VM Network\"=dmz"
          + " -o web2.ova",
      ""
    })
final class EditCommand implements Runnable {

  @Parameters(paramLabel = "FILE", description = "An .ova or .ovf file.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "Where to write, .ova or .ovf; nothing is overwritten.")
  private Path output = Path.of("");

  @Option(
      names = "--copy-files",
      description = "Copy the files of the package to beside an .ovf that goes elsewhere.")
  private boolean copyFiles;

  @Mixin private final EditOptions options = new EditOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  EditCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    OvfPackage opened = OvfPackage.open(file);
    EditSteps steps = new EditSteps(options, opened.envelope(), System::getenv);
    EnvelopeEditor editor = steps.run();
    List<String> notes;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      notes =
          EditedPackage.write(
              opened,
              editor.toBytes(),
              steps.files(),
              output,
              copyFiles,
              progress,
              context.cancellation());
    }
    List<Finding> findings = OvfPackage.open(output).findings();
    if (json.json) {
      context.console().out().println(Json.text(json(editor, notes, findings)));
    } else {
      print(editor, notes, findings);
    }
  }

  private void print(EnvelopeEditor editor, List<String> notes, List<Finding> findings) {
    Console console = context.console();
    for (Change change : editor.report().changes()) {
      console.out().println(change.kind() + "  " + change.path() + "  " + change.what());
    }
    notes.forEach(note -> console.out().println(Change.Kind.NOTE + "  " + note));
    if (!editor.report().changed()) {
      console.out().println("Nothing had to be changed; the package is written as it was.");
    }
    for (Finding finding : findings) {
      if (finding.severity() != Severity.INFO) {
        console
            .out()
            .println(
                console.toned(finding.severity().name())
                    + "  "
                    + finding.code()
                    + "  "
                    + finding.message());
      }
    }
    console.out().println("Wrote " + output + ".");
  }

  private ObjectNode json(EnvelopeEditor editor, List<String> notes, List<Finding> findings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.edit/1");
    root.put("file", file.toString());
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
    for (String note : notes) {
      changes.addObject().put("kind", Change.Kind.NOTE.name()).putNull("path").put("what", note);
    }
    root.set("findings", InspectJson.findings(findings));
    return root;
  }
}
