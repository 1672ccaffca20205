package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.MachineEvent;
import io.intermodal.hypervisor.MachineState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What becomes of a session whose wire to the QEMU host of the lab is cut. */
final class LostConnectionTest {

  private static final String NAME = "d-qemu-lost";

  private static LibvirtHypervisor through(CutWire wire) {
    return (LibvirtHypervisor)
        new LibvirtDriver()
            .withKeepAlive(Duration.ofSeconds(1), 2)
            .connect(HypervisorUri.parse("qemu+unix:///system?socket=" + wire.socket()));
  }

  private static Path socket(Properties lab) {
    return Path.of(
        HypervisorUri.parse(lab.getProperty("qemu.uri")).parameter("socket").orElseThrow());
  }

  @Test
  void opensAnotherConnectionForWhatComesNext() throws IOException {
    Properties lab = Hosts.lab();
    try (CutWire wire = CutWire.to(socket(lab));
        LibvirtHypervisor host = through(wire)) {
      Hosts.removeLeftover(host, NAME);
      LibvirtMachine machine = Hosts.define(host, TinyGuest.onQemu(lab, NAME, ""));
      List<MachineEvent.Kind> events = new CopyOnWriteArrayList<>();
      host.subscribe(event -> events.add(event.kind()));
      wire.cut();
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
      wire.cut();
      machine.start();
      machine.stop(Duration.ZERO);
      // The listener came along.
      assertThat(
              Waiting.until(
                  "the event",
                  Duration.ofSeconds(10),
                  () -> events.contains(MachineEvent.Kind.STARTED)))
          .isTrue();
      machine.delete();
    }
  }

  @Test
  void doesNotWaitForGoodForAHostThatSaysNothing() throws IOException {
    Properties lab = Hosts.lab();
    try (CutWire wire = CutWire.to(socket(lab));
        LibvirtHypervisor host = through(wire)) {
      wire.silence();
      long before = System.nanoTime();
      assertThatThrownBy(
              () ->
                  host.session()
                      .change("do it", null, connect -> connect.networkLookupByName("default")))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.CONNECTION_FAILED))
          .hasMessageContaining("the connection to qemu+unix:///system")
          .hasMessageContaining("was lost");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
      wire.cut();
      assertThat(host.resources().networks()).contains("default");
    }
  }

  @Test
  void saysThatNobodyIsThere() {
    Hosts.requireLibrary();
    assertThatThrownBy(() -> Hosts.open("qemu+unix:///system?socket=/nonexistent/socket"))
        .isInstanceOfSatisfying(
            LibvirtFailure.class,
            e -> {
              assertThat(e.code()).isEqualTo(HypervisorError.CONNECTION_FAILED);
              assertThat(e.nativeCode()).isEqualTo("SYSTEM_ERROR");
            })
        .hasMessageContaining("cannot connect to qemu+unix:///system?socket=/nonexistent/socket")
        .hasMessageContaining("check that libvirtd runs there");
  }
}
