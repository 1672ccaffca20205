package io.intermodal.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineOperationsTest {

  @ParameterizedTest
  @EnumSource(
      value = Support.Effect.class,
      names = {"REBOOTS", "NEEDS_STOP", "UNKNOWN"})
  void refusesBeforeTheCallWhatIsNotDeclaredLive(Support.Effect effect) {
    FakeHypervisor hypervisor =
        new FakeHypervisor(Map.of(Operation.SET_CPU, Support.of(effect, "for a reason")));

    assertFails(
        HypervisorError.REQUIREMENT_NOT_MET,
        () -> strict(hypervisor).setCpus(4),
        "cannot set-cpu web without a reboot: Fake declares " + effect + " (for a reason)");
    assertThat(hypervisor.calls).isEmpty();
  }

  @Test
  void allowsItForAMachineThatDoesNotRun() {
    FakeHypervisor hypervisor =
        new FakeHypervisor(Map.of(Operation.SET_CPU, Support.of(Support.Effect.NEEDS_STOP, "why")));
    hypervisor.state = MachineState.STOPPED;

    assertThat(strict(hypervisor).setCpus(4).after()).isEqualTo(MachineState.STOPPED);
  }

  @Test
  void verifiesAfterwardsThatTheGuestRanOn() {
    FakeHypervisor hypervisor = new FakeHypervisor(Map.of(Operation.SET_CPU, Support.live()));
    assertThat(strict(hypervisor).setCpus(4).rebooted()).isFalse();
    hypervisor.rebootsOnChange = true;

    assertFails(
        HypervisorError.REQUIREMENT_NOT_MET,
        () -> strict(hypervisor).setCpus(8),
        "did not run on through set-cpu");
    assertThat(hypervisor.calls).containsExactly("setCpus 4", "setCpus 8");
  }

  @Test
  void takesAStopForABreachAndAPauseForNone() {
    FakeHypervisor hypervisor =
        new FakeHypervisor(Map.of(Operation.STOP, Support.live(), Operation.PAUSE, Support.live()));
    assertThat(strict(hypervisor).pause().after()).isEqualTo(MachineState.PAUSED);
    hypervisor.state = MachineState.STARTED;

    assertFails(
        HypervisorError.REQUIREMENT_NOT_MET, () -> strict(hypervisor).stop(), "it is now STOPPED");
  }

  @Test
  void doesNotGuessWhetherTheGuestRestarted() {
    FakeHypervisor hypervisor = new FakeHypervisor(Map.of(Operation.SET_CPU, Support.live()));
    hypervisor.boot = null;

    assertThat(strict(hypervisor).setCpus(4).rebooted()).isNull();
  }

  @Test
  void namesWhatIsSupportedInstead() {
    FakeHypervisor hypervisor =
        new FakeHypervisor(Map.of(Operation.STOP, Support.live(), Operation.START, Support.live()));

    assertThatExceptionOfType(UnsupportedOperation.class)
        .isThrownBy(() -> MachineOperations.on(hypervisor.machine).setCpus(2))
        .withMessageContaining("the fake driver does not support it here")
        .withMessageContaining("supported are start, stop")
        .satisfies(e -> assertThat(e.operation()).isEqualTo(Operation.SET_CPU));
    assertThatExceptionOfType(UnsupportedOperation.class)
        .isThrownBy(() -> MachineOperations.on(hypervisor.machine).delete());
    assertThatExceptionOfType(UnsupportedOperation.class).isThrownBy(hypervisor.machine::suspend);
    assertThat(hypervisor.calls).isEmpty();
  }

  @Test
  void answersInOneForm() {
    FakeHypervisor hypervisor = new FakeHypervisor(Map.of(Operation.SET_CPU, Support.live()));

    assertThat(MachineOperations.on(hypervisor.machine).setCpus(4))
        .isEqualTo(
            new OperationResult(
                "web",
                Operation.SET_CPU,
                MachineState.STARTED,
                MachineState.STARTED,
                false,
                "web: now has 4 cpus"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MachineOperations.on(hypervisor.machine).setCpus(0));
  }

  @Test
  void listsTheMachinesThereAre() {
    assertFails(
        HypervisorError.MACHINE_NOT_FOUND,
        () -> new FakeHypervisor(Map.of()).machine("db"),
        "cannot find machine db at fake:host; it has web");
  }

  private static MachineOperations strict(FakeHypervisor hypervisor) {
    return MachineOperations.on(hypervisor.machine).require(Requirement.noReboot());
  }

  private static void assertFails(HypervisorError code, Runnable action, String reason) {
    assertThatExceptionOfType(HypervisorException.class)
        .isThrownBy(action::run)
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.driver()).isEqualTo("fake"));
  }
}
