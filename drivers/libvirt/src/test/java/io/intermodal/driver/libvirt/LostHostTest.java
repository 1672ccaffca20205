package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session and its machines do when libvirtd dies, or the host falls silent. */
@Tag("slow")
final class LostHostTest {

  @TempDir private static Path folder;
  private static LabHost lab;

  @BeforeAll
  static void startHost() {
    lab = LabHost.start(folder);
  }

  @AfterAll
  static void stopHost() {
    if (lab != null) {
      lab.close();
    }
  }

  /** The host has no guest when a test begins, whatever became of the one before. */
  @BeforeEach
  void removeGuests() {
    lab.restart();
    try (LibvirtHypervisor host = Hosts.open(lab.uri())) {
      host.machines().forEach(machine -> Hosts.remove((LibvirtMachine) machine));
    }
  }

  @Test
  void aSessionGoesOnWhenLibvirtdIsBackAndTheGuestLivedOn() {
    try (LibvirtHypervisor host = Hosts.open(lab.uri())) {
      Machine machine = Hosts.define(host, lab.tinyGuest("l-tiny", ""));
      machine.start();

      lab.kill();
      assertLost(catchThrowable(machine::state));
      assertLost(catchThrowable(machine::pause));
      assertLost(catchThrowable(host::machines));

      lab.restart();
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
      machine.pause();
      assertThat(host.machine("l-tiny").state()).isEqualTo(MachineState.PAUSED);
    }
  }

  @Test
  void aCallWaitsForALibvirtdThatOnlyRestarts() throws Exception {
    try (LibvirtHypervisor host = Hosts.open(lab.uri())) {
      Machine machine = Hosts.define(host, lab.tinyGuest("l-tiny", ""));
      lab.kill();
      CompletableFuture<MachineState> state = CompletableFuture.supplyAsync(machine::state);
      TimeUnit.SECONDS.sleep(1);
      assertThat(state).isNotDone();
      lab.restart();
      assertThat(state).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(MachineState.STOPPED);
    }
  }

  @Test
  void aStartThatLibvirtdDiesInIsToldAndCanBeRepeated() throws Exception {
    try (LibvirtHypervisor host = Hosts.open(lab.uri())) {
      Machine machine = Hosts.define(host, lab.tinyGuest("l-tiny", ""));
      CompletableFuture<Throwable> failure =
          CompletableFuture.supplyAsync(() -> catchThrowable(machine::start));
      TimeUnit.MILLISECONDS.sleep(100);
      lab.kill();
      assertLost(failure.get(1, TimeUnit.MINUTES));

      lab.restart();
      // How far the first came is libvirt's to say; what it says must be so.
      if (machine.state() == MachineState.STOPPED) {
        machine.start();
      }
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
      machine.stop(Duration.ZERO);
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    }
  }

  @Test
  void aSilentHostIsGivenUpAndFoundAgain() throws Exception {
    String uri = Hosts.required(Hosts.lab(), "xen.uri");
    LibvirtDriver driver = new LibvirtDriver().withKeepAlive(Duration.ofSeconds(2), 4);
    try (Hypervisor host = driver.connect(HypervisorUri.parse(uri))) {
      host.machines();
      long begin = System.nanoTime();
      AutoCloseable frozen = LabHost.frozenXenHost();
      try {
        assertLost(catchThrowable(() -> host.machine("l-none").start()));
      } finally {
        frozen.close();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(50));
      assertThatThrownBy(() -> host.machine("l-none")).hasMessageContaining("cannot find machine");
    }
  }

  private static void assertLost(Throwable failure) {
    assertThat(failure)
        .asInstanceOf(InstanceOfAssertFactories.type(HypervisorException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(HypervisorError.CONNECTION_FAILED));
  }
}
