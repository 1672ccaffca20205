package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineEvent;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Restarts a guest: it is asked to, and reset when nobody in it obeys. That it restarted is told by
 * libvirt's event, by another boot id in the guest, or by another domain id, whichever is first.
 */
final class Restart {

  private static final Duration HOST_PATIENCE = Duration.ofMinutes(3);

  private final DomainAccess domain;
  private final DomainEvents events;
  private final BootIds bootIds;
  private final Duration guestPatience;

  Restart(DomainAccess domain, DomainEvents events, BootIds bootIds, Duration guestPatience) {
    this.domain = domain;
    this.events = events;
    this.bootIds = bootIds;
    this.guestPatience = guestPatience;
  }

  void run() {
    domain.require(Operation.REBOOT, EnumSet.of(MachineState.STARTED));
    Optional<String> before = bootIds.find();
    AtomicBoolean told = new AtomicBoolean();
    Hypervisor.Subscription subscription =
        events.subscribe(
            event -> {
              if (event.machineId().equals(domain.id())
                  && event.kind() == MachineEvent.Kind.REBOOTED) {
                told.set(true);
              }
            });
    try {
      boolean obeyed = ask() && Waiting.until(what(), guestPatience, () -> happened(told, before));
      if (!obeyed) {
        force();
      }
    } finally {
      subscription.close();
    }
    boolean runs =
        Waiting.until(what(), HOST_PATIENCE, () -> domain.state() == MachineState.STARTED);
    if (!runs) {
      throw domain.failed(
          HypervisorError.OPERATION_FAILED,
          Operation.REBOOT.displayName(),
          "after the restart it is " + domain.state());
    }
  }

  private String what() {
    return "the restart of " + domain.name();
  }

  /** Asks the guest; false when it cannot be asked. */
  private boolean ask() {
    if (domain.kind() == HypervisorKind.XEN && guestPatience.isZero()) {
      // The call itself waits for the guest there.
      return false;
    }
    try {
      domain.change("reboot", handle -> handle.domain().reboot(0));
      return true;
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.CONNECTION_FAILED) {
        throw e;
      }
      return false;
    }
  }

  private boolean happened(AtomicBoolean told, Optional<String> before) {
    if (told.get()) {
      return true;
    }
    Optional<String> now = bootIds.find();
    return before.isPresent() && now.isPresent() && !now.equals(before);
  }

  private void force() {
    if (domain.kind() == HypervisorKind.QEMU) {
      domain.change("reset", handle -> handle.domain().reset());
      return;
    }
    // Xen resets nobody, and a guest that did not obey may be half-way down.
    LifeCycle lifeCycle = new LifeCycle(domain);
    lifeCycle.cutPower();
    lifeCycle.start();
  }

  /** Tells one boot of a guest from another. */
  interface BootIds {
    /** Returns a text that each boot has another of; empty when there is none to be had. */
    Optional<String> find();
  }

  /** Returns Xen's number of a running domain, which each start and restart makes anew. */
  static @Nullable String xenNumber(DomainAccess domain) {
    int number = domain.ask("read the number of", handle -> handle.domain().getID());
    return number > 0 ? "xen domain " + number : null;
  }
}
