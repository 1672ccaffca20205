package io.intermodal.cli;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.io.PrintWriter;

/** Prints a machine for people. */
final class MachineText {

  private final Console console;

  MachineText(Console console) {
    this.console = console;
  }

  void print(Machine machine) {
    MachineSpec spec = machine.spec();
    GuestOs os = spec.guestOs();
    PrintWriter out = console.out();
    out.println(console.bold(machine.name()) + "  " + console.toned(machine.state().name()));
    out.println("  id        " + machine.id());
    out.println("  cpus      " + (spec.cpu() == null ? "not stated" : spec.cpu().count()));
    out.println(
        "  memory    "
            + (spec.memoryBytes() == null ? "not stated" : Sizes.text(spec.memoryBytes())));
    out.println("  firmware  " + (spec.firmware() == null ? "not stated" : spec.firmware()));
    out.println("  guest     " + (os == null ? "not stated" : os.displayName()));
    for (DiskSpec disk : spec.disks()) {
      out.println(
          "  disk      "
              + disk.key()
              + ", "
              + Sizes.text(disk.capacityBytes())
              + (disk.bus() == null ? "" : ", " + disk.bus()));
    }
    for (NicSpec nic : spec.nics()) {
      out.println(
          "  nic       "
              + nic.key()
              + ", "
              + (nic.model() == null ? "any model" : nic.model())
              + ", "
              + (nic.network() == null ? "not connected" : nic.network())
              + (nic.mac() == null ? "" : ", " + nic.mac()));
    }
    machine.snapshots().forEach(snapshot -> out.println("  snapshot  " + snapshot));
  }
}
