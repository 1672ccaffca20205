package io.intermodal.cli;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.iso.IsoFile;
import io.intermodal.ovf.PropertyEntry;
import io.intermodal.ovf.PropertySheet;
import io.intermodal.ovf.environment.OvfEnvironment;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.ByteBuffer;
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
      "A password is never taken from an argument, which every user of this computer can see: give"
          + " it with --set-env or --set-file. Files that are written hold passwords in clear text"
          + " and only you can read them.",
      "Exit code 1 if a value must still be given or cannot be had; nothing is written then.",
      ""
    })
final class EnvCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "0..1", description = Packages.WHAT)
  private @Nullable Path file;

  @Option(
      names = "--read",
      paramLabel = "FILE",
      description =
          "Show an environment document, or the one on a CD image, without its passwords.")
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

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.xml",
      description = "Write the document here; a file that exists is not overwritten.")
  private @Nullable Path output;

  @Option(
      names = "--iso",
      paramLabel = "OUT.iso",
      description =
          "Write a CD image with the document here, and with the files that an"
              + " EnvironmentFilesSection names: transport \"iso\".")
  private @Nullable Path iso;

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
    OvfEnvironment environment = OvfEnvironment.open(document);
    write(environment, List.of());
    if (json.json) {
      context.console().out().println(Json.text(EnvJson.of(document, environment)));
    } else {
      new EnvText(context.console()).print(document, environment);
      written();
    }
    return ExitCodes.DONE;
  }

  private int fill(Path pack) {
    OvfPackage opened = Packages.open(pack);
    PropertySheet sheet =
        values.applyTo(PropertySheet.of(opened.envelope(), configuration), machine);
    boolean writes = output != null || iso != null;
    List<PropertyEntry> entries =
        machine != null || writes ? sheet.entries(machine) : sheet.entries();
    boolean ready = entries.stream().noneMatch(EnvText::isOpen);
    if (ready && writes) {
      write(
          OvfEnvironment.of(sheet, machine, platform()),
          iso == null ? List.of() : EnvFiles.of(opened, machine));
    }
    if (json.json) {
      context
          .console()
          .out()
          .println(
              Json.text(
                  EnvJson.of(
                      pack, sheet, machine, entries, ready ? output : null, ready ? iso : null)));
    } else {
      new EnvText(context.console()).print(pack, sheet, entries);
      if (ready) {
        written();
      } else if (writes) {
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
    if (output != null) {
      write(output, environment.toXmlWithSecrets());
    }
    if (iso != null) {
      write(iso, environment.toImageWithSecrets(others));
    }
  }

  private static void write(Path target, byte[] content) {
    try (PartFile part = PartFile.createPrivate(target)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        part.channel().write(bytes);
      }
      part.commit();
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
  }

  private void written() {
    if (output != null) {
      context.console().out().println("Written: " + output);
    }
    if (iso != null) {
      context.console().out().println("Written: " + iso);
    }
  }
}
