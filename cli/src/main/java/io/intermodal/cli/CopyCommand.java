package io.intermodal.cli;

import io.intermodal.migrate.MigrationOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies a machine. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a machine to another hypervisor; the source goes on as it was.",
      "It is stopped while its disks are read. The copy gets network addresses of its own.",
      "",
      "  intermodal copy local:/vms/esx --machine web --to local:/vms/kvm --name web-2",
      ""
    })
final class CopyCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "An .ova or .ovf file, a folder with one descriptor, or the URI of a hypervisor, with #NAME for a machine there.")
  private String source = "";

  @Mixin private final TransferOptions options = new TransferOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  CopyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new Transfer(context, json.json)
        .run(source, options, options.options(MigrationOptions.copy(), false));
  }
}
