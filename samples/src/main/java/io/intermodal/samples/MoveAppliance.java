package io.intermodal.samples;

import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.descriptor.OvfPackageExport;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.migrate.CycleResult;
import io.intermodal.migrate.DiskRecord;
import io.intermodal.migrate.HtmlReport;
import io.intermodal.migrate.Migration;
import io.intermodal.migrate.MigrationReport;
import io.intermodal.migrate.MigrationSource;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Moves an appliance onto a hypervisor, starts it there, and writes the report. */
public final class MoveAppliance {

  private MoveAppliance() {}

  /**
   * Moves one appliance.
   *
   * @param args an OVA, the URI of a hypervisor such as {@code local:/folder?profile=kvm}, and the
   *     HTML file to write
   */
  public static void main(String[] args) throws IOException {
    String ova = args[0];
    Path html = Path.of(args[2]);

    // Drivers and converters are plugins: whichever are on the class path are found.
    Converters converters = Converters.load();
    OvfPackage opened = OvfPackage.open(Path.of(ova));
    try (OvfPackageExport machine = OvfPackageExport.of(opened, null, null, converters);
        Hypervisor target = Drivers.load().connect(args[1])) {
      MigrationSource source = MigrationSource.packaged(machine, ova, machine.losses());
      Migration migration = Migration.of(source, target).converters(converters);

      // The plan changes nothing; it says beforehand what the target cannot express.
      for (Loss loss : migration.plan().losses()) {
        System.out.println(loss.severity() + " " + loss.path() + ": " + loss.reason());
      }

      MigrationReport report = migration.run();
      for (CycleResult cycle : report.cycles()) {
        for (DiskRecord disk : cycle.disks()) {
          System.out.println(disk.key() + (disk.isIdentical() ? ": identical" : ": DIFFERS"));
        }
      }
      Files.writeString(html, HtmlReport.of(report));

      // What goes wrong on the way is in the report, with the target cleaned up.
      if (report.failure() != null) {
        throw report.failure().cause();
      }
      System.out.println(report.plan().targetSpec().name() + " is " + report.machineId());
    }
  }
}
