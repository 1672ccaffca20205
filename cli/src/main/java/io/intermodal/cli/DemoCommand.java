package io.intermodal.cli;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.descriptor.OvfPackageExport;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.migrate.JsonReport;
import io.intermodal.migrate.Migration;
import io.intermodal.migrate.MigrationOptions;
import io.intermodal.migrate.MigrationReport;
import io.intermodal.migrate.MigrationSource;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does the main job on what it makes itself. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Does the main job without any server: writes a small two-disk appliance as an OVA, imports"
          + " it into a folder that behaves like vSphere, moves it to one that behaves like KVM,"
          + " verifies that the content of each disk is the same and scores the move.",
      "Both hypervisors are simulated folders.",
      ""
    })
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "An empty or new folder to work in; a new temporary one unless given.")
  private @Nullable Path dir;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      defaultValue = "1",
      description = "Run the whole sequence N times (default ${DEFAULT-VALUE}).")
  private int cycles;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (cycles < 1 || cycles > 100) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot run " + cycles + " cycles: give a number from 1 to 100");
    }
    Path folder = folder();
    say("Both hypervisors are simulated folders under " + folder + ".");
    Path ova = DemoAppliance.write(folder.resolve("appliance.ova"));
    say("Wrote " + ova.getFileName() + ", " + Sizes.text(size(ova)) + ", two disks.");
    Converters converters = Converters.load();
    Drivers drivers = Drivers.load();
    try (Hypervisor vsphere =
            drivers.connect("local:" + folder.resolve("vsphere") + "?profile=vsphere");
        Hypervisor kvm = drivers.connect("local:" + folder.resolve("kvm") + "?profile=kvm")) {
      String id = importAppliance(ova, vsphere, converters);
      Machine machine = vsphere.machine(id);
      say("Imported " + machine.name() + " into " + vsphere.info().displayName() + ".");
      MigrationReport report;
      try (TransferProgress progress = new TransferProgress(context.console(), !json.json)) {
        report =
            Migration.of(MigrationSource.machine(machine), kvm)
                .options(MigrationOptions.move().cycles(cycles).build())
                .converters(converters)
                .listener(progress)
                .cancellation(context.cancellation())
                .run();
      }
      ReportFolder reports = ReportFolder.write(report, folder.resolve("report"));
      print(report, reports);
      return Transfer.exitCode(report);
    }
  }

  private void print(MigrationReport report, ReportFolder reports) {
    if (json.json) {
      context.console().out().println(Json.text(JsonReport.of(report)));
    } else {
      new TransferText(context.console()).print(report);
      context.console().out().println("Report: " + reports.html());
    }
  }

  private String importAppliance(Path ova, Hypervisor target, Converters converters) {
    OvfPackage opened = OvfPackage.open(ova);
    try (OvfPackageExport contents = OvfPackageExport.of(opened, null, null, converters)) {
      MigrationReport report =
          Migration.of(
                  MigrationSource.packaged(contents, "package " + ova, contents.losses()), target)
              .options(MigrationOptions.move().startTarget(false).build())
              .converters(converters)
              .cancellation(context.cancellation())
              .run();
      if (report.failure() != null) {
        throw report.failure().cause();
      }
      if (report.machineId() == null) {
        throw new IllegalStateException("a complete migration has a machine");
      }
      return report.machineId();
    }
  }

  private Path folder() {
    try {
      if (dir == null) {
        return Files.createTempDirectory("intermodal-demo-");
      }
      Files.createDirectories(dir);
      try (var entries = Files.list(dir)) {
        if (entries.findAny().isPresent()) {
          throw new IntermodalException(
              CommonError.FILE_EXISTS,
              "cannot run the demo in " + dir + ": it is not empty; name a new folder",
              dir.toString(),
              null);
        }
      }
      return dir.toAbsolutePath();
    } catch (IOException e) {
      throw Errors.writing(dir == null ? Path.of(System.getProperty("java.io.tmpdir")) : dir, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  private void say(String text) {
    if (!json.json) {
      context.console().out().println(text);
    }
  }
}
