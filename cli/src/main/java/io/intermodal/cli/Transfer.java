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
import io.intermodal.ovf.OvfPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves or copies for a command: finds the source, runs, tells, and keeps the report. */
final class Transfer {

  private final Context context;
  private final boolean json;
  private final Converters converters = Converters.load();
  private final Drivers drivers = Drivers.load();

  Transfer(Context context, boolean json) {
    this.context = context;
    this.json = json;
  }

  int run(String source, TransferOptions options, MigrationOptions how) {
    if (drivers.knowsScheme(source)) {
      try (Hypervisor from = drivers.connect(source);
          Hypervisor to = drivers.connect(options.to)) {
        Machine machine = machineAt(from, options.machine);
        return run(MigrationSource.machine(machine), to, options, how);
      }
    }
    OvfPackage opened = OvfPackage.open(Path.of(source));
    try (OvfPackageExport contents =
            OvfPackageExport.of(opened, options.machine, options.configuration, converters);
        Hypervisor to = drivers.connect(options.to)) {
      return run(
          MigrationSource.packaged(contents, "package " + source, contents.losses()),
          to,
          options,
          how);
    }
  }

  private static Machine machineAt(Hypervisor hypervisor, @Nullable String name) {
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
                    + " with --machine"));
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
        return print(migration.plan());
      }
      MigrationReport report = migration.run();
      ReportFolder folder = ReportFolder.write(report, options.report);
      return print(report, folder);
    }
  }

  private int print(MigrationPlan plan) {
    if (json) {
      context.console().out().println(Json.text(JsonReport.of(plan)));
    } else {
      new TransferText(context.console()).print(plan);
    }
    return plan.isFeasible() ? ExitCodes.DONE : ExitCodes.USAGE;
  }

  private int print(MigrationReport report, ReportFolder folder) {
    if (json) {
      context.console().out().println(Json.text(JsonReport.of(report)));
    } else {
      TransferText text = new TransferText(context.console());
      text.print(report);
      context.console().out().println("Report: " + folder.html());
    }
    return exitCode(report);
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
