package io.intermodal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Is the root of the commands. */
@Command(
    name = "intermodal",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Moves virtual machines between hypervisors and proves, with a published method (TIOSA),"
            + " whether the move worked.",
    footer = {
      "",
      "Try it without any server:  intermodal demo",
      "A hypervisor is named by a URI:  local:/some/dir?profile=kvm",
      "",
      "Exit codes: 0 done; 1 done, but the answer is no or the score is FAILURE;",
      "2 wrong usage or input; 3 an outside system failed."
    },
    subcommands = {
      DemoCommand.class,
      InspectCommand.class,
      VerifyCommand.class,
      ValidateCommand.class,
      EnvCommand.class,
      PackCommand.class,
      UnpackCommand.class,
      EditCommand.class,
      MoveCommand.class,
      CopyCommand.class,
      ExportCommand.class,
      DiskCommand.class,
      EvaluateCommand.class,
      SurveyCommand.class,
      RoutesCommand.class,
      DriversCommand.class,
      FormatsCommand.class,
      VmCommand.class
    })
final class IntermodalCommand implements Runnable {

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
