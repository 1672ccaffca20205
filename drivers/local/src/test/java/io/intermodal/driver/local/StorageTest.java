package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.MIB;
import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the right to mount; skipped without, unless {@code intermodal.require} is set. */
class StorageTest {

  @TempDir Path mountPoint;

  private boolean mounted;

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", mountPoint.toString())).isZero();
    }
  }

  @Test
  void refusesAMachineInAFullFolder() throws Exception {
    mount("size=4m");
    try (Hypervisor hypervisor = Folders.open(mountPoint, "xen")) {
      Folders.make(hypervisor, "first");
      Files.write(mountPoint.resolve("filler"), new byte[3 * (int) MIB + (int) MIB / 2]);
      assertFails(HypervisorError.STORAGE_FULL, () -> Folders.make(hypervisor, "web"))
          .withMessageContaining("make room");
      assertThat(hypervisor.machines()).hasSize(1);
    }
  }

  @Test
  void leavesAMachineAsItWasWhenTheFolderFillsUp() throws Exception {
    mount("size=4m");
    try (Hypervisor hypervisor = Folders.open(mountPoint, "xen")) {
      Machine machine = Folders.make(hypervisor, "web");
      Path disk = mountPoint.resolve("web/v1/disk0.raw");
      byte[] content = new byte[(int) MIB];
      Arrays.fill(content, (byte) 1);
      Files.write(disk, content);
      machine.snapshot("a");
      try {
        Files.write(mountPoint.resolve("filler"), new byte[4 * (int) MIB]);
      } catch (IOException full) {
        // The file system is as full as it gets.
      }
      assertFails(HypervisorError.STORAGE_FULL, () -> machine.revert("a"));
      assertFails(HypervisorError.STORAGE_FULL, () -> machine.snapshot("b"));
      assertFails(HypervisorError.STORAGE_FULL, machine::start);
      assertThat(machine.snapshots()).containsExactly("a");
      assertThat(Files.readAllBytes(disk)).isEqualTo(content);
      assertThat(Folders.files(mountPoint.resolve("web"))).noneMatch(f -> f.endsWith(".part"));
      Files.delete(mountPoint.resolve("filler"));
      machine.revert("a");
      machine.start();
    }
  }

  @Test
  void readsAReadOnlyFolderAndChangesNothingInIt() throws Exception {
    mount("size=4m");
    try (Hypervisor hypervisor = Folders.open(mountPoint, "xen")) {
      Folders.make(hypervisor, "web");
    }
    assertThat(run("mount", "-o", "remount,ro", mountPoint.toString())).isZero();
    try (Hypervisor hypervisor = Folders.open(mountPoint, "xen")) {
      Machine machine = hypervisor.machine("web");
      assertThat(machine.spec().name()).isEqualTo("web");
      assertFails(HypervisorError.OPERATION_FAILED, machine::start)
          .withMessageContaining("Read-only file system");
      assertFails(HypervisorError.OPERATION_FAILED, () -> Folders.make(hypervisor, "db"));
    }
  }

  private void mount(String options) throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mountPoint.toString()) == 0;
    if (!mounted && Boolean.getBoolean("intermodal.require")) {
      fail("cannot mount a tmpfs, and intermodal.require is set");
    } else if (!mounted) {
      abort("no right to mount a tmpfs");
    }
  }

  private static int run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException noSuchCommand) {
      return -1;
    }
  }
}
