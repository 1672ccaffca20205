package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {

  @TempDir Path folder;

  @Test
  void cleansUpAfterAnImportThatWasKilled() throws Exception {
    try (ForkedSession session = ForkedSession.start(folder, "import")) {
      try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
        assertThat(imports()).as("of a living process").hasSize(1);
        assertThat(hypervisor.machines()).isEmpty();
        assertFails(HypervisorError.NAME_TAKEN, () -> Folders.make(hypervisor, "web"));
      }
      session.kill();
    }
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      assertThat(imports()).isEmpty();
      assertThat(Folders.make(hypervisor, "web").state()).isEqualTo(MachineState.STOPPED);
    }
  }

  @Test
  void namesTheProcessThatHasTheLockAndTakesItWhenThatIsDead() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      Machine machine = Folders.make(hypervisor, "web");
      try (ForkedSession session = ForkedSession.start(folder, "export")) {
        assertFails(HypervisorError.LOCKED, machine::start)
            .withMessageContaining("cannot start web: export web (process " + session.pid())
            .withMessageContaining("wait until that is done");
        assertThat(machine.state()).as("read without the lock").isEqualTo(MachineState.STOPPED);
        session.kill();
      }
      machine.start();
      assertThat(machine.state()).isEqualTo(MachineState.STARTED);
    }
  }

  @Test
  void leavesAReadableMachineWheneverItIsKilled() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      Folders.make(hypervisor, "web");
    }
    Random random = new Random(42);
    for (int round = 0; round < 6; round++) {
      try (ForkedSession session = ForkedSession.start(folder, "change")) {
        Thread.sleep(random.nextInt(120));
        session.kill();
      }
      try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
        Machine machine = hypervisor.machine("web");
        assertThat(machine.spec().name()).isEqualTo("web");
        if (machine.state() == MachineState.STARTED) {
          machine.stop(Duration.ZERO);
        }
        List<String> snapshots = machine.snapshots();
        for (String snapshot : snapshots) {
          machine.revert(snapshot);
          machine.deleteSnapshot(snapshot);
        }
        if (machine.spec().disk("more").isPresent()) {
          machine.detachDisk("more");
        }
        machine.setCpus(2);
        try (MachineExport export = hypervisor.exportMachine(machine)) {
          assertThat(export.disks()).hasSize(1);
          assertThat(export.disks().get(0).storedBytes()).isEqualTo(Folders.MIB);
        }
        String current = RecordFile.readState(state()).current();
        assertThat(Folders.files(folder.resolve("web")))
            .as("debris")
            .containsOnly("serial.log", "state.json", current);
        assertThat(Folders.files(folder.resolve("web").resolve(current)))
            .containsExactly("disk0.raw", "machine.json");
      }
    }
  }

  private byte[] state() throws Exception {
    return Files.readAllBytes(folder.resolve("web/state.json"));
  }

  private List<String> imports() throws Exception {
    return Folders.files(folder).stream().filter(name -> name.startsWith(".import-")).toList();
  }
}
