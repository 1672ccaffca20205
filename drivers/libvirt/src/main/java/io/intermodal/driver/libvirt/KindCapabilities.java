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

  /** libvirt keeps a file of that name with an extension. */
  private static final int MAX_NAME = ImportChecks.MAX_NAME_BYTES;

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
              List.of(DiskBus.VIRTIO, DiskBus.SCSI, DiskBus.SATA, DiskBus.IDE),
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
    Map<Operation, Support> all = common();
    Support inside = Support.of(Effect.NEEDS_STOP, "snapshots lie inside the qcow2 disks");
    all.put(Operation.SNAPSHOT, inside);
    all.put(Operation.REVERT, inside);
    all.put(
        Operation.SET_CPU,
        Support.of(
            Effect.LIVE,
            "more while it runs, up to what it was started with room for; fewer when stopped"));
    devices(all);
    all.put(Operation.RESIZE_DISK, Support.live());
    all.put(Operation.SERIAL_CONSOLE, console());
    all.put(Operation.INJECT_FILE, Support.of(Effect.LIVE, "through the guest agent"));
    all.put(
        Operation.GUEST_AGENT, Support.of(Effect.LIVE, "where the guest runs qemu-guest-agent"));
    all.put(Operation.FIREWALL, Support.of(Effect.LIVE, "by a network filter for each card"));
    transfer(all);
    all.put(Operation.FLAT_NETWORK, Support.live());
    return all;
  }

  private static Map<Operation, Support> xen() {
    Map<Operation, Support> all = common();
    all.put(
        Operation.SET_CPU,
        Support.of(
            Effect.NEEDS_STOP, "libvirt refuses to plug processors into a running guest of Xen"));
    devices(all);
    all.put(
        Operation.RESIZE_DISK,
        Support.of(Effect.NEEDS_STOP, "a running guest of Xen keeps its disks as they are"));
    all.put(Operation.SERIAL_CONSOLE, console());
    transfer(all);
    all.put(Operation.FLAT_NETWORK, Support.live());
    return all;
  }

  private static void transfer(Map<Operation, Support> all) {
    all.put(
        Operation.EXPORT,
        Support.of(Effect.NEEDS_STOP, "volumes are read by libvirt's streams as they are stored"));
    all.put(Operation.IMPORT, Support.of(Effect.LIVE, "volumes are written by libvirt's streams"));
  }

  private static void devices(Map<Operation, Support> all) {
    for (Operation operation :
        List.of(
            Operation.ATTACH_DISK,
            Operation.DETACH_DISK,
            Operation.ATTACH_NIC,
            Operation.DETACH_NIC)) {
      all.put(operation, Support.live());
    }
  }

  private static Support console() {
    return Support.of(Effect.LIVE, "nothing is kept of what was written before somebody listened");
  }

  private static Map<Operation, Support> common() {
    Map<Operation, Support> all = new EnumMap<>(Operation.class);
    for (Operation operation :
        List.of(
            Operation.START,
            Operation.PAUSE,
            Operation.UNPAUSE,
            Operation.SUSPEND,
            Operation.RESUME,
            Operation.EVENTS)) {
      all.put(operation, Support.live());
    }
    Support stopped = Support.of(Effect.NEEDS_STOP, "a machine is stopped before it is deleted");
    all.put(Operation.DELETE, stopped);
    all.put(Operation.DELETE_KEEPING_DISKS, stopped);
    all.put(Operation.STOP, Support.of(Effect.REBOOTS, "the guest is shut down"));
    all.put(Operation.REBOOT, Support.of(Effect.REBOOTS, "the guest restarts"));
    all.put(
        Operation.SET_CPU,
        Support.of(Effect.NEEDS_STOP, "the number is stored for the next start"));
    all.put(
        Operation.SET_MEMORY,
        Support.of(
            Effect.LIVE,
            "by the guest's balloon, up to what it was started with; more when stopped"));
    return all;
  }
}
