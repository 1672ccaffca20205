package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.disk.Comparison;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what a guest sees on two disks. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares what a guest would see on two disks of any formats.",
      "Exit code 0 if it is the same, 1 if not. Zeros behind the end of the smaller disk count as"
          + " the same, save with -s.",
      "",
      "  intermodal disk compare appliance.ova guest.qcow2 --disk vmdisk1",
      ""
    })
final class DiskCompareCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "ONE", description = "An image, a package, or a URL.")
  private String one = "";

  @Parameters(index = "1", paramLabel = "OTHER", description = "Another one.")
  private String other = "";

  @Mixin private final DiskInputOptions input = new DiskInputOptions();

  @Option(
      names = {"-F", "--other-format"},
      paramLabel = "FORMAT",
      converter = DiskFormatName.class,
      description = "What the other one is.")
  private @Nullable DiskFormat otherFormat;

  @Option(names = "--other-disk", paramLabel = "ID", description = "Which disk of the other one.")
  private @Nullable String otherDisk;

  @Option(
      names = {"-s", "--strict"},
      description = "Want the sizes to be the same, too.")
  private boolean strict;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DiskCompareCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DiskInput left = input.open(one);
    DiskInput right = input.openOther(other, otherDisk, otherFormat);
    Comparison result;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      result = DiskImages.compare(left.source(), right.source(), progress, context.cancellation());
    }
    boolean same = strict ? result.identical() : result.sameContent();
    if (json.json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("schema", "io.intermodal.disk-comparison/1");
      root.put("one", left.source().name());
      root.put("other", right.source().name());
      root.put("same", same);
      root.put("sizeBytes", result.sizeBytes());
      root.put("otherSizeBytes", result.otherSizeBytes());
      result
          .firstDifference()
          .ifPresentOrElse(
              at -> root.put("firstDifference", at), () -> root.putNull("firstDifference"));
      context.console().out().println(Json.text(root));
    } else {
      print(result);
    }
    return same ? ExitCodes.DONE : ExitCodes.NEGATIVE;
  }

  private void print(Comparison result) {
    PrintWriter out = context.console().out();
    if (result.sizeBytes() != result.otherSizeBytes()) {
      out.println(
          "The sizes differ: "
              + DiskInfoCommand.exact(result.sizeBytes())
              + " and "
              + DiskInfoCommand.exact(result.otherSizeBytes())
              + ".");
    }
    result
        .firstDifference()
        .ifPresentOrElse(
            at -> out.println("The content differs, first at byte " + at + "."),
            () -> out.println("The content is " + context.console().toned("identical") + "."));
  }
}
