package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.Credentials;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineEvent;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no guest: names, credentials, events and many threads, on libvirt's simulator. */
final class SimulatedHostTest {

  private static final String NAME = "grün 'a' & <b> \"c\" 機械";

  @TempDir Path folder;

  private static String domain(String name) {
    return "<domain type='test'><name>"
        + DomainXml.escape(name)
        + "</name><memory unit='MiB'>64</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>";
  }

  @Test
  void takesNamesAsTheyAre() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      LibvirtMachine machine = Hosts.define(host, domain(NAME));
      assertThat(machine.name()).isEqualTo(NAME);
      assertThat(host.machines()).extracting(Machine::name).containsExactly(NAME, "test");
      assertThat(host.machine(NAME).spec().name()).isEqualTo(NAME);
      assertThatThrownBy(machine::resume).hasMessageContaining("cannot resume " + NAME);
      machine.deleteKeepingDisks();
      assertThat(host.findMachine(NAME)).isEmpty();
      assertThatThrownBy(machine::state)
          .isInstanceOfSatisfying(
              LibvirtFailure.class,
              e -> {
                assertThat(e.code()).isEqualTo(HypervisorError.MACHINE_NOT_FOUND);
                assertThat(e.nativeCode()).isEqualTo("NO_DOMAIN");
              });
    }
  }

  @Test
  void changesTheHardware() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      LibvirtMachine machine = Hosts.define(host, domain("small"));
      machine.setCpus(3);
      machine.setMemoryBytes((96L << 20) - 1);
      assertThat(machine.spec().cpu()).isEqualTo(CpuSpec.of(3));
      assertThat(machine.spec().memoryBytes()).isEqualTo(96L << 20);
    }
  }

  @Test
  void answersQuestionsByCallback() throws IOException {
    Hosts.requireLibrary();
    Path file = folder.resolve("host.xml");
    Files.writeString(file, "<node><auth><user password='geheim-ß'>robert</user></auth></node>");
    HypervisorUri uri = HypervisorUri.parse("test://" + file);
    List<Credentials.Question> asked = new ArrayList<>();
    Credentials right =
        question -> {
          asked.add(question);
          return Optional.of(
              Secret.of(question.kind() == Credentials.Kind.USER ? "robert" : "geheim-ß"));
        };
    for (int i = 0; i < 20; i++) {
      asked.clear();
      try (Hypervisor host = new LibvirtDriver().connect(uri, right)) {
        assertThat(host.machines()).isEmpty();
      }
    }
    assertThat(asked)
        .extracting(Credentials.Question::kind)
        .containsExactly(Credentials.Kind.USER, Credentials.Kind.PASSWORD);
    assertThat(asked.get(0).hypervisor()).isEqualTo("test://" + file);

    Credentials wrong = question -> Optional.of(Secret.of("guess"));
    assertThatThrownBy(() -> new LibvirtDriver().connect(uri, wrong))
        .isInstanceOfSatisfying(
            LibvirtFailure.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.CONNECTION_FAILED))
        .hasMessageNotContaining("guess");
    assertThatThrownBy(() -> new LibvirtDriver().connect(uri)).isInstanceOf(LibvirtFailure.class);
    Credentials broken =
        question -> {
          throw new IllegalStateException("no vault");
        };
    assertThatThrownBy(() -> new LibvirtDriver().connect(uri, broken))
        .isInstanceOf(LibvirtFailure.class);
  }

  @Test
  void tellsListenersUntilTheyLeave() {
    try (LibvirtHypervisor host = Hosts.simulator()) {
      List<MachineEvent> first = new CopyOnWriteArrayList<>();
      List<MachineEvent> second = new CopyOnWriteArrayList<>();
      Hypervisor.Subscription leaving = host.subscribe(first::add);
      Hypervisor.Subscription broken =
          host.subscribe(
              event -> {
                throw new IllegalStateException("a listener's fault");
              });
      host.subscribe(second::add);
      Machine machine = host.machine("test");
      machine.pause();
      awaitKind(second, MachineEvent.Kind.PAUSED);
      leaving.close();
      leaving.close();
      broken.close();
      machine.unpause();
      awaitKind(second, MachineEvent.Kind.UNPAUSED);
      assertThat(first).extracting(MachineEvent::kind).containsExactly(MachineEvent.Kind.PAUSED);
      assertThat(first.get(0).machineId()).isEqualTo(machine.id());
      assertThat(first.get(0).machineName()).isEqualTo("test");
    }
  }

  private static void awaitKind(List<MachineEvent> events, MachineEvent.Kind kind) {
    boolean there =
        Waiting.until(
            "an event",
            Duration.ofSeconds(20),
            () -> events.stream().anyMatch(event -> event.kind() == kind));
    assertThat(there).as("%s in %s", kind, events).isTrue();
  }

  @Test
  void isUsedByManyThreadsAndClosedUnderThem() throws Exception {
    LibvirtHypervisor host = Hosts.simulator();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        counts.add(threads.submit(() -> readUntilClosed(host)));
      }
      boolean busy = Waiting.until("reads", Duration.ofMillis(500), () -> counts.get(0).isDone());
      assertThat(busy).isFalse();
      host.close();
      for (Future<Integer> count : counts) {
        assertThat(count.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int readUntilClosed(LibvirtHypervisor host) {
    int count = 0;
    while (true) {
      try {
        if (host.machine("test").state() != MachineState.STARTED) {
          return -1;
        }
        count++;
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("is closed");
        return count;
      }
    }
  }
}
