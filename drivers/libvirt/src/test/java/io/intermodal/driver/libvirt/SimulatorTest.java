package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The life cycle on libvirt's own simulator. */
final class SimulatorTest {

  @Test
  void saysWhatItIs() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      assertThat(host.info().driver()).isEqualTo("libvirt");
      assertThat(host.info().product()).isEqualTo("libvirt test driver");
      assertThat(host.info().reality()).isEqualTo(HypervisorInfo.Reality.SIMULATOR);
      assertThat(host.info().uri()).isEqualTo("test:///default");
      assertThat(host.resources().networks()).containsExactly("default");
      assertThat(host.resources().hostCpus()).isEqualTo(16);
      assertThat(host.resources().pools())
          .singleElement()
          .satisfies(pool -> assertThat(pool.freeBytes()).isPositive());
    }
  }

  @Test
  void goesThroughTheLifeCycle() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      Machine machine = host.machine("test");
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
      assertThat(machine.spec().uuid()).isEqualTo(machine.id());
      assertThat(host.machine(machine.id()).name()).isEqualTo("test");
      machine.pause();
      assertThat(machine.state()).isEqualTo(MachineState.PAUSED);
      machine.unpause();
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
      machine.suspend();
      assertThat(machine.state()).isEqualTo(MachineState.SUSPENDED);
      machine.resume();
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
      machine.stop(Duration.ofSeconds(5));
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
      machine.start();
      machine.suspend();
      machine.stop(Duration.ZERO);
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    }
  }

  @Test
  void refusesWhatTheStateDoesNotAllowAndNamesTheStatesThatDo() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      Machine machine = host.machine("test");
      assertThatThrownBy(machine::start)
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.ILLEGAL_STATE))
          .hasMessage("cannot start test: it is STARTED, it must be STOPPED");
      assertThatThrownBy(machine::resume).hasMessageContaining("it must be SUSPENDED");
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
    }
  }

  @Test
  void refusesWhatItDoesNotDeclare() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      Machine machine = host.machine("test");
      assertThatThrownBy(() -> machine.injectFile("/x", new byte[1]))
          .isInstanceOf(UnsupportedOperation.class);
    }
  }

  @Test
  void namesTheMachinesThereAreWhenOneIsMissing() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      assertThat(host.findMachine("web")).isEmpty();
      assertThatThrownBy(() -> host.machine("web"))
          .hasMessage("cannot find machine web at test:///default; it has test");
    }
  }

  @Test
  void isNoUseOnceClosed() {
    LibvirtHypervisor host = Hosts.simulator();
    host.close();
    host.close();
    assertThatThrownBy(host::machines)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the session with test:///default is closed");
  }
}
