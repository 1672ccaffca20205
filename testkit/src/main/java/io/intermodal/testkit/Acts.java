package io.intermodal.testkit;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Calls the method of an operation, with arguments that do for a look at how it is refused. */
final class Acts {

  /** Operations that say what a hypervisor offers, or are asked for in another way. */
  static final Set<Operation> WITHOUT_CALL =
      Set.of(
          Operation.GRAPHICAL_CONSOLE,
          Operation.INJECT_NETWORK,
          Operation.VLAN_NETWORK,
          Operation.FLAT_NETWORK,
          Operation.ROUTING,
          Operation.GUEST_FACTS,
          Operation.GUEST_AGENT);

  static final String ABSENT = "no-such-part";
  private static final long MIB = 1L << 20;

  private Acts() {}

  static void perform(Machine machine, Operation operation) {
    switch (operation) {
      case START -> machine.start();
      case STOP -> machine.stop(Duration.ZERO);
      case REBOOT -> machine.reboot();
      case PAUSE -> machine.pause();
      case UNPAUSE -> machine.unpause();
      case SUSPEND -> machine.suspend();
      case RESUME -> machine.resume();
      case SNAPSHOT -> machine.snapshot("now");
      case REVERT -> machine.revert(ABSENT);
      case SET_CPU -> machine.setCpus(1);
      case SET_MEMORY -> machine.setMemoryBytes(64 * MIB);
      case ATTACH_DISK -> machine.attachDisk(new DiskSpec("attached", MIB, null, null));
      case DETACH_DISK -> machine.detachDisk(firstDisk(machine));
      case RESIZE_DISK -> machine.resizeDisk(firstDisk(machine), 1L << 30);
      case ATTACH_NIC -> machine.attachNic(new NicSpec("attached", null, null, null));
      case DETACH_NIC -> machine.detachNic(firstNic(machine));
      case FIREWALL -> machine.setFirewall(firstNic(machine), List.of());
      case INJECT_FILE -> machine.injectFile("/contract", "x".getBytes(StandardCharsets.UTF_8));
      case SERIAL_CONSOLE -> listen(machine);
      case DELETE -> machine.delete();
      case DELETE_KEEPING_DISKS -> machine.deleteKeepingDisks();
      case EXPORT -> machine.hypervisor().exportMachine(machine).close();
      case IMPORT -> machine.hypervisor().importMachine(machine.spec()).close();
      case EVENTS -> machine.hypervisor().subscribe(event -> {}).close();
      default -> throw new IllegalArgumentException(operation + " has no call");
    }
  }

  /** A driver has one way to the console at least: what was written, or the line itself. */
  private static void listen(Machine machine) {
    try {
      machine.openConsole().close();
    } catch (UnsupportedOperation e) {
      machine.serialOutput();
    }
  }

  private static String firstDisk(Machine machine) {
    return machine.spec().disks().stream().map(DiskSpec::key).findFirst().orElse(ABSENT);
  }

  private static String firstNic(Machine machine) {
    return machine.spec().nics().stream().map(NicSpec::key).findFirst().orElse(ABSENT);
  }
}
