package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.ProbeRequest;
import io.intermodal.migrate.guest.ProbeStep;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs TIOSA's hypervisor test set (table II) on a stopped machine and leaves it stopped and as it
 * was, or fails. An operation that the driver does not declare "could not be performed"; one that
 * fails is recorded with its reason and the set goes on where it can.
 */
final class HypervisorTestSet {

  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);
  private static final long TEST_DISK_BYTES = 1L << 20;

  private final Machine machine;
  private final Capabilities capabilities;
  private final String product;
  private final GuestWait guest;
  private final FirewallTest firewall;
  private final TestSheet sheet;

  private HypervisorTestSet(Machine machine, GuestWait guest, TestSheet sheet) {
    Hypervisor hypervisor = machine.hypervisor();
    this.machine = machine;
    this.capabilities = hypervisor.capabilities();
    this.product = hypervisor.info().product();
    this.guest = guest;
    this.firewall = new FirewallTest(machine);
    this.sheet = sheet;
  }

  /**
   * Runs the set.
   *
   * @param probe tells when the guest is up, as one that still boots obeys nobody, and gives the
   *     shell that looks at what was injected
   */
  static void run(
      Machine machine,
      GuestProbe probe,
      ProbeRequest request,
      Cancellation cancellation,
      TestSheet sheet) {
    new HypervisorTestSet(machine, new GuestWait(machine, probe, request, cancellation), sheet)
        .run();
  }

  private void run() {
    change("1.1.a", Operation.START, MachineState.STARTED, machine::start);
    guest.awaitUp();
    change("1.1.b", Operation.REBOOT, MachineState.STARTED, machine::reboot);
    guest.awaitUp();
    change("1.1.c", Operation.PAUSE, MachineState.PAUSED, machine::pause);
    change("1.1.d", Operation.UNPAUSE, MachineState.STARTED, machine::unpause);
    change("1.1.e", Operation.SUSPEND, MachineState.SUSPENDED, machine::suspend);
    change("1.1.f", Operation.RESUME, MachineState.STARTED, machine::resume);
    attempt("1.4.a", Operation.SERIAL_CONSOLE, this::openConsole);
    declared("1.4.b", Operation.GRAPHICAL_CONSOLE);
    declared("1.3.a", Operation.INJECT_NETWORK);
    injectFile();
    declared("1.5.a", Operation.VLAN_NETWORK);
    flatNetwork();
    boolean late = !firewall.isLive();
    if (!late) {
      attempt("1.5.c", Operation.FIREWALL, firewall::run);
    }
    declared("1.5.d", Operation.ROUTING);
    change("1.1.g", Operation.STOP, MachineState.STOPPED, () -> machine.stop(STOP_TIMEOUT));
    SourceControl.stopAndVerify(machine);
    if (late) {
      attempt("1.5.c", Operation.FIREWALL, firewall::run);
    }
    firewall.requireRemoved();
    volumes();
  }

  /** A driver may show what was written without giving the keyboard. */
  private void openConsole() {
    try {
      machine.openConsole().close();
    } catch (UnsupportedOperation e) {
      machine.serialOutput();
    }
  }

  /** A file that nobody could remove again is not put there. */
  private void injectFile() {
    if (!capabilities.supports(Operation.INJECT_FILE)) {
      declared("1.3.b", Operation.INJECT_FILE);
      return;
    }
    try (GuestWait.Shell shell = guest.shell()) {
      if (shell.isOpen()) {
        attempt("1.3.b", Operation.INJECT_FILE, () -> InjectedFile.check(machine, shell));
      } else {
        notPerformed(
            "1.3.b", "there is no shell in the guest to read the file and remove it again");
      }
    }
  }

  /**
   * A disk of its own is attached, grown and detached, so that the machine's own are not touched.
   */
  private void volumes() {
    if (capabilities.supports(Operation.ATTACH_DISK)
        && !capabilities.supports(Operation.DETACH_DISK)) {
      String reason = product + " could not detach the test disk again";
      notPerformed("1.2.a", reason);
      notPerformed("1.2.b", reason);
      notPerformed("1.2.c", reason);
      return;
    }
    DiskSpec disk = testDisk();
    boolean attached = attempt("1.2.b", Operation.ATTACH_DISK, () -> machine.attachDisk(disk));
    if (attached) {
      attempt(
          "1.2.a",
          Operation.RESIZE_DISK,
          () -> machine.resizeDisk(disk.key(), 2 * TEST_DISK_BYTES));
      attempt("1.2.c", Operation.DETACH_DISK, () -> machine.detachDisk(disk.key()));
    } else {
      notPerformed("1.2.a", "no test disk could be attached");
      notPerformed("1.2.c", "no test disk could be attached");
    }
    removeTestDisk(disk.key());
  }

  /** An operation may fail half way or after it was done; the machine must not keep the disk. */
  private void removeTestDisk(String key) {
    if (machine.spec().disk(key).isEmpty()) {
      return;
    }
    try {
      machine.detachDisk(key);
    } catch (RuntimeException e) {
      if (machine.spec().disk(key).isPresent()) {
        throw new IntermodalException(
            MigrateError.TEST_DISK_LEFT,
            "cannot go on with "
                + machine.name()
                + ": the test disk "
                + key
                + " could not be detached again ("
                + e.getMessage()
                + "); detach it yourself",
            key,
            e);
      }
    }
  }

  private DiskSpec testDisk() {
    List<DiskSpec> disks = machine.spec().disks();
    Set<String> keys = disks.stream().map(DiskSpec::key).collect(Collectors.toSet());
    String key = "intermodal-test";
    while (keys.contains(key)) {
      key += "-";
    }
    @Nullable DiskBus bus =
        capabilities.diskBuses().isEmpty() ? null : capabilities.diskBuses().get(0);
    return new DiskSpec(key, TEST_DISK_BYTES, bus, null);
  }

  /** Passes when every connected card is on a network that the hypervisor has. */
  private void flatNetwork() {
    attempt(
        "1.5.b",
        Operation.FLAT_NETWORK,
        () -> {
          List<String> networks = machine.hypervisor().resources().networks();
          machine.spec().nics().stream()
              .filter(nic -> nic.network() != null && !networks.contains(nic.network()))
              .findFirst()
              .ifPresent(
                  nic -> {
                    throw new IllegalStateException("no network " + nic.network());
                  });
        });
  }

  private void change(String test, Operation operation, MachineState after, Runnable action) {
    attempt(
        test,
        operation,
        () -> {
          action.run();
          MachineState state = machine.state();
          if (state != after) {
            throw new IllegalStateException("the machine is " + state + ", not " + after);
          }
        });
  }

  /** Operations that no driver carries out through this interface yet: declared, not performed. */
  private void declared(String test, Operation operation) {
    notPerformed(
        test,
        capabilities.supports(operation)
            ? operation.displayName() + " is declared but cannot be tried automatically"
            : product + " does not offer " + operation.displayName());
  }

  private boolean attempt(String test, Operation operation, Runnable action) {
    if (!capabilities.supports(operation)) {
      notPerformed(test, product + " does not offer " + operation.displayName());
      return false;
    }
    long started = System.nanoTime();
    try {
      action.run();
      record(test, operation, started, ProbeStep.Outcome.PERFORMED, null);
      return true;
    } catch (CancelledException e) {
      throw e;
    } catch (TestImpossible e) {
      record(test, operation, started, ProbeStep.Outcome.NOT_PERFORMED, e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // A driver that breaks the rules has failed the test, too.
      String reason = e.getMessage();
      record(
          test,
          operation,
          started,
          ProbeStep.Outcome.UNSUCCESSFUL,
          reason == null || reason.isBlank() ? e.toString() : reason);
      return false;
    }
  }

  private void record(
      String test,
      Operation operation,
      long started,
      ProbeStep.Outcome outcome,
      @Nullable String reason) {
    sheet.record(test, operation.displayName(), started, outcome, reason);
  }

  private void notPerformed(String test, String reason) {
    sheet.record(test, "none", System.nanoTime(), ProbeStep.Outcome.NOT_PERFORMED, reason);
  }
}
