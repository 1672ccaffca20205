package io.intermodal.driver.local;

import static io.intermodal.hypervisor.Support.Effect.LIVE;
import static io.intermodal.hypervisor.Support.Effect.NEEDS_STOP;
import static io.intermodal.hypervisor.Support.Effect.REBOOTS;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what each profile declares. Figures are the products' published maximums for the version
 * that is named; where none was published for it, none is stated.
 *
 * <table>
 *   <caption>Where the profiles differ</caption>
 *   <tr><th></th><th>vsphere</th><th>kvm</th><th>xen</th><th>hyperv</th></tr>
 *   <tr><td>set-cpu</td><td>reboots</td><td>live</td><td>needs stop</td><td>needs stop</td></tr>
 *   <tr><td>set-memory</td><td>reboots</td><td>reboots</td><td>needs stop</td><td>live</td></tr>
 *   <tr><td>resize-disk</td><td>live</td><td>live</td><td>needs stop</td><td>live</td></tr>
 *   <tr><td>floppy</td><td>yes</td><td>yes</td><td>no</td><td>yes</td></tr>
 * </table>
 */
final class ProfileTable {

  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  private static final Capabilities VSPHERE =
      capabilities(
          Profile.VSPHERE,
          operations(
              Support.of(REBOOTS, "CPU hot add is off unless asked for: the guest restarts"),
              Support.of(REBOOTS, "memory hot add is off unless asked for: the guest restarts"),
              Support.live()),
          List.of(DiskBus.SCSI, DiskBus.SATA, DiskBus.NVME, DiskBus.IDE),
          List.of("vmxnet3", "e1000e", "e1000"),
          true,
          new Limits(
              768,
              24 * TIB,
              null,
              62 * TIB,
              10,
              "vSphere 8.0, virtual hardware 18 to 21; disk size as of 5.5, network cards as of"
                  + " 4.1"),
          80);

  private static final Capabilities KVM =
      capabilities(
          Profile.KVM,
          operations(
              Support.of(LIVE, "processors are plugged and unplugged while the guest runs"),
              Support.of(REBOOTS, "the largest memory is fixed at boot: the guest restarts"),
              Support.live()),
          List.of(DiskBus.VIRTIO, DiskBus.SCSI, DiskBus.SATA, DiskBus.IDE, DiskBus.NVME),
          List.of("virtio", "e1000e", "e1000", "rtl8139"),
          true,
          new Limits(240, null, 28, null, null, "KVM in RHEL 7 (RHV 4.0)"),
          255);

  private static final Capabilities XEN =
      capabilities(
          Profile.XEN,
          operations(
              Support.of(NEEDS_STOP, "the number of processors at most is fixed at boot"),
              Support.of(NEEDS_STOP, "the largest memory is fixed at boot"),
              Support.of(NEEDS_STOP, "a disk grows while nobody uses it")),
          List.of(DiskBus.XEN, DiskBus.IDE),
          List.of("xen-vif"),
          false,
          new Limits(
              64,
              1536 * GIB,
              241,
              2040 * GIB,
              7,
              "XenServer 8, NFS and LVM storage; disks include the CD drive"),
          255);

  private static final Capabilities HYPERV =
      capabilities(
          Profile.HYPERV,
          operations(
              Support.of(NEEDS_STOP, "the number of processors is fixed while the machine runs"),
              Support.of(LIVE, "memory is added and removed while the guest runs"),
              Support.live()),
          List.of(DiskBus.SCSI, DiskBus.IDE),
          List.of("synthetic", "legacy"),
          true,
          new Limits(64, TIB, null, 64 * TIB, null, "Hyper-V in Windows Server 2012 R2, VHDX"),
          100);

  private ProfileTable() {}

  static Capabilities of(Profile profile) {
    return switch (profile) {
      case VSPHERE -> VSPHERE;
      case KVM -> KVM;
      case XEN -> XEN;
      case HYPERV -> HYPERV;
    };
  }

  private static Capabilities capabilities(
      Profile profile,
      Map<Operation, Support> operations,
      List<DiskBus> buses,
      List<String> nicModels,
      boolean floppy,
      Limits limits,
      int maxNameLength) {
    List<String> formats = List.of(profile.diskFormat());
    return new Capabilities(
        operations,
        formats,
        formats,
        Set.of(Firmware.BIOS, Firmware.EFI),
        true,
        buses,
        Set.copyOf(buses),
        nicModels,
        true,
        floppy,
        limits,
        maxNameLength);
  }

  private static Map<Operation, Support> operations(
      Support setCpu, Support setMemory, Support resizeDisk) {
    Map<Operation, Support> all = new EnumMap<>(Operation.class);
    for (Operation operation :
        List.of(
            Operation.START,
            Operation.PAUSE,
            Operation.UNPAUSE,
            Operation.SUSPEND,
            Operation.RESUME,
            Operation.ATTACH_DISK,
            Operation.DETACH_DISK,
            Operation.IMPORT,
            Operation.SERIAL_CONSOLE,
            Operation.FLAT_NETWORK,
            Operation.GUEST_FACTS)) {
      all.put(operation, Support.live());
    }
    all.put(Operation.STOP, Support.of(REBOOTS, "the guest is shut down"));
    all.put(Operation.REBOOT, Support.of(REBOOTS, "the guest restarts"));
    Support copies = Support.of(NEEDS_STOP, "disks are copied, so nothing may write to them");
    all.put(Operation.SNAPSHOT, copies);
    all.put(Operation.REVERT, copies);
    all.put(Operation.EXPORT, copies);
    all.put(Operation.DELETE, Support.of(NEEDS_STOP, "a machine is stopped before it is deleted"));
    all.put(Operation.SET_CPU, setCpu);
    all.put(Operation.SET_MEMORY, setMemory);
    all.put(Operation.RESIZE_DISK, resizeDisk);
    return Map.copyOf(all);
  }
}
