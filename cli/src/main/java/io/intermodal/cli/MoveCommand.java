package io.intermodal.cli;

import io.intermodal.migrate.MigrationOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves a machine. */
@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    description = {
      "Moves a machine to another hypervisor, or a package's machine onto one.",
      "The source is stopped first and stays stopped; the content of each disk is verified by its digest; the result is"
          + " scored by TIOSA's method. A move that fails leaves the target as it was.",
      "",
      "  intermodal move appliance.ova --to 'local:/vms/kvm?profile=kvm'",
      "  intermodal move local:/vms/esx --machine web --to local:/vms/kvm --plan",
      ""
    })
final class MoveCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "An .ova or .ovf file, a folder with one descriptor, or the URI of a hypervisor, with #NAME for a machine there.")
  private String source = "";

  @Option(
      names = "--delete-source",
      description = "Delete the source after a move that is not a FAILURE; never without this.")
  private boolean deleteSource;

  @Mixin private final TransferOptions options = new TransferOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  MoveCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new Transfer(context, json.json)
        .run(source, options, options.options(MigrationOptions.move(), deleteSource));
  }
}
