package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A listener hears of everything the tests before did. */
interface EventContract extends ContractPart {

  @Test
  @Order(Phase.HEARD)
  default void hearsWhatHappenedInItsOrder() throws InterruptedException {
    bench().need(ContractPoint.EVENTS);
    bench().need(Operation.EVENTS);
    if (!bench().events().hasExpectations()) {
      bench().in(MachineState.STARTED);
      bench().in(MachineState.STOPPED);
    }
    // Events may be late: the patience is theirs.
    Instant end = Instant.now().plus(bench().driver().guestPatience());
    while (!bench().events().missing().isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    assertThat(bench().events().missing())
        .as("not heard, in order; heard was %s", bench().events().heard())
        .isEmpty();
  }

  @Test
  @Order(Phase.HEARD + 1)
  default void callsNobodyWhoEndedTheSubscription() {
    bench().need(ContractPoint.EVENTS);
    bench().need(Operation.EVENTS);
    AtomicInteger calls = new AtomicInteger();
    Hypervisor.Subscription subscription =
        bench().hypervisor().subscribe(event -> calls.incrementAndGet());
    subscription.close();
    subscription.close();
    int before = calls.get();
    bench().delete(bench().make("unheard"));
    assertThat(calls.get()).isEqualTo(before);
  }

  @Test
  @Order(Phase.HEARD + 1)
  default void goesOnWhenAListenerThrows() {
    bench().need(ContractPoint.EVENTS);
    bench().need(Operation.EVENTS);
    Hypervisor.Subscription subscription =
        bench()
            .hypervisor()
            .subscribe(
                event -> {
                  throw new IllegalStateException("a listener that fails");
                });
    try {
      bench().delete(bench().make("thrown"));
      assertThat(bench().hypervisor().findMachine(bench().name("thrown"))).isEmpty();
    } finally {
      subscription.close();
    }
  }
}
