package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Machine;
import io.intermodal.migrate.guest.GuestContact;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.ProbeRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a guest between the operations of a test set. One that did not come up once is not
 * waited for again.
 */
final class GuestWait {

  private final Machine machine;
  private final GuestProbe probe;
  private final Cancellation cancellation;
  private ProbeRequest request;

  GuestWait(Machine machine, GuestProbe probe, ProbeRequest request, Cancellation cancellation) {
    this.machine = machine;
    this.probe = probe;
    this.request = request;
    this.cancellation = cancellation;
  }

  /** Returns when the guest answers, or when it will not. */
  void awaitUp() {
    shell().close();
  }

  /** Returns a shell in the guest when there is one. */
  Shell shell() {
    if (machine.hypervisor().info().reality() != HypervisorInfo.Reality.REAL) {
      return new Shell(null, request.patience());
    }
    GuestContact contact = probe.reach(machine, request, cancellation).orElse(null);
    if (contact == null) {
      request = request.withWait(Duration.ZERO);
    }
    return new Shell(contact, request.patience());
  }

  /** Runs commands in the guest, or is not there. */
  static final class Shell implements AutoCloseable {

    private final @Nullable GuestContact contact;
    private final Duration patience;

    Shell(@Nullable GuestContact contact, Duration patience) {
      this.contact = contact;
      this.patience = patience;
    }

    boolean isOpen() {
      return contact != null && contact.shell().isPresent();
    }

    GuestResult run(String command) {
      GuestShell shell = contact == null ? null : contact.shell().orElse(null);
      if (shell == null) {
        throw new TestImpossible("there is no shell in the guest");
      }
      return shell.run(command, patience);
    }

    @Override
    public void close() {
      if (contact != null) {
        contact.close();
      }
    }
  }
}
