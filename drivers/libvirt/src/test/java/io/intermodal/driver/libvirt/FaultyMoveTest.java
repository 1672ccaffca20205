package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.ErrorCode;
import io.intermodal.Progress;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.migrate.Failure;
import io.intermodal.migrate.Migration;
import io.intermodal.migrate.MigrationListener;
import io.intermodal.migrate.MigrationOptions;
import io.intermodal.migrate.MigrationReport;
import io.intermodal.migrate.MigrationSource;
import io.intermodal.migrate.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moves a machine while the host at one end fails. Each time: an error with its code, the source as
 * it was, nothing left at the target, and a second attempt that succeeds; at a libvirt host that is
 * the import alone, as its guest, which has no system, would be given minutes to shut down.
 */
@Tag("slow")
final class FaultyMoveTest {

  @TempDir private static Path hostFolder;
  private static LabHost lab;

  @TempDir private Path folder;

  @BeforeAll
  static void startHost() {
    lab = LabHost.start(hostFolder);
  }

  @AfterAll
  static void stopHost() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void removeMachines() {
    lab.restart();
    try (LibvirtHypervisor host = Hosts.open(lab.uri())) {
      host.machines().forEach(FaultyMoveTest::remove);
      for (String pool : List.of("lab", "small")) {
        Cargo.volumes(host, pool).forEach(volume -> Cargo.deleteVolume(host, pool, volume));
      }
    }
  }

  @Test
  void libvirtdOfTheTargetDiesDuringTheImportAndIsBackLater() {
    try (Hypervisor source = Cargo.folder(folder);
        LibvirtHypervisor target = Hosts.open(lab.uri())) {
      Machine machine = Cargo.make(source, Cargo.spec(Cargo.NAME).build());
      MigrationReport report = move(machine, target, new AtProgress(Step.IMPORT, lab::kill));
      assertFailure(report, Step.IMPORT, HypervisorError.CONNECTION_FAILED);
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);

      lab.restart();
      assertThat(target.machines()).isEmpty();
      Cargo.make(target, machine.spec());
      assertThat(Cargo.volumes(target, "lab")).hasSize(1);
    }
  }

  @Test
  void aPoolThatOthersFillMeanwhileIsToldAsFull() {
    try (Hypervisor source = Cargo.folder(folder);
        LibvirtHypervisor target = Hosts.open(lab.uriOfSmallPool())) {
      Machine machine = Cargo.make(source, Cargo.spec(Cargo.NAME).build());
      MigrationReport report =
          move(machine, target, new AtProgress(Step.IMPORT, () -> fill(target, 20L << 20)));
      assertFailure(report, Step.IMPORT, HypervisorError.STORAGE_FULL);
      assertThat(Cargo.volumes(target, "small")).containsExactly("filler");
      assertThat(target.machines()).isEmpty();
      empty(target);
      Cargo.make(target, machine.spec());
    }
  }

  @Test
  void aNameThatAnotherHasIsRefusedAndTheOtherUntouched() {
    try (Hypervisor source = Cargo.folder(folder);
        LibvirtHypervisor target = Hosts.open(lab.uri())) {
      Machine other = Cargo.make(target, Cargo.spec(Cargo.NAME).build());
      Machine machine = Cargo.make(source, Cargo.spec(Cargo.NAME).build());
      assertThatThrownBy(() -> move(machine, target, MigrationListener.none()))
          .hasMessageContaining(Cargo.NAME);
      assertThatThrownBy(() -> target.importMachine(machine.spec()))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.NAME_TAKEN));
      assertThat(target.machines()).extracting(Machine::id).containsExactly(other.id());
      assertThat(Cargo.volumes(target, "lab")).hasSize(1);
      remove(other);
      Cargo.make(target, machine.spec());
    }
  }

  @Test
  void anAddressThatAnotherHasIsRefused() {
    try (Hypervisor source = Cargo.folder(folder);
        LibvirtHypervisor target = Hosts.open(lab.uri())) {
      Machine other = Cargo.make(target, Cargo.withCard("l-other"));
      Machine machine = Cargo.make(source, Cargo.withCard(Cargo.NAME));
      assertThatThrownBy(() -> move(machine, target, MigrationListener.none()))
          .hasMessageContaining("another machine at the target has the address " + Cargo.MAC);
      assertThat(target.machines()).hasSize(1);
      remove(other);
      Cargo.make(target, machine.spec());
    }
  }

  private static void remove(Machine machine) {
    if (machine.state() != MachineState.STOPPED) {
      machine.stop(Duration.ZERO);
    }
    machine.delete();
  }

  private static MigrationReport move(
      Machine machine, Hypervisor target, MigrationListener listener) {
    return Migration.of(MigrationSource.machine(machine), target)
        .options(MigrationOptions.move().testSource(false).startTarget(false).build())
        .listener(listener)
        .run();
  }

  private static void assertFailure(MigrationReport report, Step step, ErrorCode code) {
    Failure failure = Objects.requireNonNull(report.failure(), "the move must fail");
    assertThat(failure.step()).isEqualTo(step);
    assertThat(failure.code()).as(failure.cause().getMessage()).isEqualTo(code);
  }

  private static void fill(LibvirtHypervisor host, long bytes) {
    host.session()
        .change(
            "fill the pool small",
            null,
            connect -> {
              var pool = connect.storagePoolLookupByName("small");
              try {
                pool.storageVolCreateXML(
                        "<volume><name>filler</name><capacity unit='bytes'>%d</capacity><allocation unit='bytes'>%d</allocation></volume>"
                            .formatted(bytes, bytes),
                        0)
                    .free();
                return bytes;
              } finally {
                pool.free();
              }
            });
  }

  private static void empty(LibvirtHypervisor host) {
    Cargo.deleteVolume(host, "small", "filler");
  }

  /** Does something once, when data of a step have moved. */
  private static final class AtProgress implements MigrationListener {
    private final Step step;
    private final Runnable action;
    private Step current = Step.SOURCE_METADATA;
    private boolean done;

    AtProgress(Step step, Runnable action) {
      this.step = step;
      this.action = action;
    }

    @Override
    public void stepStarted(int cycle, Step started) {
      current = started;
    }

    @Override
    public void progress(Progress progress) {
      if (!done && current == step && progress.doneBytes() > 0) {
        done = true;
        action.run();
      }
    }
  }
}
