package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import io.intermodal.hypervisor.Support.Effect;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what each kind of host declares, as it was measured with libvirt 9.0. */
final class KindCapabilities {

  private static final int MAX_NAME = 255;

  private KindCapabilities() {}

  static Capabilities of(HypervisorKind kind) {
    return switch (kind) {
      case QEMU ->
          new Capabilities(
              qemu(),
              List.of("qcow2", "raw"),
              List.of("qcow2", "raw"),
              Set.of(Firmware.BIOS, Firmware.EFI),
              null,
              List.of(DiskBus.VIRTIO, DiskBus.SCSI, DiskBus.SATA, DiskBus.IDE, DiskBus.NVME),
              Set.of(DiskBus.VIRTIO, DiskBus.SCSI, DiskBus.SATA, DiskBus.IDE),
              List.of("virtio", "e1000e", "e1000", "rtl8139", "vmxnet3"),
              true,
              true,
              Limits.unknown(),
              MAX_NAME);
      case XEN ->
          new Capabilities(
              xen(),
              List.of("raw"),
              List.of("raw"),
              Set.of(Firmware.BIOS),
              false,
              List.of(DiskBus.XEN, DiskBus.IDE),
              Set.of(DiskBus.XEN, DiskBus.IDE),
              List.of("xen-vif", "e1000", "rtl8139"),
              true,
              false,
              Limits.unknown(),
              MAX_NAME);
      case TEST, ESX ->
          new Capabilities(
              common(),
              List.of(),
              List.of(),
              Set.of(Firmware.BIOS),
              null,
              List.of(DiskBus.VIRTIO, DiskBus.SCSI, DiskBus.IDE),
              Set.of(DiskBus.VIRTIO, DiskBus.SCSI, DiskBus.IDE),
              List.of("virtio", "e1000"),
              true,
              true,
              Limits.unknown(),
              MAX_NAME);
    };
  }

  private static Map<Operation, Support> qemu() {
    return common();
  }

  private static Map<Operation, Support> xen() {
    return common();
  }

  private static Map<Operation, Support> common() {
    Map<Operation, Support> all = new EnumMap<>(Operation.class);
    for (Operation operation :
        List.of(
            Operation.START,
            Operation.PAUSE,
            Operation.UNPAUSE,
            Operation.SUSPEND,
            Operation.RESUME)) {
      all.put(operation, Support.live());
    }
    all.put(Operation.STOP, Support.of(Effect.REBOOTS, "the guest is shut down"));
    return all;
  }
}
