package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a package says. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what an OVF package says: its machines, disks, networks and what is wrong with it.",
      "No disk is read. OVF 0.9 to 2.x are read, from an .ova or an .ovf with its files beside it.",
      ""
    })
final class InspectCommand implements Runnable {

  @Parameters(paramLabel = "FILE", description = "An .ova or .ovf file.")
  private Path file = Path.of("");

  @Option(
      names = "--configuration",
      paramLabel = "ID",
      description = "Deployment option to show machines in; the default one unless given.")
  private @Nullable String configuration;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  InspectCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    try {
      inspect();
    } catch (OutOfMemoryError e) {
      throw new IntermodalException(
          OvfError.PACKAGE_LIMIT,
          "cannot show "
              + file
              + ": there is not enough memory for all that it says; give more with"
              + " JAVA_OPTS=-Xmx1g",
          file.toString(),
          e);
    }
  }

  private void inspect() {
    OvfPackage opened = OvfPackage.open(file);
    List<Machine> machines = opened.envelope().machines(configuration);
    if (json.json) {
      context.console().out().println(Json.text(InspectJson.of(file, opened, machines)));
    } else {
      print(opened, machines);
    }
  }

  private void print(OvfPackage opened, List<Machine> machines) {
    Console console = context.console();
    PrintWriter out = console.out();
    out.println(
        console.bold(file.toString())
            + "  "
            + opened.kind()
            + ", OVF "
            + opened.envelope().version().map(version -> version.text()).orElse("unknown"));
    opened
        .envelope()
        .products()
        .forEach(
            product -> out.println("  product   " + words(product.product(), product.version())));
    opened
        .envelope()
        .deploymentOptions()
        .forEach(option -> out.println("  option    " + words(option.id(), null)));
    opened
        .envelope()
        .networks()
        .forEach(network -> out.println("  network   " + words(network.name(), null)));
    for (Machine machine : machines) {
      out.println();
      print(out, machine);
    }
    out.println();
    for (Finding finding : opened.findings()) {
      if (finding.severity() != Severity.INFO) {
        out.println(
            console.toned(finding.severity().name())
                + "  "
                + finding.code()
                + "  "
                + (finding.line() == null ? "" : finding.line() + ":" + finding.column() + "  ")
                + finding.message());
      }
    }
  }

  private static String words(@Nullable String first, @Nullable String second) {
    return (first == null ? "without a name" : first) + (second == null ? "" : " " + second);
  }

  private void print(PrintWriter out, Machine machine) {
    out.println(context.console().bold(words(machine.name(), null)));
    out.println("  id        " + (machine.id() == null ? "not stated" : machine.id()));
    out.println("  cpus      " + (machine.cpus() == null ? "not stated" : machine.cpus()));
    out.println(
        "  memory    "
            + (machine.memoryBytes() == null ? "not stated" : Sizes.text(machine.memoryBytes())));
    out.println("  firmware  " + (machine.firmware() == null ? "not stated" : machine.firmware()));
    if (machine.guestOs() != null) {
      out.println(
          "  guest     " + words(machine.guestOs().description(), machine.guestOs().version()));
    }
    machine
        .disks()
        .forEach(
            disk ->
                out.println(
                    "  disk      "
                        + (disk.diskId() == null ? "without an id" : disk.diskId())
                        + ", "
                        + (disk.capacityBytes() == null
                            ? "size not stated"
                            : Sizes.text(disk.capacityBytes()))
                        + (disk.bus() == null ? "" : ", " + disk.bus())));
    machine
        .nics()
        .forEach(
            nic ->
                out.println(
                    "  nic       "
                        + (nic.model() == null ? "any model" : nic.model())
                        + ", "
                        + (nic.network() == null ? "no network" : nic.network())));
  }
}
