package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.GuestConsole;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineEvent;
import io.intermodal.hypervisor.MachineState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life cycle of the tiny guest on the QEMU host of the lab. */
@Tag("slow")
final class QemuHostTest {

  private static final String NAME = "d-qemu-life";

  private static LibvirtHypervisor host;
  private static LibvirtMachine machine;

  @BeforeAll
  static void define() {
    Properties lab = Hosts.lab();
    host = Hosts.open(lab.getProperty("qemu.uri"));
    Hosts.removeLeftover(host, NAME);
    machine = Hosts.define(host, TinyGuest.onQemu(lab, NAME, ""));
  }

  @AfterAll
  static void remove() {
    if (host != null) {
      Hosts.removeLeftover(host, NAME);
      host.close();
    }
  }

  @Test
  void saysThatMachinesAreEmulated() {
    assertThat(host.info().product()).isEqualTo("QEMU");
    assertThat(host.info().version()).contains("libvirt").contains("emulated");
    assertThat(host.resources().pools()).isNotEmpty();
  }

  @Test
  void goesThroughTheLifeCycle() throws IOException {
    List<MachineEvent.Kind> events = new CopyOnWriteArrayList<>();
    var subscription =
        host.subscribe(
            event -> {
              if (event.machineId().equals(machine.id())) {
                events.add(event.kind());
              }
            });
    try {
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
      machine.start();
      assertThat(TinyGuest.awaitReady(machine)).contains("/ #");
      assertThat(machine.guestAgent()).isEmpty();
      assertThat(machine.bootId()).isEmpty();
      machine.pause();
      assertThat(machine.state()).isEqualTo(MachineState.PAUSED);
      machine.unpause();
      machine.setCpus(2);
      assertThatThrownBy(() -> machine.setCpus(1))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.ILLEGAL_STATE));
      assertThatThrownBy(() -> machine.setCpus(3))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.LIMIT_EXCEEDED))
          .hasMessageContaining("room for 2 processors");
      try (GuestConsole console = machine.openConsole()) {
        console.output().write("echo A$((40+2))Z\r".getBytes(StandardCharsets.US_ASCII));
        console.output().flush();
        assertThat(readUntil(console, "A42Z")).contains("A42Z");
      }
      machine.suspend();
      assertThat(machine.state()).isEqualTo(MachineState.SUSPENDED);
      machine.resume();
      assertThat(machine.serialOutput()).contains("/ #");
      // Nobody in this guest hears the power button: it is reset after a while.
      machine.reboot();
      assertThat(TinyGuest.awaitReady(machine)).contains("TINY-GUEST-READY");
      machine.stop(Duration.ofSeconds(2));
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    } finally {
      subscription.close();
    }
    assertThat(events)
        .contains(
            MachineEvent.Kind.STARTED,
            MachineEvent.Kind.PAUSED,
            MachineEvent.Kind.UNPAUSED,
            MachineEvent.Kind.SUSPENDED,
            MachineEvent.Kind.REBOOTED,
            MachineEvent.Kind.STOPPED);
  }

  private static String readUntil(GuestConsole console, String wanted) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[256];
    while (text.indexOf(wanted) < 0) {
      int count = console.input().read(buffer);
      if (count < 0) {
        return text.toString();
      }
      text.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
    }
    return text.toString();
  }
}
