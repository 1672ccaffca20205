package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tries to reach a guest that may still be booting, until it answers or the wait is over. */
final class ContactWait {

  private static final Duration LONGEST_TRY = Duration.ofSeconds(30);
  private static final Duration SHORTEST_TRY = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private ContactWait() {}

  /**
   * Says how the wait ended.
   *
   * @param contact who answers; null when nobody does
   * @param reason why the tries failed that failed last; empty when none did
   */
  record Outcome(@Nullable GuestContact contact, Duration waited, int tries, String reason) {}

  static Outcome until(
      GuestProbe probe, Machine machine, Duration wait, Cancellation cancellation) {
    long start = System.nanoTime();
    String reason = "";
    int tries = 0;
    while (true) {
      cancellation.check("the wait for the guest of " + machine.name());
      Duration left = wait.minus(since(start));
      Duration patience = left.compareTo(LONGEST_TRY) > 0 ? LONGEST_TRY : left;
      tries++;
      try {
        GuestContact contact =
            probe.contact(machine, patience.compareTo(SHORTEST_TRY) < 0 ? SHORTEST_TRY : patience);
        String before = contact instanceof ChainProbe.Chosen chosen ? chosen.before() : "";
        return new Outcome(contact, since(start), tries, before);
      } catch (CancelledException e) {
        throw e;
      } catch (UnsupportedOperation e) {
        return new Outcome(null, since(start), tries, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        // A driver that breaks the rules is no reason to lose the migration.
        reason = e instanceof HypervisorException ? String.valueOf(e.getMessage()) : e.toString();
      }
      if (since(start).plus(PAUSE).compareTo(wait) > 0) {
        return new Outcome(null, since(start), tries, waited(wait, reason));
      }
      pause(machine);
    }
  }

  private static String waited(Duration wait, String reason) {
    return wait.isZero()
        ? reason
        : "the guest did not come up within " + wait.toSeconds() + " s: " + reason;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void pause(Machine machine) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("the wait for the guest of " + machine.name());
    }
  }
}
