package io.intermodal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Groups the commands on disk images. */
@Command(
    name = "disk",
    mixinStandardHelpOptions = true,
    description = {
      "Reads, converts, checks and repairs disk images.",
      "A disk inside of an OVA is named by the archive and --disk; nothing is unpacked.",
      "",
      "  intermodal disk info guest.vmdk",
      "  intermodal disk convert -O qcow2 -c appliance.ova guest.qcow2",
      "  intermodal disk compare guest.vmdk guest.qcow2",
      ""
    },
    subcommands = {
      DiskInfoCommand.class,
      DiskConvertCommand.class,
      DiskCheckCommand.class,
      DiskCompareCommand.class,
      DiskHashCommand.class,
      DiskRepairCommand.class
    })
final class DiskCommand implements Runnable {

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }
}
