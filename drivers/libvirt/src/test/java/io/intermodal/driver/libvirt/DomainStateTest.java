package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.MachineEvent;
import io.intermodal.hypervisor.MachineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DomainStateTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, false, STARTED",
    "1, 1, false, STARTED",
    "2, 0, false, STARTED",
    "3, 1, false, PAUSED",
    "3, 3, false, SUSPENDING",
    "3, 5, false, ERROR",
    "3, 8, false, STOPPING",
    "3, 10, false, ERROR",
    "3, 11, false, STARTING",
    "4, 0, false, STOPPING",
    "5, 1, false, STOPPED",
    "5, 3, false, STOPPED",
    "5, 5, true, SUSPENDED",
    "6, 0, false, ERROR",
    "7, 0, false, PAUSED",
    "99, 0, false, ERROR"
  })
  void tellsTheStateInOurWords(int state, int reason, boolean saved, MachineState expected) {
    assertThat(new DomainState(state, reason, saved).machineState()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, DEFINED",
    "1, 0, DELETED",
    "2, 0, STARTED",
    "3, 0, PAUSED",
    "4, 0, UNPAUSED",
    "5, 0, STOPPED",
    "5, 1, STOPPED",
    "5, 2, CRASHED",
    "5, 4, SUSPENDED",
    "7, 0, PAUSED",
    "8, 0, CRASHED"
  })
  void tellsEventsInOurWords(int event, int detail, MachineEvent.Kind expected) {
    assertThat(DomainEvents.kind(event, detail)).contains(expected);
  }

  @Test
  void keepsQuietAboutEventsThatAnotherOneTellsBetter() {
    assertThat(DomainEvents.kind(6, 0)).isEmpty();
    assertThat(DomainEvents.kind(4711, 0)).isEmpty();
  }
}
