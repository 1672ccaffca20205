package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.IntermodalException;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies an image to another format. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies a disk to another format in one pass. The source is read once, its digests are"
          + " compared with the manifest of its package on the way, and the target is complete or"
          + " absent.",
      "Blocks that are compressed already are passed on as they are where the target can hold"
          + " them: from vmdk to qcow2 with -c, and back.",
      "",
      "  intermodal disk convert -O qcow2 guest.vmdk guest.qcow2",
      "  intermodal disk convert -O qcow2 -c appliance.ova guest.qcow2 --disk vmdisk1",
      "  intermodal disk convert -f raw -O vmdk --compress small guest.raw guest.vmdk",
      "  intermodal disk convert -O vhd-fixed --azure guest.qcow2 guest.vhd",
      ""
    })
final class DiskConvertCommand implements Runnable {

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "An image, a package, a URL, or - for the input with -f.")
  private String source = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "The file to write, or - for the output with -O.")
  private Path target = Path.of("");

  @Mixin private final DiskInputOptions input = new DiskInputOptions();

  @Option(
      names = {"-O", "--to"},
      paramLabel = "FORMAT",
      converter = DiskFormatName.class,
      description = "The format to write; by default what the target's name ends with.")
  private @Nullable DiskFormat format;

  @Mixin private final DiskWriteOptions write = new DiskWriteOptions();

  @Option(
      names = "--expect",
      paramLabel = "ALGORITHM:HEX",
      description = "A digest that the source's file must have, such as SHA-256:9f86....")
  private @Nullable String expected;

  @Option(
      names = "--read-back",
      description = "Read the target again and compare its content with the source's.")
  private boolean readBack;

  @Option(names = "--no-verify", description = "Do not compare with the package's manifest.")
  private boolean unverified;

  @Option(names = "--force", description = "Replace the target if it exists.")
  private boolean force;

  @Option(
      names = "--in-place",
      description =
          "Write into the target as it is, a device or a file; what it held is lost, and it is"
              + " worthless if the work fails.")
  private boolean inPlace;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DiskConvertCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    DiskInput from = input.open(source);
    DiskFormat to = format == null ? byEnding() : format;
    DiskCopy copy =
        DiskCopy.from(from.source()).to(target(), to).cancellation(context.cancellation());
    write.apply(copy);
    if (!unverified) {
      from.chunks().run();
      from.digests().forEach(copy::expectDigest);
    }
    if (expected != null) {
      expect(copy, expected);
    }
    CopyResult result;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      result = copy.progress(progress).run();
      if (readBack) {
        compare(result, to, progress);
      }
    }
    if (json.json) {
      context.console().out().println(Json.text(json(from.source(), result)));
    } else if (!isPiped()) {
      DiskText.print(context.console(), from, target, result, readBack);
    }
  }

  private boolean isPiped() {
    return target.toString().equals("-");
  }

  private DiskTarget target() {
    if (isPiped()) {
      if (readBack || json.json || force || inPlace) {
        throw new IntermodalException(
            CliError.WRONG_USAGE,
            "cannot write to the output with --read-back, --json, --force or --in-place");
      }
      return DiskTarget.stream("output", StandardOutput.SYSTEM);
    }
    if (force && inPlace) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot both replace the target and write into it; name one");
    }
    if (inPlace) {
      return DiskTarget.inPlace(target);
    }
    return force ? DiskTarget.replacing(target) : DiskTarget.file(target);
  }

  private DiskFormat byEnding() {
    return DiskFormatName.byEnding(target.toString())
        .orElseThrow(
            () ->
                new IntermodalException(
                    CliError.WRONG_USAGE,
                    "cannot tell the format of " + target + " by its name; say it with -O"));
  }

  private static void expect(DiskCopy copy, String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9A-Fa-f]{32,128}")) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot read --expect " + text + ": write it as SHA-256:9f86..., in hex");
    }
    try {
      copy.expectDigest(
          text.substring(0, colon).toUpperCase(Locale.ROOT), text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot read --expect " + text + ": " + e.getMessage(), e);
    }
  }

  private void compare(CopyResult result, DiskFormat to, ProgressBar progress) {
    String read =
        DiskImages.contentDigest(DiskSource.file(target).as(to), progress, context.cancellation());
    if (!result.targetContentDigest().map(read::equals).orElse(false)) {
      throw new IntermodalException(
          DiskError.DIGEST_MISMATCH,
          "cannot trust "
              + target
              + ": what was read back is not what was written; the medium may be failing",
          target.toString(),
          null);
    }
  }

  private ObjectNode json(DiskSource from, CopyResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.disk-conversion/1");
    root.put("source", from.name());
    root.put("target", target.toString());
    DiskJson.put(root, result);
    root.put("readBack", readBack);
    ArrayNode notes = root.putArray("notes");
    result.notes().forEach(notes::add);
    return root;
  }
}
