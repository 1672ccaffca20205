package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that runs and answers nobody: no agent, no address, no ear for the power button. */
@Tag("slow")
final class SilentGuestTest {

  private static final String DEVICES =
      """
      <interface type='network'><source network='default'/><model type='virtio'/></interface>
      <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
      """;

  @TempDir private static Path folder;
  private static LabHost lab;
  private static LibvirtHypervisor host;
  private static LibvirtMachine machine;

  @BeforeAll
  static void startGuest() {
    lab = LabHost.start(folder);
    host = Hosts.open(lab.uri());
    machine = Hosts.define(host, lab.tinyGuest("l-silent", DEVICES));
    machine.start();
    TinyGuest.awaitReady(machine);
  }

  @AfterAll
  static void stopHost() {
    if (host != null) {
      host.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void hasNoAgentAndSaysSoInTime() {
    long begin = System.nanoTime();
    assertThat(machine.guestAgent()).isEmpty();
    assertThat(machine.guestFacts()).isEmpty();
    assertThatThrownBy(() -> machine.injectFile("/root/file", new byte[1]))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.GUEST_UNREACHABLE))
        .hasMessageContaining("cannot reach the guest agent of l-silent");
    assertWithin(begin, Duration.ofSeconds(45));
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
  }

  @Test
  void hasNoAddressAndSaysSoInTime() {
    long begin = System.nanoTime();
    assertThat(machine.addresses()).isEmpty();
    assertWithin(begin, Duration.ofSeconds(20));
  }

  @Test
  void hasItsPowerCutWhenTheTimeIsOver() {
    long begin = System.nanoTime();
    machine.stop(Duration.ofSeconds(2));
    assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofSeconds(2).toNanos());
    assertWithin(begin, Duration.ofSeconds(30));
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    machine.start();
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
  }

  private static void assertWithin(long begin, Duration limit) {
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(limit);
  }
}
