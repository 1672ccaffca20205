package io.intermodal.driver.libvirt;

import static io.intermodal.hypervisor.MachineState.ERROR;
import static io.intermodal.hypervisor.MachineState.PAUSED;
import static io.intermodal.hypervisor.MachineState.STARTED;
import static io.intermodal.hypervisor.MachineState.STARTING;
import static io.intermodal.hypervisor.MachineState.STOPPED;
import static io.intermodal.hypervisor.MachineState.STOPPING;
import static io.intermodal.hypervisor.MachineState.SUSPENDED;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Starts, stops, pauses and saves one domain, and waits until it is so. */
final class LifeCycle {

  /** A host that emulates, and is busy, takes its time; one that takes longer than this hangs. */
  private static final Duration HOST_PATIENCE = Duration.ofMinutes(3);

  /** A guest that was still booting did not hear the first request. */
  private static final Duration REPEAT_SHUTDOWN = Duration.ofSeconds(15);

  private final DomainAccess domain;

  LifeCycle(DomainAccess domain) {
    this.domain = domain;
  }

  void start() {
    domain.require(Operation.START, EnumSet.of(STOPPED));
    domain.change("start", handle -> handle.domain().create());
    await(Operation.START, EnumSet.of(STARTED));
  }

  void pause() {
    domain.require(Operation.PAUSE, EnumSet.of(STARTED));
    domain.change("pause", handle -> handle.domain().suspend());
    await(Operation.PAUSE, EnumSet.of(PAUSED));
  }

  void unpause() {
    domain.require(Operation.UNPAUSE, EnumSet.of(PAUSED));
    domain.change("unpause", handle -> handle.domain().resume());
    await(Operation.UNPAUSE, EnumSet.of(STARTED));
  }

  void suspend() {
    domain.require(Operation.SUSPEND, EnumSet.of(STARTED));
    domain.change("suspend", handle -> handle.domain().managedSave());
    await(Operation.SUSPEND, EnumSet.of(SUSPENDED));
  }

  void resume() {
    domain.require(Operation.RESUME, EnumSet.of(SUSPENDED));
    domain.change("resume", handle -> handle.domain().create());
    await(Operation.RESUME, EnumSet.of(STARTED));
  }

  /** Asks the guest to shut down, and cuts its power when it does not within the timeout. */
  void stop(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must not be negative: " + timeout);
    }
    MachineState state =
        domain.require(
            Operation.STOP, EnumSet.of(STARTED, PAUSED, SUSPENDED, STARTING, STOPPING, ERROR));
    if (state == SUSPENDED) {
      domain.change("stop", handle -> handle.domain().managedSaveRemove());
      await(Operation.STOP, EnumSet.of(STOPPED));
      return;
    }
    if (!timeout.isZero() && state != ERROR && shutDown(state, timeout)) {
      return;
    }
    cutPower();
  }

  /** Cuts the power of a domain, unless its guest was quicker. */
  void cutPower() {
    try {
      domain.change("cut the power of", handle -> handle.domain().destroy());
    } catch (HypervisorException e) {
      if (!isStopped()) {
        throw e;
      }
    }
    await(Operation.STOP, EnumSet.of(STOPPED));
  }

  private boolean shutDown(MachineState state, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    if (state == PAUSED) {
      // A guest whose processors stand still hears nothing.
      domain.change("stop", handle -> handle.domain().resume());
    }
    while (true) {
      try {
        domain.change("stop", handle -> handle.domain().shutdown());
      } catch (HypervisorException e) {
        if (isStopped()) {
          return true;
        }
        if (e.code() == HypervisorError.CONNECTION_FAILED) {
          throw e;
        }
        // A guest that cannot be asked has its power cut when the time is over.
      }
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      boolean last = left.compareTo(REPEAT_SHUTDOWN) <= 0;
      if (Waiting.until(
          "the stop of " + domain.name(), last ? left : REPEAT_SHUTDOWN, this::isStopped)) {
        return true;
      }
      if (last) {
        return false;
      }
    }
  }

  /** Tells whether it is off; one that was never stored is gone when it is. */
  boolean isStopped() {
    try {
      return domain.state() == STOPPED;
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.MACHINE_NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  private void await(Operation operation, Set<MachineState> wanted) {
    boolean reached =
        Waiting.until(
            operation.displayName() + " " + domain.name(),
            HOST_PATIENCE,
            () -> wanted.contains(STOPPED) ? isStopped() : wanted.contains(domain.state()));
    if (!reached) {
      throw domain.failed(
          HypervisorError.OPERATION_FAILED,
          operation.displayName(),
          "the host agreed, but after "
              + HOST_PATIENCE.toSeconds()
              + " s it is still "
              + domain.state());
    }
  }
}
