package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What does not come about leaves nothing, and what is deleted is gone whole. */
interface DebrisContract extends ContractPart {

  int DISK_BYTES = 4 << 20;

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void leavesNothingOfAnImportWithoutACommit() {
    needImports();
    Set<String> before = bench().inventory();
    String format = bench().capabilities().importFormats().get(0);
    try (MachineImport making = bench().hypervisor().importMachine(oneDisk("aborted"))) {
      DiskContent.random(DISK_BYTES, 4).write(making.openDisk("disk", format), format);
    }
    assertThat(bench().inventory()).isEqualTo(before);

    // In the middle of a disk, too, whose channel nobody closed.
    MachineImport making = bench().hypervisor().importMachine(oneDisk("aborted"));
    writeABit(making.openDisk("disk", format), false);
    making.close();
    making.close();
    assertThat(bench().inventory()).isEqualTo(before);
    bench().delete(bench().make("aborted"));
  }

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void leavesNothingOfACommitThatFails() {
    needImports();
    bench().need(ContractPoint.UNFINISHED_DISK);
    Set<String> before = bench().inventory();
    String format = bench().capabilities().importFormats().get(0);
    MachineSpec spec = oneDisk("unfinished");
    try (MachineImport making = bench().hypervisor().importMachine(spec)) {
      writeABit(making.openDisk("disk", format), true);
      assertThatExceptionOfType(IntermodalException.class)
          .as("commit of a disk of which 512 bytes were written")
          .isThrownBy(making::commit)
          .satisfies(e -> assertThat(e.getMessage()).contains("disk"));
    }
    assertThat(bench().hypervisor().findMachine(spec.name())).isEmpty();
    assertThat(bench().inventory()).isEqualTo(before);
  }

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void deletesAMachineWithAllItsDisks() {
    needImports();
    bench().need(Operation.DELETE);
    Set<String> before = bench().inventory();
    try (MachineImport making = bench().hypervisor().importMachine(oneDisk("deleted"))) {
      Machine machine = making.commit();
      assertThat(bench().inventory()).isNotEqualTo(before);
      bench().delete(machine);
    }
    assertThat(bench().inventory()).isEqualTo(before);
  }

  private void needImports() {
    bench().need(Operation.IMPORT);
    bench().need(ContractPoint.IMPORT);
    bench().need(ContractPoint.DEBRIS);
  }

  private MachineSpec oneDisk(String rest) {
    return MachineSpec.named(bench().name(rest))
        .cpus(1)
        .memoryBytes(64L << 20)
        .addDisk(new DiskSpec("disk", DISK_BYTES, null, null))
        .build();
  }

  private static void writeABit(SeekableByteChannel channel, boolean close) {
    try {
      ByteBuffer sector = ByteBuffer.allocate(512);
      while (sector.hasRemaining()) {
        channel.write(sector);
      }
      if (close) {
        channel.close();
      }
    } catch (IOException e) {
      throw new AssertionError("cannot write a sector", e);
    }
  }
}
