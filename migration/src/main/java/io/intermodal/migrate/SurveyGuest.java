package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Route;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Is the guest of a survey: what is imported at each source anew, so that every cycle begins alike.
 *
 * @param contents its definition and disks; stays open for its owner
 * @param label where it comes from, for people
 */
public record SurveyGuest(MachineExport contents, String label) {

  /** Validates that both parts are there. */
  public SurveyGuest {
    Objects.requireNonNull(contents, "contents");
    Objects.requireNonNull(label, "label");
  }

  /** Makes the machine at a host, stopped, with its cards on one network. */
  Machine importAt(
      Hypervisor host,
      String name,
      Optional<String> network,
      Converters converters,
      Progress.Listener progress,
      Cancellation cancellation) {
    MachineSpec given = contents.spec();
    MachineSpec connected =
        given.toBuilder()
            .nics(given.nics().stream().map(nic -> connect(nic, network)).toList())
            .build();
    MigrationOptions options = MigrationOptions.move().targetName(name).build();
    MachineSpec fitted = TargetMapping.map(connected, host, options).result();
    DiskTransfer transfer = new DiskTransfer(converters, progress, cancellation);
    try (MachineImport reservation = host.importMachine(fitted)) {
      for (MachineExport.ExportedDisk disk : contents.disks()) {
        transfer.transfer(contents, reservation, disk.key(), route(disk, host, converters));
      }
      return reservation.commit();
    }
  }

  private static NicSpec connect(NicSpec nic, Optional<String> network) {
    return nic.withNetwork(network.orElse(null));
  }

  private static Route route(
      MachineExport.ExportedDisk disk, Hypervisor host, Converters converters) {
    List<String> taken = host.capabilities().importFormats();
    return converters.planner().routes(List.of(disk.format()), taken).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IntermodalException(
                    ConvertError.NO_ROUTE,
                    "cannot import disk "
                        + disk.key()
                        + " at "
                        + host.info().uri()
                        + ": no route leads from "
                        + disk.format()
                        + " to any of "
                        + taken));
  }
}
