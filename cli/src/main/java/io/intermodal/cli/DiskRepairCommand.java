package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskTarget;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rewrites a VMDK into VMware's own layout. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Rewrites a streamOptimized VMDK into the layout that VMware's own tools write, and says what"
          + " it changed. The compressed blocks are checked and kept as they are.",
      "For images by QEMU, whose tables stand in front and which have no footer and no end marker;"
          + " ESXi refuses some of those. Acceptance by ESXi itself is unverified.",
      "",
      "  intermodal disk repair guest.vmdk -o guest-fixed.vmdk",
      ""
    })
final class DiskRepairCommand implements Runnable {

  @Parameters(paramLabel = "FILE", description = "A VMDK, a package with --disk, or a URL.")
  private String file = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The VMDK to write.")
  private Path target = Path.of("");

  @Option(names = "--force", description = "Replace the output if it exists.")
  private boolean force;

  @Mixin private final DiskInputOptions input = new DiskInputOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DiskRepairCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    DiskInput from = input.open(file);
    DiskTarget to = force ? DiskTarget.replacing(target) : DiskTarget.file(target);
    CopyResult result;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      result = DiskImages.repair(from.source(), to, progress, context.cancellation());
    }
    if (json.json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("schema", "io.intermodal.disk-repair/1");
      root.put("source", from.source().name());
      root.put("target", target.toString());
      DiskJson.put(root, result);
      ArrayNode changes = root.putArray("changes");
      result.notes().forEach(changes::add);
      context.console().out().println(Json.text(root));
      return;
    }
    PrintWriter out = context.console().out();
    out.println(from.source().name() + " was rewritten as " + target + ".");
    out.println(
        "  " + result.passedThroughBlocks() + " compressed blocks checked and kept as they were");
    result.notes().forEach(change -> out.println("  " + change));
  }
}
