package io.intermodal.migrate;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Route;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineExport;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Meets a plan with the disks that an export really gives. */
final class DiskRoutes {

  private DiskRoutes() {}

  /** Returns the best route that starts at the format the disk is exported in. */
  static Route forExport(DiskPlan plan, MachineExport export) {
    String format =
        export.disks().stream()
            .filter(disk -> disk.key().equals(plan.key()))
            .map(MachineExport.ExportedDisk::format)
            .findFirst()
            .orElseThrow(
                () ->
                    new IntermodalException(
                        ConvertError.CONVERSION_FAILED,
                        "cannot export disk " + plan.key() + ": the source does not give it"));
    return plan.routes().stream()
        .filter(route -> route.from().equals(format))
        .findFirst()
        .orElseThrow(
            () ->
                new IntermodalException(
                    ConvertError.NO_ROUTE,
                    "cannot convert disk "
                        + plan.key()
                        + ": it is exported as "
                        + format
                        + ", and no route starts there"));
  }

  /**
   * Refuses a disk whose image is larger than its descriptor says: whoever sized the target by the
   * descriptor would cut it.
   */
  static void requireDeclaredSize(
      MachineExport export,
      MachineExport.ExportedDisk disk,
      DiskSpec declared,
      Converters converters) {
    long real;
    try (SeekableByteChannel in = export.openDisk(disk.key())) {
      real = converters.readerOf(disk.format()).capacityBytes(in, disk.format());
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.READ_FAILED,
          "cannot read disk " + disk.key() + ": " + Errors.reason(e),
          disk.key(),
          e);
    }
    if (real > declared.capacityBytes()) {
      throw new IntermodalException(
          MigrateError.DISK_LARGER_THAN_DECLARED,
          "cannot migrate disk "
              + disk.key()
              + ": its image holds "
              + real
              + " bytes, and the descriptor declares only "
              + declared.capacityBytes()
              + "; correct the capacity in the descriptor",
          disk.key(),
          null);
    }
  }
}
