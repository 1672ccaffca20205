package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.descriptor.OvfPackageExport;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Score;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.migrate.JsonReport;
import io.intermodal.migrate.Migration;
import io.intermodal.migrate.MigrationOptions;
import io.intermodal.migrate.MigrationPlan;
import io.intermodal.migrate.MigrationReport;
import io.intermodal.migrate.MigrationSource;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.TrustPolicy;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves or copies for a command: finds the source, runs, tells, and keeps the report. */
final class Transfer {

  // Two letters at least: one is a drive.
  private static final Pattern URI_LIKE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final Context context;
  private final boolean json;
  private final Converters converters = Converters.load();
  private final Drivers drivers = Drivers.load();

  Transfer(Context context, boolean json) {
    this.context = context;
    this.json = json;
  }

  int run(String source, TransferOptions options, MigrationOptions how) {
    TrustPolicy trust = options.trust.policy();
    if (drivers.knowsScheme(source)) {
      if (trust.signatureRequired()) {
        throw new IntermodalException(
            CliError.WRONG_USAGE,
            "cannot check a signature at " + source + ": only packages are signed");
      }
      MachinePlace place = MachinePlace.of(source, options.machine);
      try (Hypervisor from = drivers.connect(place.uri());
          Hypervisor to = drivers.connect(options.to)) {
        Machine machine = machineAt(from, place.machine());
        return run(MigrationSource.machine(machine), to, options, how);
      }
    }
    OvfPackage opened = Packages.open(packageFile(source));
    try (OvfPackageExport contents =
            OvfPackageExport.of(opened, options.machine, options.configuration, converters, trust);
        Hypervisor to = drivers.connect(options.to)) {
      return run(
          MigrationSource.packaged(contents, "package " + source, contents.losses()),
          to,
          options,
          how);
    }
  }

  /** A source that is no file and looks like a URI is one whose driver is not there. */
  private Path packageFile(String source) {
    Path file;
    try {
      file = Path.of(source);
    } catch (InvalidPathException e) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot read " + source + ": it is no path: " + e.getReason(), e);
    }
    if (URI_LIKE.matcher(source).matches() && !Files.exists(file)) {
      drivers.connect(source).close();
    }
    return file;
  }

  /** Finds the machine of that name, or the only one when none is named. */
  static Machine machineAt(Hypervisor hypervisor, @Nullable String name) {
    if (name != null) {
      return hypervisor.machine(name);
    }
    List<Machine> machines = hypervisor.machines();
    if (machines.size() == 1) {
      return machines.get(0);
    }
    throw new IntermodalException(
        CliError.WRONG_USAGE,
        "cannot choose a machine at "
            + hypervisor.info().uri()
            + ": "
            + (machines.isEmpty()
                ? "it has none"
                : "name one of "
                    + machines.stream().map(Machine::name).collect(Collectors.joining(", "))
                    + " with --machine or #NAME"));
  }

  private int run(
      MigrationSource source, Hypervisor target, TransferOptions options, MigrationOptions how) {
    try (TransferProgress progress = new TransferProgress(context.console(), !json)) {
      Migration migration =
          Migration.of(source, target)
              .options(how)
              .converters(converters)
              .listener(progress)
              .cancellation(context.cancellation());
      if (options.plan) {
        return print(migration.plan(), source);
      }
      ReportFolder.requireUsable(options.report);
      MigrationReport report = migration.run();
      print(report);
      return keep(report, options.report);
    }
  }

  private int print(MigrationPlan plan, MigrationSource source) {
    if (json) {
      context.console().out().println(Json.text(JsonReport.of(plan)));
    } else {
      new TransferText(context.console()).print(plan, source.isPackage());
    }
    return plan.isFeasible() ? ExitCodes.DONE : ExitCodes.USAGE;
  }

  private void print(MigrationReport report) {
    if (json) {
      context.console().out().println(Json.text(JsonReport.of(report)));
    } else {
      new TransferText(context.console()).print(report);
    }
  }

  /** The machine is moved, or not, whether or not the report can be kept; so that is told last. */
  private int keep(MigrationReport report, @Nullable Path wanted) {
    int exitCode = exitCode(report);
    try {
      ReportFolder folder = ReportFolder.write(report, wanted);
      if (!json) {
        context.console().out().println("Report: " + folder.html());
      }
      return exitCode;
    } catch (IntermodalException e) {
      context.console().err().println("error: the report was not kept: " + e.getMessage());
      return exitCode == ExitCodes.DONE ? ExitCodes.EXTERNAL : exitCode;
    }
  }

  static int exitCode(MigrationReport report) {
    if (report.failure() != null) {
      return ExitCodes.of(report.failure().code().category());
    }
    return report
        .evaluation()
        .map(Evaluation::score)
        .filter(score -> score == Score.FAILURE)
        .map(score -> ExitCodes.NEGATIVE)
        .orElse(ExitCodes.DONE);
  }
}
