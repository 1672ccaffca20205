package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the guest of a started machine for everything of TIOSA's table III. Immutable and
 * thread-safe.
 *
 * <p>{@link #standard()} needs nothing from its caller: the hypervisor's own answer, else the guest
 * agent. Where there is no agent, {@code GuestProbe.through(GuestAccess.ssh(login))}.
 */
public interface GuestProbe {

  /** Returns its name, for reports: {@code ssh}, {@code hypervisor}. */
  String name();

  /**
   * Tries once to reach the guest.
   *
   * @param patience how long the try may take
   * @return who answers, to be closed
   * @throws io.intermodal.hypervisor.UnsupportedOperation when this way will never work for this
   *     machine, so that nobody need wait
   * @throws HypervisorException {@code GUEST_UNREACHABLE} with the reason when nobody answers now
   */
  GuestContact contact(Machine machine, Duration patience);

  /**
   * Waits until the guest answers and asks it. A guest that never answers is no error: the report
   * says so, with the reason of the last try.
   *
   * @throws CancelledException when the caller wants it to stop; nothing is left in the guest
   */
  default ProbeReport probe(Machine machine, ProbeRequest request, Cancellation cancellation) {
    ContactWait.Outcome wait =
        ContactWait.until(this, machine, waitAt(machine, request), cancellation);
    GuestContact contact = wait.contact();
    if (contact == null) {
      return ProbeReport.silent(name(), wait.waited(), wait.tries(), wait.reason());
    }
    try (contact) {
      return ProbeReport.of(name(), contact, wait, contact.ask(request, cancellation));
    } catch (CancelledException e) {
      throw e;
    } catch (IntermodalException e) {
      return ProbeReport.silent(
          name(), wait.waited(), wait.tries(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Waits until the guest answers, and asks nothing.
   *
   * @return who answers, to be closed; empty when nobody did in time
   * @throws CancelledException when the caller wants it to stop
   */
  default Optional<GuestContact> reach(
      Machine machine, ProbeRequest request, Cancellation cancellation) {
    return Optional.ofNullable(
        ContactWait.until(this, machine, waitAt(machine, request), cancellation).contact());
  }

  /** A guest that is simulated does not boot, so that waiting for it is in vain. */
  private static Duration waitAt(Machine machine, ProbeRequest request) {
    return machine.hypervisor().info().reality() == HypervisorInfo.Reality.REAL
        ? request.longestWait()
        : Duration.ZERO;
  }

  /** Returns the probe that takes the hypervisor's own answer, {@link Machine#guestFacts()}. */
  static GuestProbe hypervisor() {
    return HypervisorProbe.INSTANCE;
  }

  /** Returns a probe that runs commands through a shell in the guest. */
  static GuestProbe through(GuestAccess access) {
    return new ShellProbe(access);
  }

  /**
   * Returns a probe that asks the first of several that answers; all are tried in each round until
   * the wait is over.
   *
   * @throws IllegalArgumentException without any
   */
  static GuestProbe chain(List<GuestProbe> probes) {
    return new ChainProbe(probes);
  }

  /** Returns the probe that needs no credentials: the hypervisor's own answer, else its agent. */
  static GuestProbe standard() {
    return chain(List.of(hypervisor(), through(GuestAccess.agent())));
  }

  /**
   * Returns the probe that asks nobody.
   *
   * @param reason why not, for the report
   */
  static GuestProbe none(String reason) {
    return new NoProbe(reason);
  }
}
