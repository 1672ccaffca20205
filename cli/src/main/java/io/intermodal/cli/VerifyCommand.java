package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.Verification;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a package against its manifest. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every file of an OVF package against its manifest, reading each once.",
      "Exit code 0 only if there is a manifest, every file it lists matches, and every file the"
          + " descriptor refers to is listed; else 1.",
      ""
    })
final class VerifyCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "An .ova or .ovf file.")
  private Path file = Path.of("");

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  VerifyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Verification result;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      result = OvfPackage.open(file).verify(progress, context.cancellation());
    }
    Console console = context.console();
    if (json.json) {
      console.out().println(Json.text(json(result)));
    } else {
      TextTable table = new TextTable(console, "Status", "File");
      result.files().forEach(one -> table.row(one.status(), one.name()));
      table.print();
      for (Finding finding : result.findings()) {
        if (finding.severity() != Severity.INFO) {
          console
              .out()
              .println(console.toned(finding.severity().name()) + "  " + finding.message());
        }
      }
      console
          .out()
          .println(
              result.verified()
                  ? "The package is as its manifest (" + result.algorithm() + ") says."
                  : "The package is NOT verified.");
    }
    return result.verified() ? ExitCodes.DONE : ExitCodes.NEGATIVE;
  }

  private static ObjectNode json(Verification result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.verify/1");
    root.put("trusted", result.verified());
    root.putObject("manifest")
        .put("present", result.manifestPresent())
        .put("algorithm", result.algorithm() == null ? null : result.algorithm().name());
    ArrayNode files = root.putArray("files");
    result
        .files()
        .forEach(
            one -> files.addObject().put("name", one.name()).put("status", one.status().name()));
    root.set("findings", InspectJson.findings(result.findings()));
    return root;
  }
}
