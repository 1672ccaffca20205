package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.packaging.OvfPackage;
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
      "",
      "  intermodal inspect appliance.ova",
      "  intermodal inspect appliance/ --configuration large --language de",
      ""
    })
final class InspectCommand implements Runnable {

  @Parameters(paramLabel = "FILE", description = Packages.WHAT)
  private Path file = Path.of("");

  @Option(
      names = "--configuration",
      paramLabel = "ID",
      description = "Deployment option to show machines in; the default one unless given.")
  private @Nullable String configuration;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "Language of the texts, as de or de-DE, where the package has translations.")
  private @Nullable String language;

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
    OvfPackage opened = Packages.open(file);
    Envelope envelope = language == null ? opened.envelope() : opened.localized(language);
    List<Machine> machines = envelope.machines(configuration);
    if (json.json) {
      context.console().out().println(Json.text(InspectJson.of(opened, envelope, machines)));
    } else {
      String chosen =
          configuration != null
              ? configuration
              : opened.envelope().defaultDeploymentOption().orElse(null);
      new InspectText(context.console(), opened, envelope, chosen).print(machines);
    }
  }
}
