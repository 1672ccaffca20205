package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageReport;
import io.intermodal.ovf.packaging.PackageRewrite;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes files of an archive. */
@Command(
    name = "unpack",
    mixinStandardHelpOptions = true,
    description = {
      "Unpacks an .ova into a folder: the descriptor with its files, manifest and signature beside"
          + " it, as they are.",
      "Every file is compared with the manifest on the way; when one differs or is missing, no"
          + " file appears. A broken signature and a second descriptor are refused, too. Nothing is"
          + " written outside of the folder.",
      "",
      "  intermodal unpack appliance.ova -o appliance/",
      ""
    })
final class UnpackCommand implements Callable<Integer> {

  @Parameters(paramLabel = "OVA", description = "The archive.")
  private Path source = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder to write to; it is created when it does not exist.")
  private Path target = Path.of("");

  @Option(
      names = "--no-verify",
      description = "Unpack what there is, even if it is not what the manifest lists.")
  private boolean unverified;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  UnpackCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    OvfPackage pack = Packages.open(source);
    if (pack.kind() == OvfPackage.Kind.OVF) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot unpack " + pack.path() + ": it is a descriptor with its files beside it already");
    }
    PackageOptions options = PackageOptions.standard();
    PackageReport report;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      report =
          pack.rewrite()
              .options(force ? options.replacing() : options)
              .proof(PackageRewrite.Proof.KEEP)
              .verify(!unverified)
              .allowMissing(unverified)
              .progress(progress)
              .cancellation(context.cancellation())
              .toFolder(target);
    }
    new PackageOutput(context.console(), json.json).print(report, OvfPackage.Kind.OVF, target);
    return ExitCodes.DONE;
  }
}
