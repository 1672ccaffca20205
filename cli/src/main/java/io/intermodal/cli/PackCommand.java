package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageOptions;
import io.intermodal.ovf.packaging.PackageReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one archive of a package. */
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = {
      "Packs an OVF package into one .ova: the descriptor, the files that it refers to in their"
          + " order, the manifest and the signature.",
      "Every file is compared with the manifest on the way; when one differs, no archive appears."
          + " A manifest that still fits is kept, with its signature; else a new one is made. A broken signature and a second descriptor are refused.",
      "",
      "  intermodal pack appliance/ -o appliance.ova",
      "  intermodal pack web.ovf -o web.ova --sign key.pem --cert cert.pem",
      "",
      "After a descriptor was edited by hand, --no-verify makes a new manifest for it.",
      ""
    })
final class PackCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PACKAGE", description = Packages.WHAT)
  private Path source = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OVA",
      description = "The archive to write.")
  private Path target = Path.of("");

  @Option(
      names = "--fix-sizes",
      description = "Correct sizes of files that the descriptor states wrongly.")
  private boolean fixSizes;

  @Option(names = "--force", description = "Replace the archive if it exists.")
  private boolean force;

  @Mixin private final ProofOptions proof = new ProofOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  PackCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    requireArchiveName();
    PackageOptions options = proof.read(force);
    OvfPackage pack = Packages.open(source);
    PackageReport report;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      report =
          proof
              .rewrite(pack, options)
              .fixSizes(fixSizes)
              .progress(progress)
              .cancellation(context.cancellation())
              .toOva(target);
    }
    new PackageOutput(context.console(), json.json).print(report, OvfPackage.Kind.OVA, target);
    return ExitCodes.DONE;
  }

  /** A tar by the name of something else, or one meant for a folder, would only mislead. */
  private void requireArchiveName() {
    if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".ova")) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot pack into " + target + ": it is no name of an archive; let it end in .ova",
          target.toString(),
          null);
    }
  }
}
