package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.disk.DiskImages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Digests what a guest sees. */
@Command(
    name = "hash",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the digest of what a guest would see on a disk: the same for the same content in"
          + " every format, whether zeros are stored or not. The whole image is read and checked.",
      "It is SHA-256 over, for each block of 64 KiB that is not all zeros, its number (8 bytes,"
          + " big-endian) and the SHA-256 of its bytes, and then the disk's size (8 bytes).",
      "",
      "  intermodal disk hash guest.vmdk",
      ""
    })
final class DiskHashCommand implements Runnable {

  @Parameters(paramLabel = "FILE", description = "An image, a package with --disk, or a URL.")
  private String file = "";

  @Mixin private final DiskInputOptions input = new DiskInputOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DiskHashCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    DiskInput from = input.open(file);
    String digest;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      digest = DiskImages.contentDigest(from.source(), progress, context.cancellation());
    }
    if (json.json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("schema", "io.intermodal.disk-hash/1");
      root.put("image", from.source().name());
      root.put("contentDigest", digest);
      context.console().out().println(Json.text(root));
    } else {
      context.console().out().println(digest + "  " + from.source().name());
    }
  }
}
