package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.disk.CheckReport;
import io.intermodal.disk.DiskImages;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads a whole image and judges it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads all of an image, unpacks every block, and holds its structures against one another."
          + " Nothing is changed.",
      "Exit code 0 if every byte of the guest is there, 1 if some are damaged or missing.",
      "",
      "  intermodal disk check guest.qcow2",
      ""
    })
final class DiskCheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "An image, a package with --disk, or a URL.")
  private String file = "";

  @Mixin private final DiskInputOptions input = new DiskInputOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DiskCheckCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DiskInput from = input.open(file);
    CheckReport report;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      report = DiskImages.check(from.source(), progress, context.cancellation());
    }
    if (json.json) {
      context.console().out().println(Json.text(json(from.source().name(), report)));
    } else {
      print(from.source().name(), report);
    }
    return report.isSound() ? ExitCodes.DONE : ExitCodes.NEGATIVE;
  }

  private void print(String name, CheckReport report) {
    Console console = context.console();
    PrintWriter out = console.out();
    for (CheckReport.Problem problem : report.problems()) {
      String word = problem.severity().toString();
      out.println(console.toned(tone(problem.severity()), word) + " " + problem.message());
    }
    report
        .dataBytes()
        .ifPresent(
            bytes ->
                out.println(
                    Sizes.text(bytes)
                        + " of "
                        + Sizes.text(report.virtualSizeBytes())
                        + " hold data."));
    out.println(
        report.isSound()
            ? name + " (" + report.format() + ") is sound."
            : name + " (" + report.format() + ") is DAMAGED.");
  }

  private static String tone(CheckReport.Severity severity) {
    return switch (severity) {
      case NOTE -> "";
      case LEAK -> "WARNING";
      case DAMAGE -> "ERROR";
    };
  }

  private static ObjectNode json(String name, CheckReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.disk-check/1");
    root.put("image", name);
    root.put("format", report.format().id());
    root.put("sound", report.isSound());
    root.put("virtualSizeBytes", report.virtualSizeBytes());
    root.put("storedBytes", report.storedBytes());
    report
        .dataBytes()
        .ifPresentOrElse(bytes -> root.put("dataBytes", bytes), () -> root.putNull("dataBytes"));
    ArrayNode problems = root.putArray("problems");
    for (CheckReport.Problem problem : report.problems()) {
      problems
          .addObject()
          .put("severity", problem.severity().toString().toLowerCase(Locale.ROOT))
          .put("message", problem.message());
    }
    return root;
  }
}
