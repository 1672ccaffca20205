package io.intermodal.driver.local;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Changes the hardware of one machine whose lock is held. */
final class DeviceChanges {

  private final LocalHypervisor hypervisor;
  private final MachineFolder folder;

  DeviceChanges(LocalHypervisor hypervisor, MachineFolder folder) {
    this.hypervisor = hypervisor;
    this.folder = folder;
  }

  /** Boots a guest that sees this definition. */
  void boot(MachineRecord record, MachineSpec spec) {
    String text = new SimulatedGuest(spec, hypervisor.profile()).bootText();
    folder.writeSerialOutput(text.getBytes(StandardCharsets.UTF_8));
    folder.write(record.booted());
  }

  /** Gives the machine another definition, in the way the profile declares for the operation. */
  void redefine(MachineRecord record, Operation operation, MachineSpec spec) {
    new Admission(hypervisor.record()).requireLimits(spec);
    Support.Effect effect = hypervisor.capabilities().support(operation).effect();
    if (record.state() == MachineState.STARTED && effect == Support.Effect.REBOOTS) {
      // The boot comes first: after a crash between the two, a guest restarted for nothing, which
      // is better than one that has other hardware without having restarted.
      boot(record, spec);
    }
    folder.write(record.current(), spec);
  }

  void attach(MachineRecord record, DiskSpec disk) {
    MachineSpec spec = folder.spec(record.current());
    if (hasDevice(spec, disk.key())) {
      throw failed(
          HypervisorError.NO_SUCH_PART, spec, "a device has the key " + disk.key() + " already");
    }
    DiskSpec admitted = new Admission(hypervisor.record()).admit(spec, disk);
    Path file = folder.disk(record.current(), admitted.key());
    hypervisor.disks().blank(file, admitted.capacityBytes());
    folder.write(record.current(), spec.toBuilder().addDisk(admitted).build());
  }

  void detach(MachineRecord record, String key) {
    MachineSpec spec = folder.spec(record.current());
    DiskSpec disk = require(spec, key);
    if (record.state() != MachineState.STOPPED && spec.bootDisk().equals(spec.disk(key))) {
      throw failed(
          HypervisorError.ILLEGAL_STATE,
          spec,
          "the guest runs from the disk " + key + "; to detach it, it must be STOPPED");
    }
    List<DiskSpec> rest = spec.disks().stream().filter(other -> !other.equals(disk)).toList();
    List<String> order = spec.bootOrder().stream().filter(other -> !other.equals(key)).toList();
    folder.write(record.current(), spec.toBuilder().disks(rest).bootOrder(order).build());
    FolderIo.deleteQuietly(folder.disk(record.current(), key));
  }

  void resize(MachineRecord record, String key, long capacityBytes) {
    MachineSpec spec = folder.spec(record.current());
    DiskSpec disk = require(spec, key);
    if (capacityBytes < disk.capacityBytes()) {
      throw failed(
          HypervisorError.UNSUPPORTED_OPERATION,
          spec,
          "the disk "
              + key
              + " has "
              + disk.capacityBytes()
              + " bytes, more than "
              + capacityBytes
              + "; disks only grow");
    }
    if (capacityBytes > disk.capacityBytes()) {
      DiskSpec larger = disk.withCapacityBytes(capacityBytes);
      List<DiskSpec> disks =
          spec.disks().stream().map(other -> other.equals(disk) ? larger : other).toList();
      MachineSpec changed = spec.toBuilder().disks(disks).build();
      new Admission(hypervisor.record()).requireLimits(changed);
      hypervisor.disks().grow(folder.disk(record.current(), key), capacityBytes);
      folder.write(record.current(), changed);
    }
  }

  private static boolean hasDevice(MachineSpec spec, String key) {
    return spec.disk(key).isPresent()
        || spec.nics().stream().anyMatch(nic -> nic.key().equals(key))
        || spec.drives().stream().anyMatch(drive -> drive.key().equals(key));
  }

  private static DiskSpec require(MachineSpec spec, String key) {
    return spec.disk(key).orElseThrow(() -> LocalExport.noSuchDisk(spec, key));
  }

  private static HypervisorException failed(HypervisorError code, MachineSpec spec, String reason) {
    return new HypervisorException(
        code, LocalDriver.ID, "cannot change " + spec.name() + ": " + reason, spec.name());
  }
}
