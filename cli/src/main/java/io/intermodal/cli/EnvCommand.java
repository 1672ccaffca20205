package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.iso.IsoFile;
import io.intermodal.ovf.PropertyEntry;
import io.intermodal.ovf.PropertySheet;
import io.intermodal.ovf.environment.OvfEnvironment;
import io.intermodal.ovf.packaging.OvfPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fills in the properties of a package and writes the environment document of a machine. */
@Command(
    name = "env",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the properties of an OVF package, sets them, and writes the environment document"
          + " (ovf-env.xml) by which the guest learns them, or the CD image that carries it.",
      "",
      "  intermodal env web.ova",
      "  intermodal env web.ova --set host=web1 --set-env admin.pw=PW --iso env.iso",
      "  intermodal env --read env.iso",
      "",
      "A key is that of the environment: [class.]key[.instance]. Where several machines have it,"
          + " put the machine's id and a slash before it. All after the first = is the value.",
      "A secret, which a property is by its mark, type or key, is never taken from an argument,"
          + " which every user of this computer can see: give it with --set-env or --set-file."
          + " Files that are written hold secrets in clear text, and only you can read them.",
      "Exit code 1 if a value must still be given or cannot be had; nothing is written then.",
      ""
    })
final class EnvCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "0..1", description = Packages.WHAT)
  private @Nullable Path file;

  @Option(
      names = "--read",
      paramLabel = "FILE",
      description = "Show an environment document, or the one on a CD image, without its secrets.")
  private @Nullable Path read;

  @Option(
      names = "--machine",
      paramLabel = "ID",
      description = "The machine to write for; needed where there are several.")
  private @Nullable String machine;

  @Option(
      names = "--configuration",
      paramLabel = "ID",
      description = "Deployment option; the default one unless given.")
  private @Nullable String configuration;

  @Mixin private final EnvValues values = new EnvValues();

  @Option(
      names = "--platform-kind",
      paramLabel = "TEXT",
      description = "What the machine runs on, for the document's PlatformSection.")
  private @Nullable String platformKind;

  @Option(names = "--platform-version", paramLabel = "TEXT", description = "Its version.")
  private @Nullable String platformVersion;

  @Option(names = "--platform-vendor", paramLabel = "TEXT", description = "Its vendor.")
  private @Nullable String platformVendor;

  @Option(
      names = "--platform-locale",
      paramLabel = "TEXT",
      description = "The guest's language and country: de_DE.")
  private @Nullable String platformLocale;

  @Mixin private final EnvOutput output = new EnvOutput();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  EnvCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if ((file == null) == (read == null)) {
      throw usage("give a package to fill in, or a document to show with --read, and not both");
    }
    if (read != null) {
      return show(read);
    }
    return fill(Objects.requireNonNull(file));
  }

  private static IntermodalException usage(String reason) {
    return new IntermodalException(CliError.WRONG_USAGE, "cannot make an environment: " + reason);
  }

  private int show(Path document) {
    if (values.any() || machine != null || configuration != null || platform() != null) {
      throw usage("with --read only -o, --iso and --json mean something");
    }
    output.requireFree();
    OvfEnvironment environment = OvfEnvironment.open(document);
    write(environment, List.of());
    if (json.json) {
      context.console().out().println(Json.text(EnvJson.of(document, environment)));
    } else {
      new EnvText(context.console()).print(document, environment);
      output.print(context.console().out());
    }
    return ExitCodes.DONE;
  }

  private int fill(Path pack) {
    output.requireFree();
    OvfPackage opened = Packages.open(pack);
    PropertySheet sheet =
        values.applyTo(PropertySheet.of(opened.envelope(), configuration), machine);
    List<PropertyEntry> entries =
        machine != null || output.any() ? sheet.entries(machine) : sheet.entries();
    boolean ready = entries.stream().noneMatch(EnvText::isOpen);
    if (ready && output.any()) {
      write(
          OvfEnvironment.of(sheet, machine, platform()),
          output.image() == null ? List.of() : EnvFiles.of(opened, machine));
    }
    if (json.json) {
      context
          .console()
          .out()
          .println(
              Json.text(
                  EnvJson.of(
                      opened.path(),
                      sheet,
                      machine,
                      entries,
                      ready ? output.document() : null,
                      ready ? output.image() : null)));
    } else {
      new EnvText(context.console()).print(opened.path(), sheet, entries);
      if (ready) {
        output.print(context.console().out());
      } else if (output.any()) {
        context.console().out().println("Nothing was written.");
      }
    }
    return ready ? ExitCodes.DONE : ExitCodes.NEGATIVE;
  }

  private OvfEnvironment.@Nullable Platform platform() {
    return platformKind == null
            && platformVersion == null
            && platformVendor == null
            && platformLocale == null
        ? null
        : new OvfEnvironment.Platform(
            platformKind, platformVersion, platformVendor, platformLocale, null);
  }

  private void write(OvfEnvironment environment, List<IsoFile> others) {
    output.write(environment::toXmlWithSecrets, () -> environment.toImageWithSecrets(others));
  }
}
