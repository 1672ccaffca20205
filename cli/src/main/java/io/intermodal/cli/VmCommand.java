package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineOperations;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.OperationResult;
import io.intermodal.hypervisor.Requirement;
import io.intermodal.migrate.JsonReport;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Carries out the common operations on machines, with one syntax for every hypervisor. */
@Command(
    name = "vm",
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false,
    description = {
      "Carries out common operations on machines, with one syntax for every hypervisor",
      "(ODCA VM interoperability, Usage Scenario 3).",
      "",
      "  intermodal vm local:/vms/kvm list",
      "  intermodal vm local:/vms/kvm set-cpu web 4 --require-no-reboot",
      ""
    })
final class VmCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "URI", description = "The hypervisor.")
  private String uri = "";

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandLine.Model.CommandSpec spec;

  private final Context context;

  VmCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to do at " + uri + ": " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the machines.")
  int list(@Mixin JsonOption json) {
    try (Hypervisor hypervisor = Drivers.load().connect(uri)) {
      Console console = context.console();
      if (json.json) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", "io.intermodal.machines/1");
        root.put("hypervisor", hypervisor.info().displayName());
        ArrayNode machines = root.putArray("machines");
        hypervisor.machines().forEach(machine -> machines.add(json(machine)));
        console.out().println(Json.text(root));
        return ExitCodes.DONE;
      }
      TextTable table = new TextTable(console, "Name", "State", "CPUs", "Memory", "Disks", "Id");
      for (Machine machine : hypervisor.machines()) {
        MachineSpec definition = machine.spec();
        table.row(
            machine.name(),
            machine.state(),
            definition.cpu() == null ? null : definition.cpu().count(),
            definition.memoryBytes() == null ? null : Sizes.text(definition.memoryBytes()),
            definition.disks().size(),
            machine.id());
      }
      table.print();
      return ExitCodes.DONE;
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a machine.")
  int show(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Mixin JsonOption json) {
    try (Hypervisor hypervisor = Drivers.load().connect(uri)) {
      Machine machine = hypervisor.machine(name);
      if (json.json) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", "io.intermodal.machine-state/1");
        root.setAll(json(machine));
        context.console().out().println(Json.text(root));
      } else {
        new MachineText(context.console()).print(machine);
      }
      return ExitCodes.DONE;
    }
  }

  @Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a machine.")
  int start(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Mixin JsonOption json) {
    return perform(name, json, false, MachineOperations::start);
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Shuts a machine's guest down, and cuts its power when it takes too long.")
  int stop(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Option(
              names = "--timeout",
              paramLabel = "SECONDS",
              defaultValue = "120",
              description =
                  "How long the guest may take (default ${DEFAULT-VALUE}); 0 cuts its power at"
                      + " once.")
          int timeoutSeconds,
      @Mixin JsonOption json) {
    if (timeoutSeconds < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--timeout must not be negative: " + timeoutSeconds);
    }
    Duration timeout = Duration.ofSeconds(timeoutSeconds);
    return perform(name, json, false, operations -> operations.stop(timeout));
  }

  @Command(name = "reboot", mixinStandardHelpOptions = true, description = "Restarts a guest.")
  int reboot(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Mixin JsonOption json) {
    return perform(name, json, false, MachineOperations::reboot);
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Stops a machine's processors and keeps its memory.")
  int pause(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Mixin JsonOption json) {
    return perform(name, json, false, MachineOperations::pause);
  }

  @Command(
      name = "unpause",
      mixinStandardHelpOptions = true,
      description = "Lets a paused machine run on.")
  int unpause(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Mixin JsonOption json) {
    return perform(name, json, false, MachineOperations::unpause);
  }

  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = "Saves a machine's memory to disk and frees the host's resources.")
  int suspend(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Mixin JsonOption json) {
    return perform(name, json, false, MachineOperations::suspend);
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Lets a suspended machine run on.")
  int resume(
      @Parameters(paramLabel = "NAME", description = "Name or id.") String name,
      @Mixin JsonOption json) {
    return perform(name, json, false, MachineOperations::resume);
  }

  @Command(
      name = "snapshot",
      mixinStandardHelpOptions = true,
      description = "Keeps the state of a stopped machine under a name.")
  int snapshot(
      @Parameters(index = "0", paramLabel = "NAME", description = "Name or id.") String name,
      @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "Name of the snapshot.")
          String snapshot,
      @Mixin JsonOption json) {
    return perform(name, json, false, operations -> operations.snapshot(snapshot));
  }

  @Command(
      name = "set-cpu",
      mixinStandardHelpOptions = true,
      description = "Changes the number of processors.")
  int setCpu(
      @Parameters(index = "0", paramLabel = "NAME", description = "Name or id.") String name,
      @Parameters(index = "1", paramLabel = "COUNT", description = "Processors, at least 1.")
          int count,
      @Option(
              names = "--require-no-reboot",
              description = "Refuse, before anything changes, if the guest would restart.")
          boolean noReboot,
      @Mixin JsonOption json) {
    requirePositive(count, "COUNT");
    return perform(name, json, noReboot, operations -> operations.setCpus(count));
  }

  @Command(
      name = "set-memory",
      mixinStandardHelpOptions = true,
      description = "Changes the memory.")
  int setMemory(
      @Parameters(index = "0", paramLabel = "NAME", description = "Name or id.") String name,
      @Parameters(
              index = "1",
              paramLabel = "SIZE",
              converter = Sizes.class,
              description = "Memory: 512MiB, 2GiB.")
          Long bytes,
      @Option(
              names = "--require-no-reboot",
              description = "Refuse, before anything changes, if the guest would restart.")
          boolean noReboot,
      @Mixin JsonOption json) {
    requirePositive(bytes, "SIZE");
    return perform(name, json, noReboot, operations -> operations.setMemoryBytes(bytes));
  }

  private void requirePositive(long value, String what) {
    if (value < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), what + " must be at least 1: " + value);
    }
  }

  private int perform(
      String name,
      JsonOption json,
      boolean noReboot,
      Function<MachineOperations, OperationResult> operation) {
    try (Hypervisor hypervisor = Drivers.load().connect(uri)) {
      MachineOperations operations = MachineOperations.on(hypervisor.machine(name));
      if (noReboot) {
        operations = operations.require(Requirement.noReboot());
      }
      OperationResult result = operation.apply(operations);
      if (json.json) {
        context
            .console()
            .out()
            .println(
                Json.text(
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("schema", "io.intermodal.operation/1")
                        .put("machine", result.machine())
                        .put("operation", result.operation().displayName())
                        .put("before", result.before().name())
                        .put("after", result.after().name())
                        .put("rebooted", result.rebooted())
                        .put("message", result.message())));
      } else {
        context
            .console()
            .out()
            .println(
                result.message()
                    + " ("
                    + result.before()
                    + " -> "
                    + result.after()
                    + (Boolean.TRUE.equals(result.rebooted()) ? ", the guest restarted" : "")
                    + ")");
      }
      return ExitCodes.DONE;
    }
  }

  private static ObjectNode json(Machine machine) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", machine.id());
    node.put("state", machine.state().name());
    node.setAll(JsonReport.of(machine.spec()));
    ArrayNode snapshots = node.putArray("snapshots");
    machine.snapshots().forEach(snapshots::add);
    return node;
  }
}
