package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskInfo;
import io.intermodal.disk.DiskSource;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Describes an image. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = {
      "Says what an image is, how large, and what its header holds. The data is not read.",
      "",
      "  intermodal disk info guest.vmdk",
      "  intermodal disk info appliance.ova --disk vmdisk2",
      ""
    })
final class DiskInfoCommand implements Runnable {

  @Parameters(paramLabel = "FILE", description = "An image, a package with --disk, or a URL.")
  private String file = "";

  @Mixin private final DiskInputOptions input = new DiskInputOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DiskInfoCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    DiskSource source = input.open(file).source();
    DiskInfo info = DiskImages.info(source);
    if (json.json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("schema", "io.intermodal.disk-info/1");
      root.put("image", source.name());
      root.put("format", info.format().id());
      root.put("virtualSizeBytes", info.virtualSizeBytes());
      root.put("storedBytes", info.storedBytes());
      ObjectNode details = root.putObject("details");
      info.details().forEach(details::put);
      context.console().out().println(Json.text(root));
      return;
    }
    PrintWriter out = context.console().out();
    out.println("image: " + source.name());
    out.println("format: " + info.format());
    out.println("virtual size: " + exact(info.virtualSizeBytes()));
    out.println("stored size: " + exact(info.storedBytes()));
    info.details().forEach((name, value) -> out.println("  " + name + ": " + value));
  }

  static String exact(long bytes) {
    return Sizes.text(bytes) + " (" + bytes + " bytes)";
  }
}
