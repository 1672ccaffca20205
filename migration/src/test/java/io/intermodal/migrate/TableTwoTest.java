package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.Outcome;
import io.intermodal.evaluate.TestId;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.ProbeRequest;
import io.intermodal.migrate.guest.ProbeStep;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Table II is performed with the operations of the driver, and the machine is left as it was. */
final class TableTwoTest {

  private final MemoryHypervisor host = new MemoryHypervisor("real", () -> {});
  private final MemoryHypervisor.MemoryMachine machine =
      host.make(MachineSpec.named("web").build(), Map.of());
  private final TestSheet sheet = new TestSheet(Observations.on("real 1", "web"));

  private Observations run() {
    MachineSpec before = machine.spec();
    HypervisorTestSet.run(
        machine,
        GuestProbe.standard(),
        ProbeRequest.defaults().withWait(Duration.ofSeconds(1)),
        Cancellation.none(),
        sheet);
    assertThat(machine.spec()).isEqualTo(before);
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    return sheet.observations().build();
  }

  @Test
  void appliesARuleAtACardOfItsOwn() {
    Observations seen = run();
    assertThat(seen.of(TestId.of("1.5.c")).outcome()).isEqualTo(Outcome.SUCCESSFUL);
    assertThat(host.log)
        .containsExactly(
            "attach intermodal-test STARTED",
            "firewall intermodal-test 1",
            "firewall intermodal-test 0",
            "detach intermodal-test STARTED");
  }

  @Test
  void readsAnInjectedFileBackAndRemovesIt() {
    host.reality = HypervisorInfo.Reality.REAL;
    host.agents = true;
    Observations seen = run();
    assertThat(seen.of(TestId.of("1.3.b")).outcome()).isEqualTo(Outcome.SUCCESSFUL);
    assertThat(host.log).contains("inject");
    assertThat(sheet.run().hypervisor())
        .filteredOn(step -> step.test().equals("1.3.b"))
        .singleElement()
        .satisfies(step -> assertThat(step.duration()).isNotNull());
  }

  @Test
  void injectsNothingThatNobodyCouldRemove() {
    host.reality = HypervisorInfo.Reality.REAL;
    Observations seen = run();
    assertThat(seen.of(TestId.of("1.3.b")).outcome()).isEqualTo(Outcome.NOT_PERFORMED);
    assertThat(seen.of(TestId.of("1.3.b")).reason().orElse("")).contains("no shell in the guest");
    assertThat(host.log).doesNotContain("inject");
  }

  @Test
  void recordsEveryTestOnceWithItsReason() {
    run();
    assertThat(sheet.run().hypervisor()).extracting(ProbeStep::test).doesNotHaveDuplicates();
    assertThat(sheet.run().hypervisor()).hasSize(18);
  }
}
